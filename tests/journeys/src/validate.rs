//! `pact validate`, `pact explain` and `pact contract diff`: what is wrong with contracts, before anything is executed.

use serde_json::{Value, json};

use crate::support::{folder, pact, pact_alone, read, tree, write};

fn contract(id: &str, version: u32, output: &str) -> String {
    json!({
        "component_id": id, "name": id, "description": "d", "version": version,
        "functions": [{"name": "pay", "description": "d", "output_type": output,
                       "inputs": [{"name": "amount", "type_ref": "int",
                                   "validators": [{"kind": "range", "expression": "min=1"}]}]}],
    })
    .to_string()
}

fn suite(id: &str) -> String {
    json!({
        "component_id": id, "contract_version": 1, "generated_code": "def test_a(): ...\n",
        "test_cases": [{"id": "a", "description": "d", "function": "pay", "category": "happy_path"}],
    })
    .to_string()
}

fn project(output: &str) -> tempfile::TempDir {
    let tree = json!({"root_id": "bank", "nodes": {"bank": {"component_id": "bank", "name": "B", "description": "d"}}});
    folder(&[
        ("pact.yaml", "language: python\n"),
        ("task.md", "Somebody has to pay.\n"),
        ("decomposition/tree.json", &tree.to_string()),
        ("contracts/bank/interface.json", &contract("bank", 1, output)),
        ("tests/bank/contract_test_suite.json", &suite("bank")),
    ])
}

fn document(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

#[test]
fn a_sound_project_is_valid_and_nothing_is_written() {
    let place = project("int");
    let before = tree(place.path());
    let ended = pact(place.path(), ["validate"]).with_code(0);
    assert_eq!(ended.stdout, "1 contract, 0 errors, 0 warnings\n");
    assert!(tree(place.path()) == before, "a file was touched");
    let ended = pact(place.path(), ["validate", ".", "--json"]).with_code(0);
    let expected = json!({"schema": "pact/validate@1", "valid": true, "errors": 0, "warnings": 0, "findings": []});
    assert_eq!(document(&ended.stdout), expected);
}

#[test]
fn an_error_has_its_place_and_ends_with_one() {
    let place = project("Ghost");
    let ended = pact(place.path(), ["validate"]).with_code(1);
    assert!(ended.stdout.starts_with("error: contracts/bank/interface.json:1: `Ghost` is neither"), "{}", ended.stdout);
    assert!(ended.stdout.contains("(at /functions/0/output_type) [unknown-type]"), "{}", ended.stdout);
    assert!(ended.stdout.contains("1 contract, 1 error, 0 warnings"), "{}", ended.stdout);
    let json = document(&pact(place.path(), ["validate", "--json"]).with_code(1).stdout);
    assert_eq!(json["valid"], false);
    assert_eq!(json["findings"][0]["code"], "unknown-type");
    assert_eq!(json["findings"][0]["severity"], "error");
    assert_eq!(json["findings"][0]["pointer"], "/functions/0/output_type");
    let sarif = document(&pact(place.path(), ["validate", "--sarif"]).with_code(1).stdout);
    assert_eq!(sarif["version"], "2.1.0");
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!((&result["ruleId"], &result["level"]), (&json!("unknown-type"), &json!("error")));
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "contracts/bank/interface.json");
}

#[test]
fn what_only_a_language_refuses_is_asked_of_the_language() {
    let place = project("int");
    let file = place.path().join("contracts/bank/interface.json");
    write(&file, &read(&file).replace("\"amount\"", "\"class\""));
    let json = document(&pact(place.path(), ["validate", "--json"]).with_code(1).stdout);
    assert_eq!(json["findings"][0]["code"], "language");
    assert_eq!(json["findings"][0]["pointer"], "/functions/0/inputs/0/name");
}

#[test]
fn a_file_that_cannot_be_read_is_a_finding_and_hides_no_other() {
    let place = project("int");
    for hostile in ["{", "[[[[", &"[".repeat(100_000), "{\"component_id\": \"../etc\"}", "{\"component_id\": 1e400}"] {
        write(&place.path().join("contracts/bank/interface.json"), hostile);
        let json = document(&pact(place.path(), ["validate", "--json"]).with_code(1).stdout);
        assert_eq!(json["findings"][0]["code"], "unreadable-file", "{json}");
        assert_eq!(json["findings"][0]["file"], "contracts/bank/interface.json");
        assert_eq!(json["errors"], 1);
    }
}

#[test]
fn a_code_is_explained() {
    let ended = pact_alone(["explain", "endless-type"]).with_code(0);
    assert!(ended.stdout.starts_with("endless-type (error)\n\nwhy      To make a value"), "{}", ended.stdout);
    let json = document(&pact_alone(["explain", "endless-type", "--json"]).with_code(0).stdout);
    assert_eq!((&json["schema"], &json["rules"][0]["severity"]), (&json!("pact/explain@1"), &json!("error")));
    let all = pact_alone(["explain"]).with_code(0);
    assert!(all.stdout.lines().count() > 60, "{}", all.stdout);
    let unknown = pact_alone(["explain", "unknown-thing"]).with_code(2);
    assert!(unknown.stderr.contains("unknown-type"), "{}", unknown.stderr);
}

#[test]
fn two_versions_are_compared_and_a_change_needs_a_new_one() {
    let (one, two, three) =
        (contract("bank", 1, "int"), contract("bank", 1, "int | None"), contract("bank", 2, "int | None"));
    let place = folder(&[("one.json", &one), ("two.json", &two), ("three.json", &three), ("none.json", "[]")]);
    let same = pact(place.path(), ["contract", "diff", "one.json", "one.json"]).with_code(0);
    assert_eq!(same.stdout, "bank: nothing changed, version 1 to 1\n");
    let forgotten = pact(place.path(), ["contract", "diff", "one.json", "two.json"]).with_code(1);
    assert_eq!(
        forgotten.stdout,
        "breaking    /functions/0/output_type: the type `int | None` is wider: it was `int`\n\
         bank: breaking, version 1 to 1\nthe content changed, so the version must be 2 or higher\n"
    );
    let json =
        document(&pact(place.path(), ["contract", "diff", "one.json", "three.json", "--json"]).with_code(0).stdout);
    assert_eq!((&json["schema"], &json["weight"]), (&json!("pact/contract-diff@1"), &json!("breaking")));
    assert_eq!((&json["bumped"], &json["changes"][0]["weight"]), (&json!(true), &json!("breaking")));
    pact(place.path(), ["contract", "diff", "one.json", "none.json"]).with_code(2);
    pact(place.path(), ["contract", "diff", "one.json", "absent.json"]).with_code(2);
}
