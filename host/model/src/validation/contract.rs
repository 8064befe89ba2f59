//! Checks of one contract by itself. What needs other contracts is in `plan`.

use std::collections::{BTreeMap, BTreeSet};

use crate::component_id::ComponentId;
use crate::contract::{ComponentContract, FieldSpec, FunctionContract, TypeKind, TypeSpec};
use crate::finding::Finding;
use crate::type_reference;

mod claims;
mod effects;
mod endless;
mod types;
mod validators;

/// Longer names are refused by some tool in every language, and no person reads them.
const MAX_NAME_LENGTH: usize = 80;

/// Checks a contract for `component`, whose dependencies may be any of `known`. `file` is what findings name.
#[must_use]
pub fn check_contract(
    contract: &ComponentContract,
    component: &ComponentId,
    known: &BTreeSet<ComponentId>,
    file: &str,
) -> Vec<Finding> {
    let mut check = Checker { file, types: types(contract), classes: class_names(contract), findings: Vec::new() };
    if contract.component_id != *component {
        let message = format!("it says that it is about `{}`, and it belongs to `{component}`", contract.component_id);
        check.error("component-id-mismatch", "/component_id", message);
    }
    if contract.name.trim().is_empty() {
        check.error("empty-name", "/name", "the contract has no name");
    }
    if component.is_device_name() {
        let message = format!("`{component}` is the name of a device on some systems, and no file can be called so");
        check.error("unsafe-component-id", "/component_id", message);
    }
    if contract.version == 0 {
        check.error("zero-version", "/version", "versions count from one");
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
    check.endless_types(contract);
    check.dependencies(contract, component, known);
    check.claims(contract);
    check.findings
}

fn types(contract: &ComponentContract) -> BTreeMap<&str, &TypeSpec> {
    contract.types.iter().map(|spec| (spec.name.as_str(), spec)).collect()
}

fn class_names(contract: &ComponentContract) -> BTreeSet<&str> {
    let classes = contract.types.iter().filter(|spec| spec.kind == TypeKind::Class);
    classes.map(|spec| spec.name.as_str()).collect()
}

struct Checker<'contract> {
    file: &'contract str,
    types: BTreeMap<&'contract str, &'contract TypeSpec>,
    /// Those of the types whose objects stay in their component.
    classes: BTreeSet<&'contract str>,
    findings: Vec<Finding>,
}

impl Checker<'_> {
    fn error(&mut self, code: &str, pointer: &str, message: impl Into<String>) {
        self.findings.push(Finding::error(code, self.file, pointer, message));
    }

    fn warning(&mut self, code: &str, pointer: &str, message: impl Into<String>) {
        self.findings.push(Finding::warning(code, self.file, pointer, message));
    }

    fn inputs(&mut self, inputs: &[FieldSpec], pointer: &str) {
        self.duplicates("input", pointer, inputs.iter().map(|input| input.name.as_str()));
        let mut optional_before: Option<&str> = None;
        for (index, input) in inputs.iter().enumerate() {
            self.field(input, inputs, &format!("{pointer}/{index}"));
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
        self.effects(function, pointer);
    }

    // `siblings` are all fields of the struct, or all inputs of the function.
    fn field(&mut self, field: &FieldSpec, siblings: &[FieldSpec], pointer: &str) {
        self.identifier(&field.name, "name", &format!("{pointer}/name"));
        self.reference(&field.type_ref, &format!("{pointer}/type_ref"));
        self.validators(field, siblings, pointer);
    }

    fn reference(&mut self, reference: &str, pointer: &str) {
        match type_reference::names(reference) {
            Err(error) => self.error("malformed-type", pointer, error.to_string()),
            Ok(names) => {
                for name in names {
                    if !self.types.contains_key(name.as_str()) {
                        let message = format!(
                            "`{}` is neither a basic type nor in `types`, where a type of another component stands with its \
                             `owner_component`",
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
        let starts_well = letters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_');
        let goes_on_well = letters.all(|next| next.is_ascii_alphanumeric() || next == '_');
        let says_something = name.chars().any(|letter| letter != '_') && name.len() <= MAX_NAME_LENGTH;
        if !starts_well || !goes_on_well || !says_something {
            let shown: String = name.chars().take(MAX_NAME_LENGTH).collect();
            let message = format!(
                "`{}` is no {what}: an ASCII letter, then letters, digits and `_`, at most {MAX_NAME_LENGTH}",
                shown.escape_debug()
            );
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
}

#[cfg(test)]
mod tests;
