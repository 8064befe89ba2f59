//! Checks of one contract by itself. What needs other contracts is in `plan`.

use std::collections::{BTreeMap, BTreeSet};

use crate::component_id::ComponentId;
use crate::contract::{ComponentContract, FieldSpec, FunctionContract, TypeKind, TypeSpec};
use crate::finding::Finding;
use crate::type_reference;

/// The shortest rationale that can say something specific.
const MIN_RATIONALE_CHARACTERS: usize = 20;

/// Checks a contract for `component`, whose dependencies may be any of `known`. `file` is what findings name.
#[must_use]
pub fn check_contract(
    contract: &ComponentContract,
    component: &ComponentId,
    known: &BTreeSet<ComponentId>,
    file: &str,
) -> Vec<Finding> {
    let mut check = Checker { file, types: type_names(contract), findings: Vec::new() };
    if contract.component_id != *component {
        let message = format!("it says that it is about `{}`, and it belongs to `{component}`", contract.component_id);
        check.error("component-id-mismatch", "/component_id", message);
    }
    if contract.name.trim().is_empty() {
        check.error("empty-name", "/name", "the contract has no name");
    }
    if contract.functions.is_empty() {
        check.error("no-functions", "/functions", "a component without functions cannot be tested");
    }
    check.duplicates("type", "/types", contract.types.iter().map(|spec| spec.name.as_str()));
    check.duplicates("function", "/functions", contract.functions.iter().map(|function| function.name.as_str()));
    for (index, spec) in contract.types.iter().enumerate() {
        check.type_spec(spec, &format!("/types/{index}"));
    }
    for (index, function) in contract.functions.iter().enumerate() {
        check.function(function, &format!("/functions/{index}"));
    }
    check.dependencies(contract, component, known);
    check.rationales(contract);
    check.findings
}

fn type_names(contract: &ComponentContract) -> BTreeSet<&str> {
    contract.types.iter().map(|spec| spec.name.as_str()).collect()
}

struct Checker<'contract> {
    file: &'contract str,
    types: BTreeSet<&'contract str>,
    findings: Vec<Finding>,
}

