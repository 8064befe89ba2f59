//! Checks of a decomposition: the proposal of its author, and the tree on disk.

use std::collections::{BTreeMap, BTreeSet};

use super::pointer_part;
use crate::component_id::ComponentId;
use crate::decomposition::{DecompositionTree, DependencyGraph, ProposedComponent};
use crate::finding::Finding;

/// More components than a person can review at once; the author is asked for two to seven.
const MANY_COMPONENTS: usize = 12;

/// Checks the components that an author proposes. `file` is what findings name.
#[must_use]
pub fn check_proposal(components: &[ProposedComponent], file: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    if components.is_empty() {
        findings.push(Finding::error(
            "no-components",
            file,
            "/components",
            "the list is empty; one component is the least",
        ));
    }
    if components.len() > MANY_COMPONENTS {
        let message = format!("{} components at once; two to seven can be kept in view", components.len());
        findings.push(Finding::warning("many-components", file, "/components", message));
    }
    let mut seen: BTreeMap<String, &ComponentId> = BTreeMap::new();
    for (index, component) in components.iter().enumerate() {
        let pointer = format!("/components/{index}");
        let id = &component.id;
        // A folder per component: two ids that differ only in case are one folder on some file systems.
        if let Some(earlier) = seen.insert(id.as_str().to_ascii_lowercase(), id) {
            let message = format!("`{id}` and `{earlier}` are the same folder; ids differ in more than case");
            findings.push(Finding::error("duplicate-component", file, format!("{pointer}/id"), message));
        }
        if id.as_str().chars().any(|letter| letter.is_ascii_uppercase()) {
            let message = format!("`{id}` is a module name: write it in lower case");
            findings.push(Finding::error("component-id-case", file, format!("{pointer}/id"), message));
        }
        if id.is_device_name() {
            findings.push(unsafe_id(id, file, format!("{pointer}/id")));
        }
        if id.as_str() == "root" && components.len() > 1 {
            let message = "`root` is the node above several components; choose another id".to_owned();
            findings.push(Finding::error("reserved-component-id", file, format!("{pointer}/id"), message));
        }
        if component.description.trim().is_empty() {
            let message = format!("`{id}` has no description, which is all that its contract is written from");
            findings.push(Finding::error("empty-description", file, format!("{pointer}/description"), message));
        }
    }
    let nodes = components
        .iter()
        .enumerate()
        .map(|(index, component)| (format!("/components/{index}"), &component.id, component.dependencies.as_slice()));
    findings.extend(check_dependencies(nodes.collect(), file));
    findings
}

/// Checks a tree from disk. `file` is what findings name.
#[must_use]
pub fn check_tree(tree: &DecompositionTree, file: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !tree.nodes.contains_key(&tree.root_id) {
        let message = format!("the root `{}` is no node of the tree", tree.root_id);
        findings.push(Finding::error("missing-root", file, "/root_id", message));
    }
    let mut parents: BTreeMap<&ComponentId, &ComponentId> = BTreeMap::new();
    for (id, node) in &tree.nodes {
        let pointer = format!("/nodes/{}", pointer_part(id.as_str()));
        if node.component_id != *id {
            let message = format!("the node `{id}` says that it is `{}`", node.component_id);
            findings.push(Finding::error("component-id-mismatch", file, format!("{pointer}/component_id"), message));
        }
        if id.is_device_name() {
            findings.push(unsafe_id(id, file, format!("{pointer}/component_id")));
        }
        if node.description.trim().is_empty() {
            let message = format!("`{id}` has no description");
            findings.push(Finding::warning("empty-description", file, format!("{pointer}/description"), message));
        }
        for (index, child) in node.children.iter().enumerate() {
            let at = format!("{pointer}/children/{index}");
            if !tree.nodes.contains_key(child) {
                findings.push(Finding::error("unknown-child", file, at, format!("`{child}` is no node of the tree")));
            } else if let Some(other) = parents.insert(child, id) {
                let message = format!("`{child}` is a child of `{other}` and of `{id}`");
                findings.push(Finding::error("two-parents", file, at, message));
            }
        }
    }
    let leaves: Vec<_> = tree.leaves().collect();
    findings.extend(unreached(tree, &parents, file));
    let nodes = leaves.iter().map(|node| {
        let pointer = format!("/nodes/{}", pointer_part(node.component_id.as_str()));
        (pointer, &node.component_id, node.dependencies.as_slice())
    });
    findings.extend(check_dependencies(nodes.collect(), file));
    findings
}

fn unsafe_id(id: &ComponentId, file: &str, pointer: String) -> Finding {
    let message = format!("`{id}` is the name of a device on some systems, and no file can be called so");
    Finding::error("unsafe-component-id", file, pointer, message)
}

