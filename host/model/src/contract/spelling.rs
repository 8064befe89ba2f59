//! A contract as it crosses to a backend: each validator in its one spelling, so that no backend has to know the others.

use std::collections::BTreeMap;

use super::{ComponentContract, FieldSpec, FunctionContract, TypeSpec, ValidatorKind};
use crate::type_reference::TypeRef;
use crate::validator::{Place, Validator};

impl ComponentContract {
    /// Returns the contract with its validators, but for custom rules, in the spelling that every backend reads.
    ///
    /// What cannot be read stays as it is: validation has refused it, or the backend will.
    #[must_use]
    pub fn spelt_in_one_way(&self) -> Self {
        let types: BTreeMap<&str, &TypeSpec> = self.types.iter().map(|spec| (spec.name.as_str(), spec)).collect();
        let mut spelt = self.clone();
        for spec in &mut spelt.types {
            spell(&mut spec.fields, &types);
            spell(&mut spec.init, &types);
            spell_inputs(&mut spec.methods, &types);
        }
        spell_inputs(&mut spelt.functions, &types);
        spelt
    }
}

fn spell_inputs(functions: &mut [FunctionContract], types: &BTreeMap<&str, &TypeSpec>) {
    for function in functions {
        spell(&mut function.inputs, types);
    }
}

fn spell(fields: &mut [FieldSpec], types: &BTreeMap<&str, &TypeSpec>) {
    for field in fields {
        let Ok(type_ref) = TypeRef::parse(&field.type_ref) else { continue };
        for spec in &mut field.validators {
            // A rule has one grammar, may name the fields beside it, and is shown in the author's words.
            if spec.kind == ValidatorKind::Custom {
                continue;
            }
            let place = Place { type_ref: &type_ref, siblings: &[], types };
            if let Ok(validator) = Validator::read(spec, &place) {
                spec.expression = validator.to_string();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn validators_cross_in_one_spelling_and_the_rest_as_it_is() {
        let field = |kind: &str, expression: &str| json!({"name": "a", "type_ref": "str", "validators": [{"kind": kind, "expression": expression}]});
        let contract: ComponentContract = serde_json::from_value(json!({
            "component_id": "bank", "name": "Bank", "description": "d",
            "types": [{"name": "T", "kind": "struct", "fields": [field("length", "1..8"), field("regex", r"^\d+\Z"), field("one_of", "a|b")]}],
            "functions": [{"name": "f", "description": "d", "output_type": "int",
                           "inputs": [field("custom", "value  != 'a'"), field("range", "1..2")]}],
        }))
        .expect("a contract");
        let spelt = contract.spelt_in_one_way();
        let expressions = |fields: &[FieldSpec]| -> Vec<String> {
            fields.iter().map(|field| field.validators[0].expression.clone()).collect()
        };
        assert_eq!(expressions(&spelt.types[0].fields), ["1 <= len(value) <= 8", "^[0-9]+$", r#"value in ["a","b"]"#]);
        assert_eq!(expressions(&spelt.functions[0].inputs), ["value  != 'a'", "1..2"], "a range suits no text");
        assert_eq!(spelt.spelt_in_one_way(), spelt);
    }
}
