use std::collections::BTreeMap;

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

/// The JSON object of a reply in the demo's transcript.
fn of_reply(reply: &str) -> Value {
    let (_, rest) = reply.split_once("```json").expect("a fence");
    serde_json::from_str(rest.split_once("```").expect("its end").0).expect("JSON")
}

#[test]
fn the_contracts_of_the_demo_are_sound() {
    let replies = [
        include_str!("../../../../cli/demo/shared/transcript/contract/money/1.md"),
        include_str!("../../../../cli/demo/shared/transcript/contract/tariff/1.md"),
        include_str!("../../../../cli/demo/shared/transcript/contract/invoice/1.md"),
    ];
    let mut settled: BTreeMap<ComponentId, ComponentContract> = BTreeMap::new();
    for reply in replies {
        let mut contract: ComponentContract = serde_json::from_value(of_reply(reply)).expect("a contract");
        crate::validation::adopt_types(&mut contract, settled.values()).expect("no clash");
        let id = contract.component_id.clone();
        let known = settled.keys().chain([&id]).cloned().collect();
        let mut findings = check_contract(&contract, &id, &known, "f");
        findings.extend(crate::validation::check_prose(&contract, &crate::validation::Vocabulary::of(&settled), "f"));
        settled.insert(id, contract);
        findings.extend(crate::validation::check_plan(&settled, ToString::to_string));
        assert_eq!(findings, vec![]);
    }
}

#[test]
fn the_contracts_that_the_cheats_are_played_against_are_sound() {
    let texts = [
        include_str!("../../../../../tests/cheats/victim/contracts/money/interface.json"),
        include_str!("../../../../../tests/cheats/victim/contracts/ledger/interface.json"),
    ];
    let contracts: BTreeMap<ComponentId, ComponentContract> = texts
        .into_iter()
        .map(|text| serde_json::from_str::<ComponentContract>(text).expect("a contract"))
        .map(|contract| (contract.component_id.clone(), contract))
        .collect();
    let known = contracts.keys().cloned().collect();
    for (id, contract) in &contracts {
        assert_eq!(check_contract(contract, id, &known, "f"), vec![]);
        assert_eq!(
            crate::validation::check_prose(contract, &crate::validation::Vocabulary::of(&contracts), "f"),
            vec![]
        );
    }
    assert_eq!(crate::validation::check_plan(&contracts, ToString::to_string), vec![]);
}

fn found_in_field(field: Value) -> Vec<(String, String)> {
    let mut contract = sound();
    contract["types"][0]["fields"] = json!([{"name": "limit", "type_ref": "int"}, field]);
    found(&contract)
}

#[test]
fn finds_validators_that_cannot_be_read_hold_or_suit() {
    let at = "/types/0/fields/1/validators/0/expression";
    for (type_ref, kind, expression, code) in [
        ("int", "range", "some", "malformed-validator"),
        ("str", "regex", "(?=a)", "malformed-validator"),
        ("int", "range", "9..1", "impossible-validator"),
        ("str", "range", "1..9", "unsuited-validator"),
        ("int", "custom", "value > 'a'", "unsuited-validator"),
        ("int", "custom", "is a prime", "unenforced-rule"),
    ] {
        let validators = json!([{"kind": kind, "expression": expression}]);
        let field = json!({"name": "a", "type_ref": type_ref, "validators": validators});
        assert_eq!(found_in_field(field), vec![(code.to_owned(), at.to_owned())], "{expression}");
    }
    let fine = json!([{"kind": "custom", "expression": "value <= limit"}]);
    assert_eq!(found_in_field(json!({"name": "a", "type_ref": "int", "validators": fine})), vec![]);
}

