//! Random contracts survive writing and reading, and nothing that a file can hold makes the checks panic.

use std::collections::{BTreeMap, BTreeSet};

use pact_model::component_id::ComponentId;
use pact_model::contract::diff::{Weight, diff};
use pact_model::contract::{ComponentContract, FieldSpec, TypeSpec, ValidatorSpec};
use pact_model::performance::Growth;
use pact_model::type_reference::TypeRef;
use pact_model::validation::{Artefacts, Vocabulary, check_contract, check_fulfilment, check_project, check_prose};
use pact_model::validator::{Expression, Pattern, Place, Validator};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Any JSON: all types, deep and broad enough to surprise, with numbers at the ends of their types.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        // Others may change in their last digit: `serde_json` reads floats fast, not exactly.
        any::<i32>().prop_map(|number| Value::from(f64::from(number) / 8.0)),
        Just(json!(1e308)),
        any_text().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((any_text(), inner), 0..4).prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

/// Texts that a contract may hold, and texts that it should not.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{0,8}",
        any::<String>(),
        "\\PC{0,30}",
        Just("\u{0}\u{1b}[2J\u{202e}../../etc".to_owned()),
        type_ref(),
        expression(),
        "[a-z.*+?(){}\\[\\]|^$\\\\,<>=!-]{0,24}",
    ]
}

fn name() -> impl Strategy<Value = String> {
    "[a-z][a-z0-9_]{0,8}"
}

fn type_ref() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("int".to_owned()),
        Just("str".to_owned()),
        Just("Decimal".to_owned()),
        Just("float".to_owned()),
        "T[0-3]",
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|item| format!("list[{item}]")),
            inner.clone().prop_map(|item| format!("Optional[{item}]")),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("{left} | {right}")),
            (inner.clone(), inner.clone()).prop_map(|(key, value)| format!("dict[{key}, {value}]")),
            (inner.clone(), inner).prop_map(|(left, right)| format!("tuple[{left}, {right}]")),
        ]
    })
}

fn expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        any::<i32>().prop_map(|number| number.to_string()),
        any::<f32>().prop_map(|number| number.to_string()),
        Just("value".to_owned()),
        Just("'a'".to_owned()),
        Just("true".to_owned()),
        name(),
    ];
    leaf.prop_recursive(4, 16, 3, |inner| {
        let operators = "(<|<=|==|!=|in|not in|and|or|\\+|-|\\*|/|%|,|\\.\\.)";
        prop_oneof![
            (inner.clone(), operators, inner.clone()).prop_map(|(left, sign, right)| format!("{left} {sign} {right}")),
            inner.clone().prop_map(|inner| format!("not ({inner})")),
            inner.clone().prop_map(|inner| format!("len({inner})")),
            vec(inner, 0..3).prop_map(|items| format!("[{}]", items.join(", "))),
        ]
    })
}

fn field() -> impl Strategy<Value = Value> {
    let kinds = prop_oneof![
        Just("range"),
        Just("length"),
        Just("regex"),
        Just("one_of"),
        Just("multiple_of"),
        Just("unique"),
        Just("custom")
    ];
    let validator = (kinds, any_text(), any_text()).prop_map(|(kind, expression, message)| {
        json!({"kind": kind, "expression": expression, "error_message": message, "x_validator": 1})
    });
    (name(), type_ref(), any::<bool>(), any_text(), vec(validator, 0..3)).prop_map(
        |(name, type_ref, required, default, validators)| {
            json!({"name": name, "type_ref": type_ref, "required": required, "default": default, "description": "d",
                   "validators": validators, "x_field": {"deep": [1, null]}})
        },
    )
}

fn function() -> impl Strategy<Value = Value> {
    let error = (name(), any_text(), name()).prop_map(
        |(name, condition, kind)| json!({"name": name, "condition": condition, "error_type": kind, "error_data": {"a": "b"}}),
    );
    let bound = (any::<Option<u32>>(), any::<Option<u32>>(), proptest::option::of(any_text())).prop_map(
        |(latency, memory, complexity)| {
            json!({"p95_latency_ms": latency, "max_memory_mb": memory, "complexity": complexity})
        },
    );
    (name(), any_text(), vec(field(), 0..3), type_ref(), vec(error, 0..3), vec(any_text(), 0..3), bound).prop_map(
        |(name, description, inputs, output_type, errors, conditions, bound)| {
            json!({"name": name, "description": description, "inputs": inputs, "output_type": output_type,
                   "error_cases": errors, "preconditions": conditions, "postconditions": conditions,
                   "idempotent": true, "is_async": false, "side_effects": conditions,
                   "structured_side_effects": [{"kind": "logging", "target": "t", "description": "d", "x_effect": 2}],
                   "performance_budget": bound, "x_function": "kept"})
        },
    )
}

