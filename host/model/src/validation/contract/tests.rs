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
        ("/functions/0/error_cases/0/error_type", json!(""), "invalid-name", "/functions/0/error_cases/0/error_type"),
        ("/functions/0/error_cases/0/condition", json!(" "), "empty-condition", "/functions/0/error_cases/0/condition"),
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

fn found_with_types(types: &Value) -> Vec<(String, String)> {
    let mut contract = sound();
    contract["types"].as_array_mut().expect("a list").extend(types.as_array().expect("a list").clone());
    found(&contract)
}

#[test]
fn accepts_a_class_whose_objects_go_in_and_out() {
    let book = json!({"name": "Book", "kind": "class", "init": [{"name": "owner", "type_ref": "str"}],
                      "methods": [{"name": "copy", "description": "d", "output_type": "Book"},
                                  {"name": "rows", "description": "d", "output_type": "Iterator[Money]"}]});
    assert_eq!(found_with_types(&json!([book])), vec![]);
    let mut contract = sound();
    contract["types"] = json!([{"name": "Book", "kind": "class", "methods": [{"name": "add", "description": "d", "output_type": "int"}]}]);
    contract["functions"] = json!([]);
    assert_eq!(found(&contract), vec![]);
    contract["types"][0]["owner_component"] = json!("ledger");
    assert_eq!(found(&contract), vec![("no-functions".to_owned(), "/functions".to_owned())]);
}

#[test]
fn finds_classes_that_make_no_sense() {
    let method = json!({"name": "add", "description": "d", "output_type": "Ghost"});
    for (types, code, place) in [
        (
            json!([{"name": "", "kind": "class", "methods": [{"name": "a", "description": "d", "output_type": "int"}]}]),
            "invalid-name",
            "/types/1/name",
        ),
        (json!([{"name": "Book", "kind": "class"}]), "empty-class", "/types/1/methods"),
        (
            json!([{"name": "Book", "kind": "class", "fields": [{"name": "x", "type_ref": "int"}],
                    "methods": [{"name": "a", "description": "d", "output_type": "int"}]}]),
            "class-with-fields",
            "/types/1/fields",
        ),
        (
            json!([{"name": "Book", "kind": "class", "methods": [method]}]),
            "unknown-type",
            "/types/1/methods/0/output_type",
        ),
        (
            json!([{"name": "Book", "kind": "struct", "methods": [{"name": "a", "description": "d", "output_type": "int"}]}]),
            "methods-without-class",
            "/types/1/kind",
        ),
    ] {
        assert_eq!(found_with_types(&types), vec![(code.to_owned(), place.to_owned())], "{types}");
    }
}

#[test]
fn finds_what_no_value_can_keep() {
    let book =
        json!({"name": "Book", "kind": "class", "methods": [{"name": "a", "description": "d", "output_type": "int"}]});
    for (kept, place) in [
        (
            json!({"name": "T", "kind": "struct", "fields": [{"name": "x", "type_ref": "list[Iterator[int]]"}]}),
            "fields/0/type_ref",
        ),
        (
            json!({"name": "T", "kind": "struct", "fields": [{"name": "x", "type_ref": "Book | None"}]}),
            "fields/0/type_ref",
        ),
        (json!({"name": "T", "kind": "list", "item_type": "Book"}), "item_type"),
        (json!({"name": "T", "kind": "union", "inner_types": ["int", "AsyncGenerator[int]"]}), "inner_types/1"),
    ] {
        let expected = vec![("unkept-type".to_owned(), format!("/types/2/{place}"))];
        assert_eq!(found_with_types(&json!([book, kept])), expected, "{kept}");
    }
}
