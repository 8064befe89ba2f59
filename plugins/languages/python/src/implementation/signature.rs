//! Compares the parameters of a definition with those of the contract: every call that the contract allows must be taken.

use std::collections::BTreeSet;

use ruff_python_ast::{ParameterWithDefault, Parameters};

use super::{Finding, Severity};
use crate::interface::Function;
use crate::source::Place;

/// Returns what a definition does not take. `place` is where the findings are shown.
pub(super) fn compare(function: &Function, parameters: Option<&Parameters>, place: &Place) -> Vec<Finding> {
    let mut comparison = Comparison { function, name: &function.name, place, findings: Vec::new() };
    comparison.run(&Definition::of(parameters));
    comparison.findings
}

/// Returns what a method does not take beside the object. `name` is what findings call it.
pub(super) fn compare_method(method: &Function, name: &str, parameters: &Parameters, place: &Place) -> Vec<Finding> {
    let mut comparison = Comparison { function: method, name, place, findings: Vec::new() };
    let mut definition = Definition::of(Some(parameters));
    if !definition.drop_first() {
        comparison.add("missing-parameter", "it does not take the object (`self`)");
    }
    comparison.run(&definition);
    comparison.findings
}

/// The parameters of a definition, by how they can be given.
struct Definition<'p> {
    by_position_only: Vec<&'p ParameterWithDefault>,
    by_both: Vec<&'p ParameterWithDefault>,
    by_name_only: Vec<&'p ParameterWithDefault>,
    takes_more_by_position: bool,
    takes_more_by_name: bool,
}

impl<'p> Definition<'p> {
    fn of(parameters: Option<&'p Parameters>) -> Self {
        let Some(parameters) = parameters else {
            return Self {
                by_position_only: Vec::new(),
                by_both: Vec::new(),
                by_name_only: Vec::new(),
                takes_more_by_position: false,
                takes_more_by_name: false,
            };
        };
        Self {
            by_position_only: parameters.posonlyargs.iter().collect(),
            by_both: parameters.args.iter().collect(),
            by_name_only: parameters.kwonlyargs.iter().collect(),
            takes_more_by_position: parameters.vararg.is_some(),
            takes_more_by_name: parameters.kwarg.is_some(),
        }
    }

    /// Leaves the first parameter out; false when nothing is taken by position.
    fn drop_first(&mut self) -> bool {
        let list = if self.by_position_only.is_empty() { &mut self.by_both } else { &mut self.by_position_only };
        if list.is_empty() {
            return self.takes_more_by_position;
        }
        list.remove(0);
        true
    }

    fn each(&self) -> impl Iterator<Item = &'p ParameterWithDefault> {
        self.by_position_only.iter().chain(&self.by_both).chain(&self.by_name_only).copied()
    }

    fn find(&self, name: &str) -> Option<&'p ParameterWithDefault> {
        self.each().find(|parameter| name_of(parameter) == name)
    }
}

struct Comparison<'f> {
    function: &'f Function,
    name: &'f str,
    place: &'f Place,
    findings: Vec<Finding>,
}

impl Comparison<'_> {
    fn run(&mut self, definition: &Definition<'_>) {
        let function = self.function;
        let wanted: BTreeSet<&str> = function.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        // Once a parameter without default follows one with, the contract's rest goes by name only.
        let mut is_by_name_only = false;
        let mut has_default = false;
        let mut renamed = BTreeSet::new();
        let mut in_order: Vec<&str> = Vec::new();
        for (index, parameter) in function.parameters.iter().enumerate() {
            let name = parameter.name.as_str();
            is_by_name_only |= has_default && parameter.default.is_none();
            has_default |= parameter.default.is_some();
            let Some(found) = definition.find(name) else {
                let beside = definition.by_position_only.iter().chain(&definition.by_both).nth(index).copied();
                match beside.filter(|beside| !wanted.contains(name_of(beside))) {
                    Some(beside) => {
                        renamed.insert(name_of(beside));
                        self.add(
                            "renamed-parameter",
                            &format!("`{name}` of the contract is called `{}`", name_of(beside)),
                        );
                    }
                    None if definition.takes_more_by_name && (definition.takes_more_by_position || is_by_name_only) => {
                    }
                    None => self.add("missing-parameter", &format!("it does not take `{name}`")),
                }
                continue;
            };
            if definition.by_position_only.iter().any(|parameter| name_of(parameter) == name) {
                self.add("parameter-kind", &format!("`{name}` cannot be given by name: it stands before `/`"));
            }
            if !is_by_name_only {
                if definition.by_name_only.iter().any(|parameter| name_of(parameter) == name) {
                    self.add("parameter-kind", &format!("`{name}` cannot be given by position: it stands behind `*`"));
                } else {
                    in_order.push(name);
                }
            }
            if parameter.default.is_some() && found.default.is_none() {
                self.add(
                    "parameter-not-optional",
                    &format!("`{name}` may be left out in the contract and has no default"),
                );
            }
        }
        self.check_order(definition, &wanted, &in_order);
        for extra in definition.each() {
            let name = name_of(extra);
            if !wanted.contains(name) && !renamed.contains(name) && extra.default.is_none() {
                self.add("extra-parameter", &format!("it wants `{name}`, which the contract does not have"));
            }
        }
    }

    fn check_order(&mut self, definition: &Definition<'_>, wanted: &BTreeSet<&str>, in_order: &[&str]) {
        let by_position =
            definition.by_position_only.iter().chain(&definition.by_both).map(|parameter| name_of(parameter));
        let found: Vec<&str> = by_position.filter(|name| wanted.contains(name)).collect();
        let found: Vec<&str> = found.into_iter().filter(|name| in_order.contains(name)).collect();
        if found != in_order {
            let message = format!(
                "its parameters stand in the order `{}`; the contract has `{}`",
                found.join(", "),
                in_order.join(", ")
            );
            self.add("parameter-order", &message);
        }
    }

    fn add(&mut self, code: &'static str, message: &str) {
        let message = format!("`{}`: {message}", self.name);
        self.findings.push(Finding { severity: Severity::Error, code, message, place: self.place.clone() });
    }
}

fn name_of(parameter: &ParameterWithDefault) -> &str {
    parameter.parameter.name.as_str()
}