fn spec() -> impl Strategy<Value = Value> {
    let kinds =
        prop_oneof![Just("primitive"), Just("struct"), Just("enum"), Just("list"), Just("optional"), Just("union")];
    ("T[0-5]", kinds, vec(field(), 0..3), type_ref(), vec(any_text(), 0..3), vec(type_ref(), 0..3)).prop_map(
        |(name, kind, fields, item_type, variants, inner_types)| {
            json!({"name": name, "kind": kind, "fields": fields, "item_type": item_type, "variants": variants,
                   "inner_types": inner_types, "description": "d", "owner_component": "", "x_type": [true]})
        },
    )
}

/// A contract in the strict form of the format, with fields of the future everywhere.
fn contract() -> impl Strategy<Value = Value> {
    (name(), 1..9_u32, vec(spec(), 0..4), vec(function(), 0..4), vec(name(), 0..3), vec(any_text(), 0..3)).prop_map(
        |(id, version, types, functions, dependencies, texts)| {
            json!({"component_id": id, "name": "n", "description": "d", "version": version, "types": types,
                   "functions": functions, "dependencies": dependencies,
                   "dependency_contracts": {"a": dependencies}, "invariants": texts, "requires": dependencies,
                   "processing_register": "r",
                   "data_access": {"reads": texts, "writes": [], "rationale": "r",
                                   "side_effects": [{"type": "t", "classification": "PII", "fields": ["f"], "rationale": "r"}]},
                   "authority": {"domains": texts, "rationale": null}, "x_contract": {"a": [1]}})
        },
    )
}

/// Runs everything that looks at a contract.
fn examine(contract: &ComponentContract) {
    let known = BTreeSet::from([contract.component_id.clone()]);
    let contracts = BTreeMap::from([(contract.component_id.clone(), contract.clone())]);
    for finding in check_contract(contract, &contract.component_id, &known, "f") {
        assert!(pact_model::finding::codes::find(&finding.code).is_some(), "{finding}");
        assert!(!finding.to_string().contains(['\u{1b}', '\u{0}']), "{finding:?}");
    }
    drop(check_prose(contract, &Vocabulary::of(&contracts), "f"));
    drop(check_fulfilment(&contract.description, [contract], "f"));
    drop(check_project(&Artefacts { contracts, ..Artefacts::default() }, |file| format!("{file:?}")));
    assert_eq!(diff(contract, contract).changes, vec![]);
}

