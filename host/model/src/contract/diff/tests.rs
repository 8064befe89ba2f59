use serde_json::{Value, json};

use super::*;

fn contract() -> Value {
    json!({
        "component_id": "bank", "name": "Bank", "description": "d", "version": 3,
        "types": [
            {"name": "Order", "kind": "struct", "fields": [{"name": "cents", "type_ref": "int",
                "validators": [{"kind": "range", "expression": "1 <= value <= 100"}]}]},
            {"name": "Receipt", "kind": "struct", "fields": [{"name": "code", "type_ref": "str",
                "validators": [{"kind": "length", "expression": "1..8"}]}]},
            {"name": "Colour", "kind": "enum", "variants": ["RED", "BLUE"]}],
        "functions": [{
            "name": "pay", "description": "d", "output_type": "Receipt | None",
            "inputs": [{"name": "order", "type_ref": "Order"}, {"name": "colour", "type_ref": "Colour"},
                       {"name": "note", "type_ref": "str", "required": false, "default": "x"}],
            "error_cases": [{"name": "closed", "condition": "late", "error_type": "Closed", "error_data": {"at": "int"}}],
            "preconditions": ["open"], "postconditions": ["paid"], "idempotent": true,
            "performance_budget": {"p95_latency_ms": 10, "complexity": "O(n)"}}],
        "invariants": ["balanced"], "authority": {"domains": ["payments"], "rationale": "r"},
    })
}

fn read(value: Value) -> ComponentContract {
    serde_json::from_value(value).expect("a contract")
}

/// The changes when one place of the contract gets another value.
fn changed(pointer: &str, value: Value) -> Vec<(Weight, String)> {
    let mut new = contract();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    match new.pointer_mut(parent).expect(pointer) {
        Value::Array(list) if key == "-" => list.push(value),
        Value::Array(list) if value.is_null() => drop(list.remove(key.parse().expect("an index"))),
        Value::Array(list) => list[key.parse::<usize>().expect("an index")] = value,
        other => other[key] = value,
    }
    let difference = diff(&read(contract()), &read(new));
    assert_eq!((difference.required_version, difference.is_bumped), (4, false), "{pointer}");
    difference.changes.into_iter().map(|change| (change.weight, change.pointer)).collect()
}

