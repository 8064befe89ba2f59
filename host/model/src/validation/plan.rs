//! What several contracts have to do with each other: shared types, one owner per domain.

use std::collections::{BTreeMap, BTreeSet};

use crate::component_id::ComponentId;
use crate::contract::{ComponentContract, FieldSpec, FunctionContract, TypeSpec};
use crate::decomposition::DependencyGraph;
use crate::finding::Finding;
use crate::type_reference;

mod types;

pub use types::check_registry;

/// A type that a contract defines although a component that it depends on owns one of that name, with other content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the type `{}` belongs to `{owner}`, and this definition differs from it: leave it out, it is taken over by name", .name.escape_debug())]
pub struct TypeClash {
    /// The type.
    pub name: String,
    /// Who owns it.
    pub owner: ComponentId,
    /// Its place in the list of types.
    pub index: usize,
}

/// Takes the types over that a contract uses and that components which it depends on define.
///
/// A type that the contract repeats is replaced by its owner's; one that it only names is added, with everything that it
/// is made of. The author never has to copy a definition, and both sides mean the same class.
///
/// # Errors
/// All [`TypeClash`]es.
pub fn adopt_types<'contract>(
    contract: &mut ComponentContract,
    dependencies: impl IntoIterator<Item = &'contract ComponentContract>,
) -> Result<(), Vec<TypeClash>> {
    let offered = offered_types(dependencies);
    let mut clashes = Vec::new();
    for (index, spec) in contract.types.iter_mut().enumerate() {
        let Some((owner, theirs)) = offered.get(spec.name.as_str()) else { continue };
        let claims_its_own = spec.owner_component.is_empty() || spec.owner_component == contract.component_id.as_str();
        if claims_its_own && !means_the_same(spec, theirs) {
            clashes.push(TypeClash { name: spec.name.clone(), owner: (*owner).clone(), index });
        } else {
            *spec = owned_by(theirs, owner);
        }
    }
    if !clashes.is_empty() {
        return Err(clashes);
    }
    let mut open: Vec<String> = used_names(contract).into_iter().collect();
    while let Some(name) = open.pop() {
        if contract.type_named(&name).is_some() {
            continue;
        }
        if let Some((owner, theirs)) = offered.get(name.as_str()) {
            open.extend(names_in_type(theirs));
            contract.types.push(owned_by(theirs, owner));
        }
    }
    Ok(())
}

/// Checks all contracts together. `file_of` says which file holds a component's contract.
#[must_use]
pub fn check_plan(
    contracts: &BTreeMap<ComponentId, ComponentContract>,
    file_of: impl Fn(&ComponentId) -> String,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut owners: BTreeMap<String, &ComponentId> = BTreeMap::new();
    for (id, contract) in contracts {
        for (index, domain) in contract.authority.domains.iter().enumerate() {
            // Two names that only a machine tells apart are one domain.
            if let Some(other) = owners.insert(domain.trim().to_lowercase(), id)
                && other != id
            {
                let message = format!("the domain `{}` belongs to `{other}` already", domain.escape_debug());
                findings.push(Finding::error(
                    "shared-domain",
                    &file_of(id),
                    format!("/authority/domains/{index}"),
                    message,
                ));
            }
        }
        for (index, spec) in contract.types.iter().enumerate() {
            let owner = contracts.get(spec.owner_component.as_str()).filter(|owner| owner.component_id != *id);
            let theirs = owner.and_then(|owner| owner.type_named(&spec.name));
            if let Some(theirs) = theirs
                && !means_the_same(spec, theirs)
            {
                let message = format!(
                    "the type `{}` is taken over from `{}`, where it is defined differently now",
                    spec.name.escape_debug(),
                    spec.owner_component
                );
                findings.push(Finding::error("outdated-type", &file_of(id), format!("/types/{index}"), message));
            }
        }
    }
    findings.extend(circles(contracts, &file_of));
    findings.extend(types::check_types(contracts, &file_of));
    findings
}

fn circles(
    contracts: &BTreeMap<ComponentId, ComponentContract>,
    file_of: &impl Fn(&ComponentId) -> String,
) -> Option<Finding> {
    let cycle = graph(contracts).waves().err()?;
    let id = cycle.path.first()?;
    Some(Finding::error("dependency-cycle", &file_of(id), "/dependencies", cycle.to_string()))
}

fn graph(contracts: &BTreeMap<ComponentId, ComponentContract>) -> DependencyGraph {
    let edges = contracts.iter().map(|(id, contract)| {
        let targets = contract.dependencies.iter().filter_map(|text| ComponentId::new(text.as_str()).ok());
        // That a component calls itself is found at its contract.
        (id.clone(), targets.filter(|target| target != id).collect())
    });
    DependencyGraph::new(edges.collect())
}