/// Replaces the value at the place that a number picks, counting all places.
fn replaced(document: &mut Value, place: &mut usize, other: &Value) -> bool {
    if *place == 0 {
        *document = other.clone();
        return true;
    }
    *place -= 1;
    match document {
        Value::Array(items) => items.iter_mut().any(|item| replaced(item, place, other)),
        Value::Object(entries) => entries.values_mut().any(|item| replaced(item, place, other)),
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_contract_that_is_read_and_written_keeps_every_field(document in contract()) {
        let contract: ComponentContract = serde_json::from_value(document.clone()).unwrap();
        let text = serde_json::to_string_pretty(&contract).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Value>(&text).unwrap(), &document);
        prop_assert_eq!(serde_json::from_str::<ComponentContract>(&text).unwrap(), contract);
    }

    #[test]
    fn a_sound_looking_contract_is_examined_without_a_panic(document in contract()) {
        examine(&serde_json::from_value(document).unwrap());
    }

    #[test]
    fn a_contract_with_anything_in_any_place_is_refused_or_examined(
        document in contract(), other in any_json(), place in 0..400_usize
    ) {
        let old: ComponentContract = serde_json::from_value(document.clone()).unwrap();
        let mut document = document;
        replaced(&mut document, &mut place.clone(), &other);
        if let Ok(contract) = serde_json::from_value::<ComponentContract>(document) {
            examine(&contract);
            let differs = ComponentContract { version: old.version, ..contract.clone() } != old;
            prop_assert_eq!(!diff(&old, &contract).changes.is_empty(), differs);
            let text = serde_json::to_string(&contract).unwrap();
            prop_assert_eq!(serde_json::from_str::<ComponentContract>(&text).unwrap(), contract);
        }
    }

    #[test]
    fn two_contracts_are_compared_both_ways(left in contract(), right in contract()) {
        let (left, mut right): (ComponentContract, ComponentContract) =
            (serde_json::from_value(left).unwrap(), serde_json::from_value(right).unwrap());
        right.component_id = left.component_id.clone();
        let differs = ComponentContract { version: left.version, ..right.clone() } != left;
        let difference = diff(&left, &right);
        prop_assert_eq!(!difference.changes.is_empty(), differs, "{:?}", difference);
        prop_assert!(difference.weight().is_none_or(|weight| weight >= Weight::Compatible));
        drop(diff(&right, &left));
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in any_text()) {
        if let Ok(read) = TypeRef::parse(&text) {
            let again = TypeRef::parse(&read.to_string());
            prop_assert_eq!(again.as_ref(), Ok(&read), "{}", read);
        }
        if let Ok(read) = Expression::parse(&text) {
            let again = Expression::parse(&read.to_string());
            prop_assert_eq!(again.as_ref(), Ok(&read), "{}", read);
        }
        if let Ok(read) = Pattern::parse(&text) {
            let again = Pattern::parse(&read.to_string());
            prop_assert_eq!(again.as_ref(), Ok(&read), "{}", read);
        }
        drop(Growth::parse(&text));
        drop(ComponentId::new(text.as_str()));
        drop(serde_json::from_str::<ComponentContract>(&text));
    }

    #[test]
    fn a_validator_that_is_read_is_read_from_what_it_writes_and_judges_alike(
        field in field(), types in vec(spec(), 0..3), value in any_json()
    ) {
        let field: FieldSpec = serde_json::from_value(field).unwrap();
        let types: Vec<TypeSpec> = types.into_iter().map(|spec| serde_json::from_value(spec).unwrap()).collect();
        let types: BTreeMap<&str, &TypeSpec> = types.iter().map(|spec| (spec.name.as_str(), spec)).collect();
        let type_ref = TypeRef::parse(&field.type_ref).unwrap();
        let place = Place { type_ref: &type_ref, siblings: std::slice::from_ref(&field), types: &types };
        for spec in &field.validators {
            let Ok(validator) = Validator::read(spec, &place) else { continue };
            let judgement = validator.accepts(&value);
            if validator.is_enforced() {
                let again = ValidatorSpec { expression: validator.to_string(), ..spec.clone() };
                let again = Validator::read(&again, &place);
                prop_assert_eq!(again.as_ref(), Ok(&validator), "{}", validator);
                prop_assert_eq!(again.unwrap().accepts(&value), judgement);
            }
        }
    }
}

#[test]
fn hostile_documents_are_refused_with_a_place() {
    let open = "[".repeat(200_000);
    let deep =
        format!("{{\"component_id\": \"a\", \"name\": \"n\", \"description\": \"d\", \"x\": {}", "[".repeat(100_000));
    let twice = "{\"component_id\": \"a\", \"component_id\": \"b\", \"name\": \"n\", \"description\": \"d\"}";
    let huge = "{\"component_id\": \"a\", \"name\": \"n\", \"description\": \"d\", \"version\": 1e400}";
    let negative = "{\"component_id\": \"a\", \"name\": \"n\", \"description\": \"d\", \"version\": -1}";
    let path = "{\"component_id\": \"../a\", \"name\": \"n\", \"description\": \"d\"}";
    let control = "{\"component_id\": \"a\\u0000\", \"name\": \"n\", \"description\": \"d\"}";
    let half = "{\"component_id\": \"a\", \"name\": \"\\ud800\", \"description\": \"d\"}";
    for text in [open.as_str(), &deep, twice, huge, negative, path, control, half, "", "NaN", "null"] {
        let error = serde_json::from_str::<ComponentContract>(text).expect_err("refused");
        assert!(!error.to_string().is_empty());
    }
    let digits = format!("{{\"component_id\": \"a\", \"name\": \"n\", \"description\": {}}}", "9".repeat(100_000));
    drop(serde_json::from_str::<ComponentContract>(&digits));
}
