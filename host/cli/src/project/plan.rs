//! The components of a project with their contracts, each after those that it calls.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::anyhow;
use pact_model::component_id::ComponentId;
use pact_model::contract::ComponentContract;
use pact_model::decomposition::{DecompositionNode, DependencyGraph};
use pact_pipeline::ports::Workspace;
use pact_store::Project;

use super::bad_workspace;
use crate::exit::Failure;

/// The components of a project.
pub(crate) struct Plan {
    /// In an order in which each comes after those that it calls.
    pub(crate) nodes: Vec<DecompositionNode>,
    /// Those that have one.
    pub(crate) contracts: BTreeMap<ComponentId, ComponentContract>,
    graph: DependencyGraph,
}

impl Plan {
    /// Reads the plan; none when the project has no components yet.
    ///
    /// # Errors
    /// When a file of it cannot be read, or components wait for each other.
    pub(crate) fn read(project: &Project) -> Result<Option<Self>, Failure> {
        let Some(tree) = project.tree().map_err(bad_workspace)? else { return Ok(None) };
        let mut contracts = BTreeMap::new();
        let mut edges = BTreeMap::new();
        for node in tree.leaves() {
            let mut targets: BTreeSet<ComponentId> = node.dependencies.iter().cloned().collect();
            if let Some(contract) = project.contract(&node.component_id).map_err(bad_workspace)? {
                targets.extend(contract.dependencies.iter().filter_map(|text| ComponentId::new(text.as_str()).ok()));
                contracts.insert(node.component_id.clone(), contract);
            }
            targets.remove(&node.component_id);
            edges.insert(node.component_id.clone(), targets);
        }
        let graph = DependencyGraph::new(edges);
        let waves = graph.waves().map_err(Failure::artefact)?;
        let nodes = waves.iter().flatten().filter_map(|id| tree.nodes.get(id).cloned()).collect();
        Ok(Some(Self { nodes, contracts, graph }))
    }

    /// Returns the digest of components and dependencies, as a certificate has it.
    pub(crate) fn tree_hash(&self) -> String {
        let nodes = self.nodes.iter().map(|node| (node.component_id.clone(), node.clone())).collect();
        pact_pipeline::tree_hash(&nodes, &self.graph)
    }

    /// Returns all components, in the order of the nodes.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &ComponentId> {
        self.nodes.iter().map(|node| &node.component_id)
    }

    /// Returns what a component calls, directly.
    pub(crate) fn dependencies(&self, id: &ComponentId) -> Vec<ComponentId> {
        self.graph.direct(id).cloned().collect()
    }

    /// Returns the contracts of everything that a component calls, directly or through others.
    pub(crate) fn closure(&self, id: &ComponentId) -> BTreeMap<ComponentId, ComponentContract> {
        let ids = self.graph.closure(id);
        ids.iter().filter_map(|id| Some((id.clone(), self.contracts.get(id)?.clone()))).collect()
    }

    /// Leaves only the named component, where one is named.
    ///
    /// # Errors
    /// When there is none of that name.
    pub(crate) fn only(&mut self, component: Option<&str>) -> Result<(), Failure> {
        let Some(wanted) = component else { return Ok(()) };
        let known: Vec<String> = self.nodes.iter().map(|node| node.component_id.to_string()).collect();
        self.nodes.retain(|node| node.component_id.as_str() == wanted);
        if self.nodes.is_empty() {
            return Err(Failure::usage(anyhow!("there is no component `{wanted}`"))
                .hint(format!("the components of this project: {}", known.join(", "))));
        }
        Ok(())
    }
}
