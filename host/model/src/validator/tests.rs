use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::*;
use crate::contract::{FieldSpec, TypeSpec};
use crate::type_reference::TypeRef;

/// The table that backends are tested with, too.
const TABLE: &str = include_str!("../../../../tests/validators.json");

#[derive(Deserialize)]
struct Table {
    types: Vec<TypeSpec>,
    accepted: Vec<Accepted>,
    refused: Vec<Refused>,
}

#[derive(Deserialize)]
struct Accepted {
    #[serde(flatten)]
    validator: ValidatorSpec,
    #[serde(rename = "type")]
    type_ref: String,
    written: Option<String>,
    accepts: Vec<Value>,
    rejects: Vec<Value>,
}

#[derive(Deserialize)]
struct Refused {
    #[serde(flatten)]
    validator: ValidatorSpec,
    #[serde(rename = "type")]
    type_ref: String,
    refused: String,
}

fn table() -> Table {
    serde_json::from_str(TABLE).expect("a table")
}

fn read(types: &[TypeSpec], validator: &ValidatorSpec, type_ref: &str) -> Result<Validator, Refusal> {
    let types: BTreeMap<&str, &TypeSpec> = types.iter().map(|spec| (spec.name.as_str(), spec)).collect();
    let limit: FieldSpec = serde_json::from_value(json!({"name": "limit", "type_ref": "int"})).expect("a field");
    let type_ref = TypeRef::parse(type_ref).expect("a type");
    Validator::read(validator, &Place { type_ref: &type_ref, siblings: &[limit], types: &types })
}

#[test]
fn every_spelling_of_the_table_is_read_and_judges_its_values() {
    let table = table();
    for row in &table.accepted {
        let what = format!("{:?} `{}` of `{}`", row.validator.kind, row.validator.expression, row.type_ref);
        let validator = read(&table.types, &row.validator, &row.type_ref).expect(&what);
        let Some(written) = &row.written else {
            assert!(!validator.is_enforced(), "{what}");
            continue;
        };
        assert!(validator.is_enforced(), "{what}");
        assert_eq!(&validator.to_string(), written, "{what}");
        let again = ValidatorSpec { expression: written.clone(), ..row.validator.clone() };
        assert_eq!(read(&table.types, &again, &row.type_ref).as_ref(), Ok(&validator), "{what} as it is written");
        for value in &row.accepts {
            assert!(validator.accepts(value), "{what} accepts {value}");
        }
        for value in &row.rejects {
            assert!(!validator.accepts(value), "{what} rejects {value}");
        }
    }
}

#[test]
fn what_cannot_be_read_cannot_hold_or_suits_nothing_is_refused() {
    let table = table();
    for row in &table.refused {
        let what = format!("{:?} `{}` of `{}`", row.validator.kind, row.validator.expression, row.type_ref);
        let refusal = read(&table.types, &row.validator, &row.type_ref).expect_err(&what);
        let kind = match &refusal {
            Refusal::Malformed(_) => "malformed",
            Refusal::Impossible(_) => "impossible",
            Refusal::Unsuited(_) => "unsuited",
        };
        assert_eq!(kind, row.refused, "{what}: {refusal}");
    }
}

#[test]
fn a_rule_sees_the_fields_beside_its_own() {
    let spec = ValidatorSpec {
        kind: ValidatorKind::Custom,
        expression: "value <= limit".to_owned(),
        error_message: String::new(),
        extra: serde_json::Map::new(),
    };
    let validator = read(&[], &spec, "int").expect("a rule");
    let fields = json!({"limit": 3});
    let fields = fields.as_object().expect("an object");
    assert!(validator.accepts_among(&json!(3), fields));
    assert!(!validator.accepts_among(&json!(4), fields));
    assert!(!validator.accepts(&json!(3)), "there is no limit");
}

#[test]
fn two_validators_of_one_field_may_leave_nothing() {
    let validator = |kind, expression: &str| {
        let expression = expression.to_owned();
        let spec = ValidatorSpec { kind, expression, error_message: String::new(), extra: serde_json::Map::new() };
        read(&[], &spec, "int").expect("a validator")
    };
    let (low, high) = (validator(ValidatorKind::Range, "value < 5"), validator(ValidatorKind::Range, "value >= 5"));
    let (some, step) = (validator(ValidatorKind::OneOf, "[3, 4]"), validator(ValidatorKind::MultipleOf, "2"));
    assert!(low.contradicts(&high) && high.contradicts(&low));
    assert!(some.contradicts(&high) && !some.contradicts(&low) && !some.contradicts(&step));
}

#[test]
fn an_alias_that_leads_to_itself_has_an_end() {
    let types: Vec<TypeSpec> = serde_json::from_value(json!([
        {"name": "A", "kind": "optional", "inner_types": ["B"]}, {"name": "B", "kind": "union", "inner_types": ["A"]},
        {"name": "L", "kind": "list", "item_type": "L"}]))
    .expect("types");
    for name in ["A", "B", "L"] {
        let spec = ValidatorSpec {
            kind: ValidatorKind::Custom,
            expression: "len(value) > 0 and value.x > 0".to_owned(),
            error_message: String::new(),
            extra: serde_json::Map::new(),
        };
        // Whether it is refused or not: it ends.
        drop(read(&types, &spec, name));
    }
}
