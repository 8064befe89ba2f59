//! Which types callers give, and which they get: a narrower type is a refusal on the way in and a present on the way out.

use std::collections::BTreeMap;

use super::ComponentContract;
use crate::contract::{FieldSpec, TypeSpec};
use crate::type_reference;

/// On which ways a value crosses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Way {
    pub(super) is_given: bool,
    pub(super) is_got: bool,
}

/// The ways of all types of a contract.
#[derive(Debug, Default)]
pub(super) struct Uses(BTreeMap<String, Way>);

impl Uses {
    pub(super) fn of(contract: &ComponentContract) -> Self {
        let mut uses = Self::default();
        let types: BTreeMap<&str, &TypeSpec> = contract.types.iter().map(|spec| (spec.name.as_str(), spec)).collect();
        let methods = contract.types.iter().flat_map(|spec| &spec.methods);
        for function in contract.functions.iter().chain(methods) {
            for input in &function.inputs {
                uses.mark(&input.type_ref, Way { is_given: true, is_got: false }, &types);
            }
            uses.mark(&function.output_type, Way { is_given: false, is_got: true }, &types);
            for case in &function.error_cases {
                uses.mark(&case.error_type, Way { is_given: false, is_got: true }, &types);
            }
        }
        for field in contract.types.iter().flat_map(|spec| &spec.init) {
            uses.mark(&field.type_ref, Way { is_given: true, is_got: false }, &types);
        }
        uses
    }

    pub(super) fn joined(mut self, other: Self) -> Self {
        for (name, way) in other.0 {
            let mine = self.0.entry(name).or_default();
            mine.is_given |= way.is_given;
            mine.is_got |= way.is_got;
        }
        self
    }

    /// Returns the ways of a type. One that no function names may cross anyhow, so it counts as both.
    pub(super) fn way(&self, name: &str) -> Way {
        self.0.get(name).copied().unwrap_or(Way { is_given: true, is_got: true })
    }

    fn mark(&mut self, reference: &str, way: Way, types: &BTreeMap<&str, &TypeSpec>) {
        let mut open: Vec<String> = type_reference::names(reference).unwrap_or_default().into_iter().collect();
        while let Some(name) = open.pop() {
            let known = self.0.entry(name.clone()).or_default();
            let is_new = (way.is_given && !known.is_given) || (way.is_got && !known.is_got);
            known.is_given |= way.is_given;
            known.is_got |= way.is_got;
            if let Some(spec) = types.get(name.as_str()).filter(|_| is_new) {
                let fields = spec.fields.iter().map(|field: &FieldSpec| &field.type_ref);
                for reference in fields.chain([&spec.item_type]).chain(&spec.inner_types) {
                    open.extend(type_reference::names(reference).unwrap_or_default());
                }
            }
        }
    }
}
