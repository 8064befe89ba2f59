//! Checks of one contract by itself. What needs other contracts is in `plan`.

use std::collections::{BTreeMap, BTreeSet};

use crate::component_id::ComponentId;
use crate::contract::{ComponentContract, FieldSpec, FunctionContract, TypeKind};
use crate::finding::Finding;
use crate::type_reference;

mod types;

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
    let mut check = Checker { file, types: type_names(contract), classes: class_names(contract), findings: Vec::new() };
    if contract.component_id != *component {
        let message = format!("it says that it is about `{}`, and it belongs to `{component}`", contract.component_id);
        check.error("component-id-mismatch", "/component_id", message);
    }
    if contract.name.trim().is_empty() {
        check.error("empty-name", "/name", "the contract has no name");
    }
    if contract.functions.is_empty() && contract.own_classes().next().is_none() {
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

fn class_names(contract: &ComponentContract) -> BTreeSet<&str> {
    let classes = contract.types.iter().filter(|spec| spec.kind == TypeKind::Class);
    classes.map(|spec| spec.name.as_str()).collect()
}

struct Checker<'contract> {
    file: &'contract str,
    types: BTreeSet<&'contract str>,
    /// Those of the types whose objects stay in their component.
    classes: BTreeSet<&'contract str>,
    findings: Vec<Finding>,
}

impl Checker<'_> {
    fn error(&mut self, code: &str, pointer: &str, message: impl Into<String>) {
        self.findings.push(Finding::error(code, self.file, pointer, message));
    }

    fn inputs(&mut self, inputs: &[FieldSpec], pointer: &str) {
        self.duplicates("input", pointer, inputs.iter().map(|input| input.name.as_str()));
        let mut optional_before: Option<&str> = None;
        for (index, input) in inputs.iter().enumerate() {
            self.field(input, &format!("{pointer}/{index}"));
            if !input.required {
                optional_before = Some(&input.name);
            } else if let Some(earlier) = optional_before {
                let message =
                    format!("the required input `{}` follows the optional `{earlier}`", input.name.escape_debug());
                self.error("required-after-optional", &format!("{pointer}/{index}"), message);
            }
        }
    }

    fn function(&mut self, function: &FunctionContract, pointer: &str) {
        self.identifier(&function.name, "function", &format!("{pointer}/name"));
        self.inputs(&function.inputs, &format!("{pointer}/inputs"));
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
                    if !self.types.contains(name.as_str()) {
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
mod tests;
