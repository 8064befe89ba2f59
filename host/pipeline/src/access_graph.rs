//! `access_graph.json`: who reads and writes which data, and on whose word, for systems that decide about trust.
//!
//! One document of two shapes: `components` and `edges`, as projects have had them, and `nodes`, which the other system reads.
//! Either reader ignores what is the other's.

use std::collections::{BTreeMap, BTreeSet};

use pact_model::component_id::ComponentId;
use pact_model::contract::{ComponentContract, DataAccess};
use serde_json::{Value, json};

use crate::digest;
use crate::error::Error;
use crate::kept;
use crate::phases::Bench;
use crate::ports::{Artefact, Workspace};

/// Where it lies, relative to the project's root.
pub const PATH: &str = "access_graph.json";

/// The version of both shapes.
const VERSION: &str = "1.0";
const NODES_VERSION: &str = "1";

/// Writes the graph of these contracts, unless a person has changed it. One that would say the same keeps its time.
///
/// # Errors
/// [`Error`] when a file cannot be read or written.
pub(crate) fn write(
    contracts: &BTreeMap<ComponentId, ComponentContract>,
    started_at: &str,
    bench: &Bench,
) -> Result<(), Error> {
    let workspace = &*bench.workspace;
    let old = workspace.read(PATH)?.and_then(|text| serde_json::from_slice::<Value>(&text).ok());
    let kept_time = old.as_ref().and_then(|old| old["timestamp"].as_str());
    if let Some(time) = kept_time
        && old.as_ref() == Some(&graph(contracts, time, workspace)?)
    {
        return Ok(());
    }
    let graph = graph(contracts, started_at, workspace)?;
    let mut text = serde_json::to_string_pretty(&graph).expect("a value is plain data");
    text.push('\n');
    kept::renew(bench, PATH, &text)
}

/// Returns the document. Components and edges stand in the order of their ids, tiers in that of the alphabet.
///
/// # Errors
/// [`Error`] when a file cannot be read.
pub fn graph(
    contracts: &BTreeMap<ComponentId, ComponentContract>,
    timestamp: &str,
    workspace: &dyn Workspace,
) -> Result<Value, Error> {
    let mut components = Vec::new();
    let mut edges = Vec::new();
    let mut nodes = serde_json::Map::new();
    for (id, contract) in contracts {
        let called: BTreeSet<&ComponentId> =
            contracts.keys().filter(|other| contract.dependencies.iter().any(|name| name == other.as_str())).collect();
        components.push(component(id, contract, workspace)?);
        for target in &called {
            let tiers = in_flight(&contract.data_access, &contracts[*target].data_access);
            edges.push(json!({"from": id, "to": target, "data_tiers_in_flight": tiers}));
        }
        let relations: Vec<Value> =
            called.iter().map(|target| json!({"target": target, "relation_type": "DEPENDS_ON"})).collect();
        let access = &contract.data_access;
        let tiers: BTreeSet<&String> = access.reads.iter().chain(&access.writes).collect();
        let node = json!({
            "node_id": id,
            "authority_domains": contract.authority.domains,
            "edges": relations,
            "metadata": {"name": contract.name, "tiers": tiers, "rationale": access.rationale},
        });
        nodes.insert(id.to_string(), node);
    }
    // Not the name of the folder, which is another one in every clone: equal projects have equal files.
    let task = workspace.task()?;
    let title = task.text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or_default().trim();
    Ok(json!({
        "version": VERSION,
        "generated_by": "pact",
        "project": title,
        "timestamp": timestamp,
        "components": components,
        "edges": edges,
        "graph_version": NODES_VERSION,
        "created_at": timestamp,
        "nodes": nodes,
    }))
}

fn component(id: &ComponentId, contract: &ComponentContract, workspace: &dyn Workspace) -> Result<Value, Error> {
    let hash = |artefact: Artefact| {
        let content = workspace.read(&workspace.path_of(&artefact))?;
        Ok::<_, Error>(content.map_or_else(String::new, |content| digest::of_bytes(&content)))
    };
    let DataAccess { reads, writes, rationale, side_effects, .. } = &contract.data_access;
    let effects = side_effects.iter().map(|effect| {
        json!({
            "type": effect.kind,
            "classification": effect.classification,
            "fields": effect.fields,
            "rationale": effect.rationale,
        })
    });
    Ok(json!({
        "id": id,
        "name": contract.name,
        "data_access": {
            "reads": reads,
            "writes": writes,
            "rationale": rationale,
            "side_effects": effects.collect::<Vec<_>>(),
        },
        "authority": {"domains": contract.authority.domains, "rationale": contract.authority.rationale},
        "contract_hash": hash(Artefact::Contract(id.clone()))?,
        "test_hash": hash(Artefact::TestSuite(id.clone()))?,
    }))
}

/// What crosses from one component to another: what one reads and the other writes, or, where that is nothing, whatever the
/// first reads.
fn in_flight<'a>(consumer: &'a DataAccess, provider: &DataAccess) -> BTreeSet<&'a String> {
    let both: BTreeSet<&String> = consumer.reads.iter().filter(|tier| provider.writes.contains(tier)).collect();
    if both.is_empty() { consumer.reads.iter().collect() } else { both }
}