#[test]
fn each_change_has_its_weight_and_place() {
    use Weight::{Breaking, Compatible, Stricter};
    let function = json!({"name": "refund", "description": "d", "output_type": "None"});
    let input = |required: bool| json!({"name": "extra", "type_ref": "int", "required": required});
    let field = |required: bool| json!({"name": "extra", "type_ref": "int", "required": required});
    for (pointer, value, weight, place) in [
        ("/description", json!("other"), Compatible, "/description"),
        ("/functions/-", function, Compatible, "/functions/1"),
        ("/functions/0", json!(null), Breaking, "/functions/0"),
        ("/functions/0/inputs/-", input(false), Compatible, "/functions/0/inputs/3"),
        ("/functions/0/inputs/-", input(true), Breaking, "/functions/0/inputs/3"),
        ("/functions/0/inputs/2", json!(null), Breaking, "/functions/0/inputs/2"),
        ("/functions/0/inputs/2/type_ref", json!("str | None"), Compatible, "/functions/0/inputs/2/type_ref"),
        ("/functions/0/inputs/2/default", json!("y"), Breaking, "/functions/0/inputs/2/default"),
        ("/functions/0/inputs/2/required", json!(true), Breaking, "/functions/0/inputs/2/required"),
        ("/functions/0/output_type", json!("Receipt"), Compatible, "/functions/0/output_type"),
        ("/functions/0/output_type", json!("Receipt | int | None"), Breaking, "/functions/0/output_type"),
        (
            "/functions/0/error_cases/-",
            json!({"name": "e", "condition": "c", "error_type": "E"}),
            Stricter,
            "/functions/0/error_cases/1",
        ),
        ("/functions/0/error_cases/0", json!(null), Compatible, "/functions/0/error_cases/0"),
        ("/functions/0/error_cases/0/error_type", json!("Shut"), Breaking, "/functions/0/error_cases/0/error_type"),
        ("/functions/0/error_cases/0/error_data", json!({}), Breaking, "/functions/0/error_cases/0/error_data"),
        ("/functions/0/preconditions/-", json!("rich"), Stricter, "/functions/0/preconditions/1"),
        ("/functions/0/postconditions/0", json!(null), Breaking, "/functions/0/postconditions/0"),
        ("/functions/0/is_async", json!(true), Breaking, "/functions/0/is_async"),
        ("/functions/0/idempotent", json!(false), Breaking, "/functions/0/idempotent"),
        (
            "/functions/0/structured_side_effects",
            json!([{"kind": "logging"}]),
            Stricter,
            "/functions/0/structured_side_effects/0",
        ),
        (
            "/functions/0/performance_budget/p95_latency_ms",
            json!(5),
            Compatible,
            "/functions/0/performance_budget/p95_latency_ms",
        ),
        (
            "/functions/0/performance_budget/complexity",
            json!("O(n^2)"),
            Breaking,
            "/functions/0/performance_budget/complexity",
        ),
        ("/types/0/fields/-", field(true), Breaking, "/types/0/fields/1"),
        ("/types/0/fields/-", field(false), Compatible, "/types/0/fields/1"),
        ("/types/1/fields/-", field(true), Compatible, "/types/1/fields/1"),
        ("/types/1/fields/0", json!(null), Breaking, "/types/1/fields/0"),
        ("/types/2/variants/-", json!("GREEN"), Compatible, "/types/2/variants/2"),
        ("/types/2/variants/0", json!(null), Breaking, "/types/2/variants/0"),
        ("/types/2/kind", json!("primitive"), Breaking, "/types/2/kind"),
        ("/invariants/0", json!(null), Breaking, "/invariants/0"),
        ("/keeps_state", json!(true), Breaking, "/keeps_state"),
        ("/authority/domains/-", json!("refunds"), Stricter, "/authority/domains/1"),
        ("/x_new", json!(1), Compatible, ""),
    ] {
        assert_eq!(changed(pointer, value.clone()), vec![(weight, place.to_owned())], "{pointer} = {value}");
    }
}

#[test]
fn a_validator_is_weighed_by_the_way_of_its_values() {
    let given = "/types/0/fields/0/validators/0/expression";
    let got = "/types/1/fields/0/validators/0/expression";
    for (pointer, expression, weight) in [
        (given, "2 <= value <= 100", Weight::Stricter),
        (given, "1 <= value <= 1000", Weight::Compatible),
        (given, "5..500", Weight::Stricter),
        (given, "min=1, max=100", Weight::Compatible),
        (got, "2..8", Weight::Compatible),
        (got, "1..9", Weight::Breaking),
    ] {
        assert_eq!(changed(pointer, json!(expression)), vec![(weight, pointer.to_owned())], "{expression}");
    }
}

#[test]
fn inputs_that_change_places_break_callers() {
    let mut new = contract();
    new["functions"][0]["inputs"].as_array_mut().expect("a list").swap(0, 1);
    let difference = diff(&read(contract()), &read(new));
    assert_eq!(difference.weight(), Some(Weight::Breaking));
    assert_eq!(difference.changes[0].message, "the inputs stand in another order");
}

#[test]
fn another_order_is_a_change_too() {
    let mut new = contract();
    new["types"].as_array_mut().expect("a list").swap(0, 1);
    let difference = diff(&read(contract()), &read(new));
    assert_eq!((difference.weight(), difference.is_bumped), (Some(Weight::Compatible), false));
}

#[test]
fn the_same_content_needs_no_version_and_any_other_the_next() {
    let old = read(contract());
    let difference = diff(&old, &old);
    assert_eq!((difference.weight(), difference.required_version, difference.is_bumped), (None, 3, true));
    let mut new = contract();
    new["description"] = json!("other");
    new["version"] = json!(4);
    assert!(diff(&old, &read(new)).is_bumped);
}