#[test]
fn finds_validators_that_leave_nothing_together_and_defaults_that_they_refuse() {
    let validators =
        json!([{"kind": "range", "expression": "value > 3"}, {"kind": "range", "expression": "value < 3"}]);
    let field = json!({"name": "a", "type_ref": "int", "validators": validators});
    let at = "/types/0/fields/1/validators/1/expression";
    assert_eq!(found_in_field(field), vec![("impossible-validator".to_owned(), at.to_owned())]);
    for (type_ref, kind, expression, default, is_refused) in [
        ("int", "range", "value > 3", json!(3), true),
        ("int", "range", "value > 3", json!("4"), false),
        ("str", "regex", "^[A-Z]+$", json!("\"usd\""), true),
        ("str", "regex", "^[A-Z]+$", json!("USD"), false),
        ("Decimal", "range", "value > 0", json!("0.00"), true),
        ("int | None", "range", "value > 3", json!(null), false),
        ("int", "custom", "value < limit", json!(3), false),
    ] {
        let validators = json!([{"kind": kind, "expression": expression}]);
        let field = json!({"name": "a", "type_ref": type_ref, "default": default, "required": false,
                           "validators": validators});
        let expected = vec![("default-refused".to_owned(), "/types/0/fields/1/default".to_owned())];
        assert_eq!(found_in_field(field), if is_refused { expected } else { vec![] }, "{expression} {default}");
    }
}

#[test]
fn finds_effects_and_bounds_that_nobody_can_judge() {
    for (field, value, code, place) in [
        (
            "structured_side_effects",
            json!([{"kind": "none"}, {"kind": "logging"}]),
            "contradicting-effects",
            "/functions/0/structured_side_effects/0",
        ),
        (
            "structured_side_effects",
            json!([{"kind": "network_call"}]),
            "effect-without-target",
            "/functions/0/structured_side_effects/0/target",
        ),
        ("side_effects", json!(["None.", "writes the ledger"]), "untyped-effect", "/functions/0/side_effects/1"),
        (
            "performance_budget",
            json!({"complexity": "O(fast)"}),
            "unjudged-bound",
            "/functions/0/performance_budget/complexity",
        ),
        ("performance_budget", json!({"complexity": ""}), "empty-bound", "/functions/0/performance_budget"),
        (
            "performance_budget",
            json!({"max_memory_mb": 0}),
            "zero-bound",
            "/functions/0/performance_budget/max_memory_mb",
        ),
    ] {
        let mut contract = sound();
        contract["functions"][0][field] = value.clone();
        assert_eq!(found(&contract), vec![(code.to_owned(), place.to_owned())], "{value}");
    }
}

#[test]
fn finds_claims_that_do_not_fit_together() {
    let mut contract = sound();
    let why = "Invoices name the customer and what is due.";
    contract["data_access"] = json!({"reads": ["PII", "SECRET"], "rationale": why, "side_effects": [
        {"type": "database_read", "classification": "PII"}, {"type": "database_read", "classification": "AUTH"},
        {"type": ""}]});
    contract["authority"] = json!({"domains": ["payments", "", "payments"], "rationale": why});
    let expected = [
        ("unknown-tier", "/data_access/reads/1"),
        ("undeclared-tier", "/data_access/side_effects/1/classification"),
        ("empty-name", "/data_access/side_effects/2/type"),
        ("empty-name", "/authority/domains/1"),
        ("duplicate-name", "/authority/domains/2"),
    ];
    assert_eq!(found(&contract), expected.map(|(code, place)| (code.to_owned(), place.to_owned())));
}

#[test]
fn finds_types_without_end() {
    let node = |required: bool, type_ref: &str| {
        json!([{"name": "Node", "kind": "struct",
                "fields": [{"name": "next", "type_ref": type_ref, "required": required}]}])
    };
    let endless = vec![("endless-type".to_owned(), "/types/1".to_owned())];
    assert_eq!(found_with_types(&node(true, "Node")), endless);
    assert_eq!(found_with_types(&node(true, "tuple[int, Node]")), endless);
    for fine in ["Node | None", "list[Node]", "dict[str, Node]", "Node | int"] {
        assert_eq!(found_with_types(&node(true, fine)), vec![], "{fine}");
    }
    assert_eq!(found_with_types(&node(false, "Node")), vec![]);
    let circle = json!([{"name": "A", "kind": "list", "item_type": "B"}, {"name": "B", "kind": "optional", "inner_types": ["A"]}]);
    let codes: Vec<String> = found_with_types(&circle).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["circular-alias", "circular-alias"]);
}

#[test]
fn names_are_ones_that_every_language_has() {
    for name in ["größe", "__", "1st", "a-b", "a b", "", &"a".repeat(81)] {
        let mut contract = sound();
        contract["functions"][0]["inputs"][0]["name"] = json!(name);
        let expected = vec![("invalid-name".to_owned(), "/functions/0/inputs/0/name".to_owned())];
        assert_eq!(found(&contract), expected, "{name}");
    }
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