impl Checker<'_> {
    fn error(&mut self, code: &str, pointer: &str, message: impl Into<String>) {
        self.findings.push(Finding::error(code, self.file, pointer, message));
    }

    fn type_spec(&mut self, spec: &TypeSpec, pointer: &str) {
        self.identifier(&spec.name, "type", &format!("{pointer}/name"));
        let name = spec.name.escape_debug();
        match spec.kind {
            TypeKind::Struct => {
                self.duplicates(
                    "field",
                    &format!("{pointer}/fields"),
                    spec.fields.iter().map(|field| field.name.as_str()),
                );
                for (index, field) in spec.fields.iter().enumerate() {
                    self.field(field, &format!("{pointer}/fields/{index}"));
                }
            }
            TypeKind::Enum if spec.variants.is_empty() => {
                self.error("empty-enum", &format!("{pointer}/variants"), format!("the enum `{name}` has no variants"));
            }
            TypeKind::Enum => {
                self.duplicates("variant", &format!("{pointer}/variants"), spec.variants.iter().map(String::as_str));
            }
            TypeKind::List => self.reference(&spec.item_type, &format!("{pointer}/item_type")),
            TypeKind::Optional | TypeKind::Union if spec.inner_types.is_empty() => {
                let message = format!("`{name}` does not say what it is one of");
                self.error("empty-union", &format!("{pointer}/inner_types"), message);
            }
            TypeKind::Optional | TypeKind::Union => {
                for (index, inner) in spec.inner_types.iter().enumerate() {
                    self.reference(inner, &format!("{pointer}/inner_types/{index}"));
                }
            }
            TypeKind::Primitive => {}
        }
    }

    fn function(&mut self, function: &FunctionContract, pointer: &str) {
        self.identifier(&function.name, "function", &format!("{pointer}/name"));
        self.duplicates("input", &format!("{pointer}/inputs"), function.inputs.iter().map(|input| input.name.as_str()));
        let mut optional_before: Option<&str> = None;
        for (index, input) in function.inputs.iter().enumerate() {
            self.field(input, &format!("{pointer}/inputs/{index}"));
            if !input.required {
                optional_before = Some(&input.name);
            } else if let Some(earlier) = optional_before {
                let message =
                    format!("the required input `{}` follows the optional `{earlier}`", input.name.escape_debug());
                self.error("required-after-optional", &format!("{pointer}/inputs/{index}"), message);
            }
        }
        self.reference(&function.output_type, &format!("{pointer}/output_type"));
        self.duplicates(
            "error case",
            &format!("{pointer}/error_cases"),
            function.error_cases.iter().map(|case| case.name.as_str()),
        );
        for (index, case) in function.error_cases.iter().enumerate() {
            let at = format!("{pointer}/error_cases/{index}");
            if case.name.trim().is_empty() {
                self.error("empty-name", &format!("{at}/name"), "the error case has no name");
            }
            if case.condition.trim().is_empty() {
                self.error(
                    "empty-condition",
                    &format!("{at}/condition"),
                    "the error case does not say when it happens",
                );
            }
            self.identifier(&case.error_type, "error", &format!("{at}/error_type"));
        }
        if let Some(bound) = &function.performance_bound {
            for (field, value) in [("p95_latency_ms", bound.p95_latency_ms), ("max_memory_mb", bound.max_memory_mb)] {
                if value == Some(0) {
                    let at = format!("{pointer}/performance_budget/{field}");
                    self.error("zero-bound", &at, "zero cannot be met; the least is 1");
                }
            }
        }
    }

    fn field(&mut self, field: &FieldSpec, pointer: &str) {
        self.identifier(&field.name, "name", &format!("{pointer}/name"));
        self.reference(&field.type_ref, &format!("{pointer}/type_ref"));
    }

    fn reference(&mut self, reference: &str, pointer: &str) {
        match type_reference::names(reference) {
            Err(error) => self.error("malformed-type", pointer, error.to_string()),
            Ok(names) => {
                for name in names {
                    if !self.types.contains(name.as_str()) && !type_reference::BUILTINS.contains(&name.as_str()) {
                        let message = format!(
                            "`{}` is neither a basic type nor a type of this contract or of a component that it depends on",
                            name.escape_debug()
                        );
                        self.error("unknown-type", pointer, message);
                    }
                }
            }
        }
    }

    fn identifier(&mut self, name: &str, what: &str, pointer: &str) {
        let mut letters = name.chars();
        let starts_well = letters.next().is_some_and(|first| first.is_alphabetic() || first == '_');
        if !starts_well || !letters.all(|next| next.is_alphanumeric() || next == '_') {
            let message = format!("`{}` is no {what}: a letter, then letters, digits and `_`", name.escape_debug());
            self.error("invalid-name", pointer, message);
        }
    }

    fn duplicates<'name>(&mut self, what: &str, pointer: &str, names: impl Iterator<Item = &'name str>) {
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, name) in names.enumerate() {
            if let Some(earlier) = first.get(name) {
                let message = format!("the {what} `{}` stands at {earlier} already", name.escape_debug());
                self.error("duplicate-name", &format!("{pointer}/{index}"), message);
            } else {
                first.insert(name, index);
            }
        }
    }

    fn dependencies(&mut self, contract: &ComponentContract, component: &ComponentId, known: &BTreeSet<ComponentId>) {
        let mut seen = BTreeSet::new();
        for (index, dependency) in contract.dependencies.iter().enumerate() {
            let at = format!("/dependencies/{index}");
            let shown = dependency.escape_debug();
            if dependency == component.as_str() {
                self.error("self-dependency", &at, format!("`{component}` depends on itself"));
            } else if !known.contains(dependency.as_str()) {
                let message = format!("`{shown}` is no component; modules outside the project stand in `requires`");
                self.error("unknown-dependency", &at, message);
            } else if !seen.insert(dependency) {
                self.error("duplicate-dependency", &at, format!("`{shown}` is named twice"));
            }
        }
    }

    fn rationales(&mut self, contract: &ComponentContract) {
        let access = &contract.data_access;
        if !(access.reads.is_empty() && access.writes.is_empty() && access.side_effects.is_empty()) {
            self.rationale(&access.rationale, "data_access", "/data_access/rationale");
        }
        if !contract.authority.domains.is_empty() {
            let rationale = contract.authority.rationale.as_deref().unwrap_or_default();
            self.rationale(rationale, "authority", "/authority/rationale");
        }
    }

    fn rationale(&mut self, text: &str, what: &str, pointer: &str) {
        if text.trim().chars().count() < MIN_RATIONALE_CHARACTERS {
            let message = format!(
                "`{what}` claims something and does not say why, in at least {MIN_RATIONALE_CHARACTERS} characters"
            );
            self.error("missing-rationale", pointer, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn sound() -> Value {
        json!({
            "component_id": "bank", "name": "Bank", "description": "d", "dependencies": ["ledger"],
            "types": [{"name": "Money", "kind": "struct", "fields": [{"name": "cents", "type_ref": "int"}]}],
            "functions": [{"name": "pay", "description": "d", "inputs": [{"name": "sum", "type_ref": "list[Money]"}],
                           "output_type": "Money | None",
                           "error_cases": [{"name": "empty", "condition": "no sum", "error_type": "ValueError"}]}],
        })
    }

    fn found(contract: &Value) -> Vec<(String, String)> {
        let contract = serde_json::from_value(contract.clone()).expect("readable");
        let id = |text| ComponentId::new(text).expect("an id");
        check_contract(&contract, &id("bank"), &BTreeSet::from([id("bank"), id("ledger")]), "interface.json")
            .into_iter()
            .map(|finding| (finding.code, finding.pointer))
            .collect()
    }

    #[test]
    fn accepts_a_sound_contract() {
        assert_eq!(found(&sound()), vec![]);
    }

    #[test]
    fn finds_each_fault_at_its_place() {
        let cases: &[(&str, Value, &str, &str)] = &[
            ("/component_id", json!("other"), "component-id-mismatch", "/component_id"),
            ("/functions", json!([]), "no-functions", "/functions"),
            ("/functions/0/output_type", json!("Ghost"), "unknown-type", "/functions/0/output_type"),
            ("/functions/0/output_type", json!(""), "malformed-type", "/functions/0/output_type"),
            ("/functions/0/name", json!("pay now"), "invalid-name", "/functions/0/name"),
            ("/functions/0/inputs/0/type_ref", json!("list[Ghost]"), "unknown-type", "/functions/0/inputs/0/type_ref"),
            (
                "/functions/0/error_cases/0/error_type",
                json!(""),
                "invalid-name",
                "/functions/0/error_cases/0/error_type",
            ),
            (
                "/functions/0/error_cases/0/condition",
                json!(" "),
                "empty-condition",
                "/functions/0/error_cases/0/condition",
            ),
            ("/types/0/fields/0/type_ref", json!("Ghost"), "unknown-type", "/types/0/fields/0/type_ref"),
            ("/dependencies", json!(["bank"]), "self-dependency", "/dependencies/0"),
            ("/dependencies", json!(["ghost"]), "unknown-dependency", "/dependencies/0"),
            ("/dependencies", json!(["ledger", "ledger"]), "duplicate-dependency", "/dependencies/1"),
        ];
        for (pointer, value, code, place) in cases {
            let mut contract = sound();
            *contract.pointer_mut(pointer).expect("a place") = value.clone();
            assert_eq!(found(&contract), vec![((*code).to_owned(), (*place).to_owned())], "{pointer} = {value}");
        }
    }

    #[test]
    fn finds_names_that_are_used_twice() {
        let mut contract = sound();
        let function = contract["functions"][0].clone();
        contract["functions"].as_array_mut().expect("a list").push(function);
        assert_eq!(found(&contract), vec![("duplicate-name".to_owned(), "/functions/1".to_owned())]);
    }

    #[test]
    fn a_claim_needs_a_reason() {
        let mut contract = sound();
        contract["data_access"] = json!({"reads": ["PII"], "rationale": "short"});
        contract["authority"] = json!({"domains": ["payments"]});
        let codes: Vec<_> = found(&contract).into_iter().map(|(_, pointer)| pointer).collect();
        assert_eq!(codes, ["/data_access/rationale", "/authority/rationale"]);
    }
}
