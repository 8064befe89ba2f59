//! The components of a task and how they hang together: `decomposition/tree.json` and `decisions.json`.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::component_id::ComponentId;
use crate::lenient;

/// The tree of components.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DecompositionTree {
    /// The node above all others.
    pub root_id: ComponentId,
    /// All nodes by id.
    pub nodes: BTreeMap<ComponentId, DecompositionNode>,
    /// What this version does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// One component, or a node that holds others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DecompositionNode {
    /// Its id.
    pub component_id: ComponentId,
    /// For people.
    pub name: String,
    /// What it does.
    #[serde(deserialize_with = "lenient::text")]
    pub description: String,
    /// Zero for the root.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub depth: u32,
    /// Empty for the root.
    #[serde(default, deserialize_with = "lenient::text")]
    pub parent_id: String,
    /// Ids of the nodes below it.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub children: Vec<ComponentId>,
    /// Ids of the components whose functions it calls. Ours: the reference loses them.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub dependencies: Vec<ComponentId>,
    /// How far it is.
    #[serde(default)]
    pub implementation_status: ImplementationStatus,
    /// What this version does not know; the copies of contract and results that the reference keeps here, too.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// How far a node is, in the reference's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImplementationStatus {
    /// Not begun.
    #[default]
    Pending,
    /// It has a contract.
    Contracted,
    /// It has code.
    Implemented,
    /// Its code passed.
    Tested,
    /// Its code did not pass.
    Failed,
}

/// What was decided where the task leaves a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineeringDecision {
    /// What was open.
    #[serde(deserialize_with = "lenient::text")]
    pub ambiguity: String,
    /// What was decided.
    #[serde(deserialize_with = "lenient::text")]
    pub decision: String,
    /// Why.
    #[serde(default, deserialize_with = "lenient::text")]
    pub rationale: String,
}

/// A component as the author of a decomposition names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedComponent {
    /// Its id.
    pub id: ComponentId,
    /// For people; the id when it is left out.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: String,
    /// What it does.
    #[serde(deserialize_with = "lenient::text")]
    pub description: String,
    /// Ids of the components whose functions it calls.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub dependencies: Vec<ComponentId>,
}

/// The id of the node that holds several components.
const ROOT: &str = "root";

impl DecompositionTree {
    /// Builds the tree of the proposed components: one is its own root, several get a root node above them.
    ///
    /// `title` describes that root node.
    #[must_use]
    pub fn of_components(components: Vec<ProposedComponent>, title: &str) -> Self {
        let is_single = components.len() == 1;
        let ids: Vec<ComponentId> = components.iter().map(|component| component.id.clone()).collect();
        let root_id = match ids.first() {
            Some(only) if is_single => only.clone(),
            _ => ComponentId::new(ROOT).expect("`root` is a component id"),
        };
        let mut nodes = BTreeMap::new();
        for component in components {
            let name = if component.name.is_empty() { component.id.to_string() } else { component.name };
            nodes.insert(
                component.id.clone(),
                DecompositionNode {
                    component_id: component.id,
                    name,
                    description: component.description,
                    depth: u32::from(!is_single),
                    parent_id: if is_single { String::new() } else { root_id.to_string() },
                    children: Vec::new(),
                    dependencies: component.dependencies,
                    implementation_status: ImplementationStatus::Pending,
                    extra: Map::new(),
                },
            );
        }
        if !is_single {
            let root = DecompositionNode {
                component_id: root_id.clone(),
                name: "Root".to_owned(),
                description: title.to_owned(),
                depth: 0,
                parent_id: String::new(),
                children: ids,
                dependencies: Vec::new(),
                implementation_status: ImplementationStatus::Pending,
                extra: Map::new(),
            };
            nodes.insert(root_id.clone(), root);
        }
        Self { root_id, nodes, extra: Map::new() }
    }

    /// Returns the nodes without children, which are implemented, by id.
    pub fn leaves(&self) -> impl Iterator<Item = &DecompositionNode> {
        self.nodes.values().filter(|node| node.children.is_empty())
    }
}

/// Which component calls which.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DependencyGraph {
    edges: BTreeMap<ComponentId, BTreeSet<ComponentId>>,
}

impl DependencyGraph {
    /// Takes the edges. A dependency that is no component itself is left out: validation reports it.
    #[must_use]
    pub fn new(mut edges: BTreeMap<ComponentId, BTreeSet<ComponentId>>) -> Self {
        let known: BTreeSet<ComponentId> = edges.keys().cloned().collect();
        for targets in edges.values_mut() {
            targets.retain(|target| known.contains(target));
        }
        Self { edges }
    }