// What cannot be reached from the root contains itself, or hangs on nothing.
fn unreached(tree: &DecompositionTree, parents: &BTreeMap<&ComponentId, &ComponentId>, file: &str) -> Vec<Finding> {
    let mut reached: BTreeSet<&ComponentId> = BTreeSet::new();
    let mut open = vec![&tree.root_id];
    let mut findings = Vec::new();
    let at = |id: &ComponentId| format!("/nodes/{}", pointer_part(id.as_str()));
    while let Some(id) = open.pop() {
        let Some((id, node)) = tree.nodes.get_key_value(id) else { continue };
        if reached.insert(id) {
            open.extend(&node.children);
        }
    }
    if parents.contains_key(&tree.root_id) {
        let message = format!("the root `{}` is contained in a node below it", tree.root_id);
        findings.push(Finding::error("tree-cycle", file, at(&tree.root_id), message));
    }
    for id in tree.nodes.keys().filter(|id| !reached.contains(id)) {
        match parents.get(id) {
            // With a parent that is reached it would be reached itself, so going up ends at a loose node or goes round.
            Some(_) => {
                let mut seen = BTreeSet::from([id]);
                let mut next = parents.get(id);
                while let Some(above) = next.filter(|above| seen.insert(above)) {
                    next = parents.get(*above);
                }
                if next.is_some_and(|again| *again == id) {
                    let message = format!("`{id}` contains itself, through its children");
                    findings.push(Finding::error("tree-cycle", file, at(id), message));
                }
            }
            None if tree.nodes.contains_key(&tree.root_id) => {
                let message = format!("`{id}` is no child of any node and not the root");
                findings.push(Finding::error("loose-node", file, at(id), message));
            }
            None => {}
        }
    }
    findings
}

fn check_dependencies(nodes: Vec<(String, &ComponentId, &[ComponentId])>, file: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let known: BTreeSet<&ComponentId> = nodes.iter().map(|(_, id, _)| *id).collect();
    for (pointer, id, dependencies) in &nodes {
        let mut seen = BTreeSet::new();
        for (index, dependency) in dependencies.iter().enumerate() {
            let at = format!("{pointer}/dependencies/{index}");
            if dependency == *id {
                findings.push(Finding::error("self-dependency", file, at, format!("`{id}` depends on itself")));
            } else if !known.contains(dependency) {
                let message = format!("`{id}` depends on `{dependency}`, which is no component");
                findings.push(Finding::error("unknown-dependency", file, at, message));
            } else if !seen.insert(dependency) {
                let message = format!("`{id}` names `{dependency}` twice");
                findings.push(Finding::error("duplicate-dependency", file, at, message));
            }
        }
    }
    let edges = nodes
        .iter()
        .map(|(_, id, targets)| ((*id).clone(), targets.iter().filter(|target| target != id).cloned().collect()));
    if let Err(cycle) = DependencyGraph::new(edges.collect()).waves() {
        findings.push(Finding::error("dependency-cycle", file, "", cycle.to_string()));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proposed(id: &str, dependencies: &[&str]) -> ProposedComponent {
        serde_json::from_value(serde_json::json!({"id": id, "description": "does it", "dependencies": dependencies}))
            .expect("a component")
    }

    fn codes(findings: &[Finding]) -> Vec<&str> {
        findings.iter().map(|finding| finding.code.as_str()).collect()
    }

    #[test]
    fn accepts_components_that_depend_in_one_direction() {
        assert_eq!(check_proposal(&[proposed("a", &[]), proposed("b", &["a"])], "reply"), vec![]);
    }

    #[test]
    fn names_each_fault_of_a_proposal_with_its_place() {
        let findings = check_proposal(
            &[proposed("a", &["a", "ghost"]), proposed("A", &[]), proposed("root", &["a", "a"])],
            "reply",
        );
        assert_eq!(
            codes(&findings),
            [
                "duplicate-component",
                "component-id-case",
                "reserved-component-id",
                "self-dependency",
                "unknown-dependency",
                "duplicate-dependency"
            ]
        );
        assert_eq!(findings[4].pointer, "/components/0/dependencies/1");
    }

    #[test]
    fn a_circle_stops_the_run() {
        let findings = check_proposal(&[proposed("a", &["b"]), proposed("b", &["a"])], "reply");
        assert_eq!(codes(&findings), ["dependency-cycle"]);
    }

    #[test]
    fn no_component_is_a_fault() {
        assert_eq!(codes(&check_proposal(&[], "reply")), ["no-components"]);
    }

    #[test]
    fn a_tree_that_contains_itself_is_a_fault() {
        let tree: DecompositionTree = serde_json::from_value(serde_json::json!({
            "root_id": "a",
            "nodes": {
                "a": {"component_id": "a", "name": "A", "description": "d", "children": ["b", "ghost"]},
                "b": {"component_id": "b", "name": "B", "description": "d", "children": ["a"]},
            }
        }))
        .expect("a tree");
        assert_eq!(codes(&check_tree(&tree, "tree.json")), ["unknown-child", "tree-cycle"]);
    }

    #[test]
    fn nodes_that_the_root_does_not_reach_are_faults() {
        let tree: DecompositionTree = serde_json::from_value(serde_json::json!({
            "root_id": "root",
            "nodes": {
                "root": {"component_id": "root", "name": "R", "description": "d", "children": ["leaf"]},
                "leaf": {"component_id": "leaf", "name": "L", "description": "d"},
                "a": {"component_id": "a", "name": "A", "description": "d", "children": ["b"]},
                "b": {"component_id": "b", "name": "B", "description": "d", "children": ["a", "below"]},
                "below": {"component_id": "below", "name": "B", "description": "d"},
                "loose": {"component_id": "loose", "name": "L", "description": ""},
                "nul": {"component_id": "nul", "name": "N", "description": "d"},
            }
        }))
        .expect("a tree");
        let found: Vec<String> = check_tree(&tree, "tree.json")
            .into_iter()
            .map(|finding| format!("{} {}", finding.code, finding.pointer))
            .collect();
        assert_eq!(
            found,
            [
                "empty-description /nodes/loose/description",
                "unsafe-component-id /nodes/nul/component_id",
                "tree-cycle /nodes/a",
                "tree-cycle /nodes/b",
                "loose-node /nodes/loose",
                "loose-node /nodes/nul",
            ]
        );
    }
}