// A type that a dependency took over itself belongs to its first owner where that is a dependency, too. Where it is not,
// it comes through the dependency that offers it: languages import from direct dependencies only, and it stays one class.
fn offered_types<'contract>(
    dependencies: impl IntoIterator<Item = &'contract ComponentContract>,
) -> BTreeMap<&'contract str, (ComponentId, &'contract TypeSpec)> {
    let dependencies: Vec<&ComponentContract> = dependencies.into_iter().collect();
    let mut offered = BTreeMap::new();
    for dependency in &dependencies {
        for spec in &dependency.types {
            let owner = dependencies.iter().find(|other| other.component_id.as_str() == spec.owner_component);
            let owner = owner.unwrap_or(dependency).component_id.clone();
            offered.entry(spec.name.as_str()).or_insert((owner, spec));
        }
    }
    offered
}

fn owned_by(spec: &TypeSpec, owner: &ComponentId) -> TypeSpec {
    TypeSpec { owner_component: owner.to_string(), ..spec.clone() }
}

// Descriptions and messages may differ: they change no value.
fn means_the_same(left: &TypeSpec, right: &TypeSpec) -> bool {
    left.kind == right.kind
        && left.item_type == right.item_type
        && left.variants == right.variants
        && left.inner_types == right.inner_types
        && left.fields.len() == right.fields.len()
        && left.fields.iter().zip(&right.fields).all(|(left, right)| is_same_field(left, right))
        && left.init.len() == right.init.len()
        && left.init.iter().zip(&right.init).all(|(left, right)| is_same_field(left, right))
        && left.methods.len() == right.methods.len()
        && left.methods.iter().zip(&right.methods).all(|(left, right)| is_same_method(left, right))
}

fn is_same_method(left: &FunctionContract, right: &FunctionContract) -> bool {
    let errors = |method: &FunctionContract| -> Vec<_> {
        method.error_cases.iter().map(|case| (case.name.clone(), case.error_type.clone())).collect()
    };
    (&left.name, &left.output_type, left.is_async) == (&right.name, &right.output_type, right.is_async)
        && left.inputs.len() == right.inputs.len()
        && left.inputs.iter().zip(&right.inputs).all(|(left, right)| is_same_field(left, right))
        && errors(left) == errors(right)
}

fn is_same_field(left: &FieldSpec, right: &FieldSpec) -> bool {
    let rules = |field: &FieldSpec| -> Vec<_> {
        field.validators.iter().map(|validator| (validator.kind, validator.expression.clone())).collect()
    };
    (&left.name, &left.type_ref, left.required, &left.default)
        == (&right.name, &right.type_ref, right.required, &right.default)
        && rules(left) == rules(right)
}

fn used_names(contract: &ComponentContract) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = contract.types.iter().flat_map(names_in_type).collect();
    names.extend(contract.functions.iter().flat_map(names_in_function));
    names
}

fn names_in_function(function: &FunctionContract) -> BTreeSet<String> {
    let references = function.inputs.iter().map(|input| &input.type_ref).chain([&function.output_type]);
    let mut names = names_in(references);
    // An error can be one of the declared types, too.
    names.extend(function.error_cases.iter().map(|case| case.error_type.clone()));
    names
}

fn names_in_type(spec: &TypeSpec) -> BTreeSet<String> {
    let fields = spec.fields.iter().chain(&spec.init).map(|field| &field.type_ref);
    let mut names = names_in(fields.chain([&spec.item_type]).chain(&spec.inner_types));
    names.extend(spec.methods.iter().flat_map(names_in_function));
    names
}

