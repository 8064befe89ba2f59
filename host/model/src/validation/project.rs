//! All checks of a project at once: what `pact validate` says. Whoever calls it has read the files.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Vocabulary, check_contract, check_fulfilment, check_plan, check_prose, check_registry, check_test_suite, check_tree,
};
use crate::component_id::ComponentId;
use crate::contract::{ComponentContract, TypeRegistry};
use crate::decomposition::DecompositionTree;
use crate::finding::Finding;
use crate::test_suite::ContractTestSuite;

/// What lies in a project, as far as it could be read.
#[derive(Debug, Default)]
pub struct Artefacts {
    /// What is to be built; empty where nobody wrote it down.
    pub task: String,
    /// The components.
    pub tree: Option<DecompositionTree>,
    /// The types that contracts share.
    pub registry: Option<TypeRegistry>,
    /// The contracts by component.
    pub contracts: BTreeMap<ComponentId, ComponentContract>,
    /// The suites by component.
    pub suites: BTreeMap<ComponentId, ContractTestSuite>,
    /// Files that are there and could not be read, with the reason.
    pub unreadable: Vec<(String, String)>,
}

/// A file of a project.
#[derive(Debug, Clone, Copy)]
pub enum File<'id> {
    /// The task.
    Task,
    /// The components.
    Tree,
    /// The shared types.
    Registry,
    /// A contract.
    Contract(&'id ComponentId),
    /// A suite.
    TestSuite(&'id ComponentId),
}

/// Checks a project. `path_of` says where each file lies.
#[must_use]
pub fn check_project(artefacts: &Artefacts, path_of: impl Fn(File<'_>) -> String) -> Vec<Finding> {
    let mut findings: Vec<Finding> = artefacts
        .unreadable
        .iter()
        .map(|(path, reason)| Finding::error("unreadable-file", path, "", reason.as_str()))
        .collect();
    let is_unreadable = |path: &str| artefacts.unreadable.iter().any(|(other, _)| other == path);
    if let Some(tree) = &artefacts.tree {
        findings.extend(check_tree(tree, &path_of(File::Tree)));
    }
    // Without a tree, the contracts that lie there are the components.
    let components: BTreeSet<ComponentId> = match &artefacts.tree {
        Some(tree) => tree.leaves().map(|node| node.component_id.clone()).collect(),
        None => artefacts.contracts.keys().cloned().collect(),
    };
    let known: BTreeSet<ComponentId> = components.iter().chain(artefacts.contracts.keys()).cloned().collect();
    let vocabulary = Vocabulary::of(&artefacts.contracts);
    for id in &known {
        let path = path_of(File::Contract(id));
        let Some(contract) = artefacts.contracts.get(id) else {
            if !is_unreadable(&path) {
                let message = format!("`{id}` has no contract");
                findings.push(Finding::error("missing-contract", &path, "", message));
            }
            continue;
        };
        findings.extend(check_contract(contract, id, &known, &path));
        findings.extend(check_prose(contract, &vocabulary, &path));
        let path = path_of(File::TestSuite(id));
        match artefacts.suites.get(id) {
            Some(suite) => findings.extend(check_test_suite(suite, contract, &path)),
            // A node that holds others is built from them; its contract alone asks for no tests.
            None if is_unreadable(&path) || !components.contains(id) => {}
            None => findings.push(Finding::error("missing-suite", &path, "", format!("`{id}` has no tests"))),
        }
    }
    findings.extend(check_plan(&artefacts.contracts, |id| path_of(File::Contract(id))));
    if let Some(registry) = &artefacts.registry {
        let path = path_of(File::Registry);
        findings.extend(check_registry(registry, &path, &artefacts.contracts, |id| path_of(File::Contract(id))));
    }
    // What half of the contracts leave open says nothing yet.
    let is_whole = !components.is_empty() && components.iter().all(|id| artefacts.contracts.contains_key(id));
    if is_whole {
        findings.extend(check_fulfilment(&artefacts.task, artefacts.contracts.values(), &path_of(File::Task)));
    }
    findings
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn artefacts() -> Artefacts {
        let contract = |value: Value| -> ComponentContract { serde_json::from_value(value).expect("a contract") };
        let bank = contract(json!({
            "component_id": "bank", "name": "Bank", "description": "d",
            "functions": [{"name": "pay", "description": "d", "output_type": "int"}]}));
        let suite = serde_json::from_value(json!({
            "component_id": "bank", "contract_version": 1, "generated_code": "x",
            "test_cases": [{"id": "a", "description": "d", "function": "pay", "category": "happy_path"}]}))
        .expect("a suite");
        let node = |id: &str, children: Value| json!({"component_id": id, "name": "n", "description": "d", "children": children});
        let tree = serde_json::from_value(json!({"root_id": "root", "nodes": {
            "root": node("root", json!(["bank", "shop"])), "bank": node("bank", json!([])), "shop": node("shop", json!([]))}}))
        .expect("a tree");
        Artefacts {
            tree: Some(tree),
            contracts: BTreeMap::from([(bank.component_id.clone(), bank.clone())]),
            suites: BTreeMap::from([(bank.component_id, suite)]),
            ..Artefacts::default()
        }
    }

    fn found(artefacts: &Artefacts) -> Vec<String> {
        let path_of = |file: File<'_>| match file {
            File::Contract(id) => format!("c/{id}"),
            File::TestSuite(id) => format!("t/{id}"),
            other => format!("{other:?}"),
        };
        check_project(artefacts, path_of).iter().map(|it| format!("{} {}", it.file, it.code)).collect()
    }

    #[test]
    fn what_is_missing_is_found_where_it_should_lie() {
        let mut artefacts = artefacts();
        assert_eq!(found(&artefacts), ["c/shop missing-contract"]);
        artefacts.suites.clear();
        assert_eq!(found(&artefacts), ["t/bank missing-suite", "c/shop missing-contract"]);
        artefacts.unreadable = vec![("c/shop".to_owned(), "why".to_owned()), ("t/bank".to_owned(), "why".to_owned())];
        assert_eq!(found(&artefacts), ["c/shop unreadable-file", "t/bank unreadable-file"]);
        assert_eq!(found(&Artefacts::default()), [] as [&str; 0]);
    }

    #[test]
    fn a_task_is_compared_with_contracts_that_are_all_there() {
        let mut artefacts = artefacts();
        artefacts.task = "It sends mails.".to_owned();
        assert_eq!(found(&artefacts), ["c/shop missing-contract"]);
        artefacts.tree = None;
        assert_eq!(found(&artefacts), ["Task uncovered-verb"]);
    }
}