    /// Returns the components in waves: each depends only on components of earlier waves. Sorted by id within a wave.
    ///
    /// # Errors
    /// [`DependencyCycle`] when some components wait for each other.
    pub fn waves(&self) -> Result<Vec<Vec<ComponentId>>, DependencyCycle> {
        let mut waves = Vec::new();
        let mut placed: BTreeSet<&ComponentId> = BTreeSet::new();
        while placed.len() < self.edges.len() {
            let wave: Vec<&ComponentId> = self
                .edges
                .iter()
                .filter(|(id, targets)| !placed.contains(id) && targets.iter().all(|target| placed.contains(target)))
                .map(|(id, _)| id)
                .collect();
            if wave.is_empty() {
                return Err(DependencyCycle { path: self.cycle_among(&placed) });
            }
            placed.extend(wave.iter().copied());
            waves.push(wave.into_iter().cloned().collect());
        }
        Ok(waves)
    }

    /// Returns what a component calls, directly.
    pub fn direct(&self, id: &ComponentId) -> impl Iterator<Item = &ComponentId> {
        self.edges.get(id).into_iter().flatten()
    }

    /// Returns what a component calls, directly or through others, sorted, without itself.
    #[must_use]
    pub fn closure(&self, id: &ComponentId) -> BTreeSet<ComponentId> {
        let mut found = BTreeSet::new();
        let mut open: Vec<&ComponentId> = self.direct(id).collect();
        while let Some(next) = open.pop() {
            if found.insert(next.clone()) {
                open.extend(self.direct(next));
            }
        }
        found.remove(id);
        found
    }

    // Every component that is left waits for another one that is left, so following any edge must come back.
    fn cycle_among(&self, placed: &BTreeSet<&ComponentId>) -> Vec<ComponentId> {
        let mut path: Vec<&ComponentId> = Vec::new();
        let mut next = self.edges.keys().find(|id| !placed.contains(id));
        while let Some(id) = next {
            if let Some(start) = path.iter().position(|earlier| *earlier == id) {
                let mut cycle: Vec<ComponentId> = path[start..].iter().map(|id| (*id).clone()).collect();
                cycle.push(id.clone());
                return cycle;
            }
            path.push(id);
            next = self.direct(id).find(|target| !placed.contains(target));
        }
        path.into_iter().cloned().collect()
    }
}

/// Components that wait for each other.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the components depend on each other in a circle: {}", .path.iter().map(ComponentId::as_str).collect::<Vec<_>>().join(" -> "))]
pub struct DependencyCycle {
    /// The circle, its first member repeated at the end.
    pub path: Vec<ComponentId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> ComponentId {
        ComponentId::new(text).expect("an id")
    }

    fn graph(edges: &[(&str, &[&str])]) -> DependencyGraph {
        DependencyGraph::new(
            edges.iter().map(|(from, to)| (id(from), to.iter().map(|target| id(target)).collect())).collect(),
        )
    }

    fn proposed(name: &str, dependencies: &[&str]) -> ProposedComponent {
        ProposedComponent {
            id: id(name),
            name: String::new(),
            description: format!("does {name}"),
            dependencies: dependencies.iter().map(|target| id(target)).collect(),
        }
    }

    #[test]
    fn a_component_comes_after_everything_that_it_calls() {
        let waves = graph(&[("c", &["a", "b"]), ("b", &["a"]), ("a", &[]), ("z", &[])]).waves().expect("no circle");
        assert_eq!(waves, vec![vec![id("a"), id("z")], vec![id("b")], vec![id("c")]]);
    }

    #[test]
    fn a_circle_is_named_with_its_members_only() {
        let error =
            graph(&[("in", &["a"]), ("a", &["b"]), ("b", &["a"]), ("free", &[])]).waves().expect_err("a circle");
        assert_eq!(error.to_string(), "the components depend on each other in a circle: a -> b -> a");
    }

    #[test]
    fn a_closure_holds_what_is_called_through_others_once() {
        let graph = graph(&[("c", &["a", "b"]), ("b", &["a"]), ("a", &[])]);
        assert_eq!(graph.closure(&id("c")), BTreeSet::from([id("a"), id("b")]));
        assert_eq!(graph.closure(&id("a")), BTreeSet::new());
    }

    #[test]
    fn several_components_get_a_root_and_one_is_its_own() {
        let several = DecompositionTree::of_components(vec![proposed("a", &[]), proposed("b", &["a"])], "the task");
        assert_eq!(several.root_id, id("root"));
        assert_eq!(several.leaves().map(|node| node.component_id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        let single = DecompositionTree::of_components(vec![proposed("a", &[])], "the task");
        assert_eq!((single.root_id, single.nodes.len()), (id("a"), 1));
    }

    #[test]
    fn dependencies_survive_the_file() {
        let tree = DecompositionTree::of_components(vec![proposed("a", &[]), proposed("b", &["a"])], "the task");
        let text = serde_json::to_string(&tree).expect("writable");
        assert_eq!(serde_json::from_str::<DecompositionTree>(&text).expect("readable"), tree);
    }
}