// A reference that does not parse is reported by the check of its contract; here it names nothing.
fn names_in<'contract>(references: impl Iterator<Item = &'contract String>) -> BTreeSet<String> {
    references.flat_map(|reference| type_reference::names(reference).unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn contract(value: serde_json::Value) -> ComponentContract {
        serde_json::from_value(value).expect("a contract")
    }

    fn catalogue() -> ComponentContract {
        contract(json!({
            "component_id": "catalogue", "name": "C", "description": "d",
            "types": [{"name": "Item", "kind": "struct", "fields": [{"name": "price", "type_ref": "Money"}]},
                      {"name": "Money", "kind": "struct", "fields": [{"name": "cents", "type_ref": "int"}]},
                      {"name": "Shelf", "kind": "list", "item_type": "Item"}],
        }))
    }

    fn basket(types: serde_json::Value) -> ComponentContract {
        contract(json!({
            "component_id": "basket", "name": "B", "description": "d", "dependencies": ["catalogue"], "types": types,
            "functions": [{"name": "add", "description": "d", "inputs": [{"name": "item", "type_ref": "list[Item]"}], "output_type": "int"}],
        }))
    }

    #[test]
    fn a_type_that_is_only_named_comes_with_what_it_is_made_of() {
        let mut basket = basket(json!([]));
        adopt_types(&mut basket, [&catalogue()]).expect("no clash");
        let adopted: Vec<_> =
            basket.types.iter().map(|spec| (spec.name.as_str(), spec.owner_component.as_str())).collect();
        assert_eq!(adopted, [("Item", "catalogue"), ("Money", "catalogue")]);
    }

    #[test]
    fn a_repeated_type_becomes_the_owners_and_a_different_one_is_a_clash() {
        let mut same = basket(json!([{"name": "Item", "kind": "struct", "description": "mine",
                                      "fields": [{"name": "price", "type_ref": "Money"}]}]));
        adopt_types(&mut same, [&catalogue()]).expect("no clash");
        assert_eq!(same.types[0].owner_component, "catalogue");
        let mut other =
            basket(json!([{"name": "Item", "kind": "struct", "fields": [{"name": "price", "type_ref": "int"}]}]));
        let clashes = adopt_types(&mut other, [&catalogue()]).expect_err("a clash");
        assert_eq!(clashes.iter().map(|clash| clash.name.as_str()).collect::<Vec<_>>(), ["Item"]);
    }

    #[test]
    fn a_type_of_a_dependencys_dependency_comes_through_the_one_that_is_called() {
        let mut basket = basket(json!([]));
        adopt_types(&mut basket, [&catalogue()]).expect("no clash");
        let order = || {
            contract(json!({
                "component_id": "order", "name": "O", "description": "d",
                "functions": [{"name": "place", "description": "d", "output_type": "Item"}],
            }))
        };
        let owner =
            |contract: &ComponentContract| contract.type_named("Item").expect("adopted").owner_component.clone();
        let mut through_basket = order();
        adopt_types(&mut through_basket, [&basket]).expect("no clash");
        assert_eq!(owner(&through_basket), "basket");
        let mut with_both = order();
        adopt_types(&mut with_both, [&basket, &catalogue()]).expect("no clash");
        assert_eq!(owner(&with_both), "catalogue");
    }

    #[test]
    fn a_class_comes_with_the_types_of_its_methods_and_differs_by_them() {
        let methods = |output: &str| {
            json!([{"name": "Shelf", "kind": "class", "init": [{"name": "size", "type_ref": "int"}],
                    "methods": [{"name": "first", "description": "d", "output_type": output}]}])
        };
        let owner = |output: &str| {
            let mut owner = catalogue();
            owner.types.truncate(2);
            owner.types.extend(
                contract(json!({"component_id": "x", "name": "n", "description": "d", "types": methods(output)})).types,
            );
            owner
        };
        let mut user = contract(json!({
            "component_id": "user", "name": "U", "description": "d",
            "functions": [{"name": "find", "description": "d", "output_type": "Shelf"}],
        }));
        adopt_types(&mut user, [&owner("Item")]).expect("no clash");
        let mut adopted: Vec<_> = user.types.iter().map(|spec| spec.name.as_str()).collect();
        adopted.sort_unstable();
        assert_eq!(adopted, ["Item", "Money", "Shelf"]);
        let mut other = basket(methods("Money"));
        let clashes = adopt_types(&mut other, [&owner("Item")]).expect_err("a clash");
        assert_eq!(clashes.iter().map(|clash| clash.name.as_str()).collect::<Vec<_>>(), ["Shelf"]);
    }

    #[test]
    fn a_domain_has_one_owner() {
        let owner = |id: &str| {
            contract(json!({"component_id": id, "name": "n", "description": "d", "authority": {"domains": ["stock"]}}))
        };
        let contracts = [owner("a"), owner("b")].map(|contract| (contract.component_id.clone(), contract));
        let findings = check_plan(&BTreeMap::from(contracts), |id| format!("contracts/{id}"));
        assert_eq!(findings.len(), 1);
        assert_eq!(
            findings[0].to_string(),
            "contracts/b#/authority/domains/0: the domain `stock` belongs to `a` already [shared-domain]"
        );
    }

    fn codes(contracts: Vec<ComponentContract>) -> Vec<String> {
        let contracts = contracts.into_iter().map(|contract| (contract.component_id.clone(), contract)).collect();
        check_plan(&contracts, ToString::to_string).iter().map(|it| format!("{} {}", it.file, it.code)).collect()
    }

    #[test]
    fn components_that_wait_for_each_other_are_found_in_their_contracts() {
        let caller = |id: &str, other: &str| {
            contract(json!({"component_id": id, "name": "n", "description": "d", "dependencies": [other]}))
        };
        assert_eq!(codes(vec![caller("a", "b"), caller("b", "a")]), ["a dependency-cycle"]);
        assert_eq!(codes(vec![caller("a", "a"), caller("b", "elsewhere")]), [] as [&str; 0]);
    }

    #[test]
    fn a_copy_that_its_owner_has_changed_since_is_found() {
        let mut basket = basket(json!([]));
        adopt_types(&mut basket, [&catalogue()]).expect("no clash");
        let mut changed = catalogue();
        changed.types[1].fields[0].type_ref = "float".to_owned();
        let contracts = [basket, changed].map(|contract| (contract.component_id.clone(), contract));
        let findings = check_plan(&BTreeMap::from(contracts), ToString::to_string);
        assert_eq!(findings.iter().map(|finding| finding.code.as_str()).collect::<Vec<_>>(), ["outdated-type"]);
    }
}
