//! One name, one type: in all contracts of a plan, and in the registry of types that they share.

use std::collections::BTreeMap;

use super::{graph, means_the_same};
use crate::component_id::ComponentId;
use crate::contract::{ComponentContract, TypeRegistry, TypeSpec};
use crate::finding::Finding;

/// Finds types of one name that two components define differently.
///
/// Where one of the two calls the other, the caller sees both: an error. Else it is a warning, since nothing but a reader has to
/// tell them apart.
pub(super) fn check_types(
    contracts: &BTreeMap<ComponentId, ComponentContract>,
    file_of: &impl Fn(&ComponentId) -> String,
) -> Vec<Finding> {
    let mut definitions: BTreeMap<&str, Vec<(&ComponentId, usize, &TypeSpec)>> = BTreeMap::new();
    for (id, contract) in contracts {
        for (index, spec) in contract.types.iter().enumerate() {
            // A copy of another component's is compared with that one alone.
            if spec.owner_component.is_empty() || spec.owner_component == id.as_str() {
                definitions.entry(&spec.name).or_default().push((id, index, spec));
            }
        }
    }
    definitions.retain(|_, places| places.len() > 1);
    if definitions.is_empty() {
        return Vec::new();
    }
    let graph = graph(contracts);
    let closures: BTreeMap<&ComponentId, _> = contracts.keys().map(|id| (id, graph.closure(id))).collect();
    let calls = |caller: &ComponentId, other: &ComponentId| closures[caller].contains(other);
    let mut findings = Vec::new();
    for (name, places) in definitions {
        // The first place of each meaning: many places mostly have one.
        let mut meanings: Vec<(&ComponentId, usize, &TypeSpec)> = Vec::new();
        for &(right_id, right_index, right) in &places {
            let clash = meanings.iter().find(|(_, _, left)| !means_the_same(left, right)).copied();
            if meanings.iter().all(|(_, _, left)| !means_the_same(left, right)) {
                meanings.push((right_id, right_index, right));
            }
            let Some((left_id, left_index, _)) = clash else { continue };
            // The one that calls gives way: the other one may have callers beside it.
            let (at, index, other) = if calls(left_id, right_id) {
                (left_id, left_index, right_id)
            } else {
                (right_id, right_index, left_id)
            };
            let message = format!("`{}` is defined differently in `{other}`", name.escape_debug());
            let is_seen = calls(left_id, right_id) || calls(right_id, left_id);
            let (file, pointer) = (file_of(at), format!("/types/{index}"));
            findings.push(if is_seen {
                Finding::error("type-clash", &file, pointer, message)
            } else {
                Finding::warning("type-clash", &file, pointer, message)
            });
        }
    }
    findings
}

/// Checks contracts against the registry of shared types, and the registry itself. `file` is the registry's.
#[must_use]
pub fn check_registry(
    registry: &TypeRegistry,
    file: &str,
    contracts: &BTreeMap<ComponentId, ComponentContract>,
    file_of: impl Fn(&ComponentId) -> String,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut shared: BTreeMap<&str, &TypeSpec> = BTreeMap::new();
    for (index, spec) in registry.types.iter().enumerate() {
        if shared.insert(&spec.name, spec).is_some() {
            let message = format!("`{}` stands in the registry already", spec.name.escape_debug());
            findings.push(Finding::error("duplicate-name", file, format!("/types/{index}"), message));
        }
    }
    for (id, contract) in contracts {
        for (index, spec) in contract.types.iter().enumerate() {
            if shared.get(spec.name.as_str()).is_some_and(|theirs| !means_the_same(spec, theirs)) {
                let message = format!(
                    "`{}` is a shared type, and this definition differs from the one of the registry",
                    spec.name.escape_debug()
                );
                findings.push(Finding::error("registry-clash", &file_of(id), format!("/types/{index}"), message));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::validation::check_plan;

    fn defining(id: &str, field: &str, dependencies: &[&str]) -> (ComponentId, ComponentContract) {
        let contract: ComponentContract = serde_json::from_value(json!({
            "component_id": id, "name": "n", "description": "d", "dependencies": dependencies,
            "types": [{"name": "Item", "kind": "struct", "fields": [{"name": field, "type_ref": "int"}]}]}))
        .expect("a contract");
        (contract.component_id.clone(), contract)
    }

    #[test]
    fn two_types_of_one_name_clash_where_one_side_sees_both() {
        let found = |contracts: Vec<_>| -> Vec<String> {
            let findings = check_plan(&contracts.into_iter().collect(), ToString::to_string);
            findings.iter().map(|it| format!("{} {:?} {}", it.code, it.severity, it.file)).collect()
        };
        assert_eq!(found(vec![defining("a", "x", &["b"]), defining("b", "y", &[])]), ["type-clash Error a"]);
        assert_eq!(found(vec![defining("a", "x", &[]), defining("b", "y", &[])]), ["type-clash Warning b"]);
        assert_eq!(found(vec![defining("a", "x", &["b"]), defining("b", "x", &[])]), [] as [&str; 0]);
    }

    #[test]
    fn the_registry_has_the_last_word() {
        let registry = |fields: &[&str]| -> TypeRegistry {
            let types: Vec<_> = fields
                .iter()
                .map(|field| json!({"name": "Item", "kind": "struct", "fields": [{"name": field, "type_ref": "int"}]}))
                .collect();
            serde_json::from_value(json!({"types": types})).expect("a registry")
        };
        let contracts = BTreeMap::from([defining("a", "x", &[])]);
        let codes = |registry: &TypeRegistry| -> Vec<String> {
            let findings = check_registry(registry, "registry", &contracts, ToString::to_string);
            findings.into_iter().map(|finding| finding.code).collect()
        };
        assert_eq!(codes(&registry(&["x"])), [] as [&str; 0]);
        assert_eq!(codes(&registry(&["y"])), ["registry-clash"]);
        assert_eq!(codes(&registry(&["y", "x"])), ["duplicate-name"]);
    }
}
