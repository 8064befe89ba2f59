//! The files of a project that are JSON: those of a run that passed, of one that did not, and of one that only made a plan.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use super::places::{broken, demo};
use super::{OPEN, SCHEMAS, check, examine, faults};
use crate::support::{folder, pact, read, tree, write};

/// The name of each schema, and the files that have the shape. A `*` is one name.
pub(super) const SHAPES: &[(&str, &str)] = &[
    ("access-graph", "access_graph.json"),
    ("certificate", "certification/certification.json"),
    ("component-record", ".pact/components/*"),
    ("contract", "contracts/*/history/*"),
    ("contract", "contracts/*/interface.json"),
    ("decisions", "decomposition/decisions.json"),
    ("decomposition-tree", "decomposition/tree.json"),
    ("demo", ".pact/demo.json"),
    PROFILE,
    ("receipt", ".pact/receipts.jsonl"),
    ("reply", ".pact/replies/*/*/*"),
    ("run-record", ".pact/run.json"),
    ("state", ".pact/state.json"),
    ("test-suite", "tests/*/contract_test_suite.json"),
    ("written", ".pact/written.jsonl"),
];

/// Where the test below has them written.
const PROFILE: (&str, &str) = ("profile", "profile/*.json");

fn shape_of(path: &str) -> Option<(&'static str, &'static str)> {
    let is_like = |pattern: &str| {
        let (names, parts): (Vec<&str>, Vec<&str>) = (path.split('/').collect(), pattern.split('/').collect());
        let fits = |(name, part): (&&str, &&str)| *part == "*" || name == part;
        names.len() == parts.len() && names.iter().zip(&parts).all(fits)
    };
    SHAPES.iter().copied().find(|(_, pattern)| is_like(pattern))
}

/// The documents of a file: one, or one a line.
fn documents(path: &str, text: &str) -> Vec<Value> {
    let json = |text: &str| serde_json::from_str(text).unwrap_or_else(|error| panic!("{path}: {error} in {text}"));
    if path.ends_with(".jsonl") { text.lines().map(json).collect() } else { vec![json(text)] }
}

/// Examines every file of a project that is JSON. Returns the patterns of those that are there.
#[track_caller]
fn examine_project(project: &Path) -> BTreeSet<&'static str> {
    let mut seen = BTreeSet::new();
    for (path, content) in tree(project) {
        let path = path.strip_prefix(project).unwrap().to_str().unwrap().to_owned();
        if !path.ends_with(".json") && !path.ends_with(".jsonl") {
            continue;
        }
        let (name, pattern) = shape_of(&path).unwrap_or_else(|| panic!("`{path}` has no schema in docs/schemas"));
        seen.insert(pattern);
        let mut kinds = BTreeSet::new();
        for document in documents(&path, &String::from_utf8(content).unwrap()) {
            check(name, &document);
            // Of a hundred receipts those that differ in kind have all that there is to spoil.
            if kinds.insert(format!("{} {}", document["call"], document["outcome"]["kind"])) {
                examine(name, &document);
            }
            if OPEN.contains(&name) {
                let strict = jsonschema::draft202012::new(&closed(&SCHEMAS[name].json)).unwrap();
                let faults = faults(&strict, &document);
                assert!(faults.is_empty(), "{path} has more than its schema says:\n{}", faults.join("\n"));
            }
        }
    }
    seen
}

/// The schema without room for what it does not name.
fn closed(schema: &Value) -> Value {
    match schema {
        Value::Object(fields) => {
            let mut fields: serde_json::Map<String, Value> =
                fields.iter().map(|(name, value)| (name.clone(), closed(value))).collect();
            if fields.contains_key("properties") && !fields.contains_key("additionalProperties") {
                fields.insert("additionalProperties".to_owned(), false.into());
            }
            Value::Object(fields)
        }
        Value::Array(items) => items.iter().map(closed).collect(),
        other => other.clone(),
    }
}

#[test]
fn every_file_of_a_project_that_is_json_is_what_its_schema_says() {
    let mut seen = examine_project(&demo());
    seen.insert(PROFILE.1);
    let expected: BTreeSet<&str> = SHAPES.iter().map(|(_, pattern)| *pattern).collect();
    assert_eq!(seen, expected);
}

#[test]
fn so_are_the_files_of_a_run_that_failed_and_of_a_plan() {
    let failed = broken();
    pact(failed.path(), ["run", "--implement"]).with_code(1);
    let seen = examine_project(failed.path());
    assert!(seen.contains("certification/certification.json"), "{seen:?}");
    let state: Value = serde_json::from_str(&read(&failed.path().join(".pact/state.json"))).unwrap();
    assert_eq!(state["status"], "failed");

    let planned = folder(&[]);
    pact(planned.path(), ["demo", ".", "--no-run"]).with_code(0);
    pact(planned.path(), ["run", "--plan-only"]).with_code(0);
    let seen = examine_project(planned.path());
    assert!(seen.contains(".pact/state.json") && !seen.contains("certification/certification.json"), "{seen:?}");
}

#[test]
fn so_are_profiles_and_the_receipts_that_a_user_asks_for() {
    let (place, out) = (folder(&[]), folder(&[]));
    let test =
        "def cheap():\n    return 1\n\n\ndef test_one():\n    assert cheap() == 1\n\n\ndef test_two():\n    cheap()\n";
    write(&place.path().join("test_one.py"), test);
    let (profile, receipts) = (out.path().join("profile"), out.path().join("receipts.jsonl"));
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    pact(place.path(), ["test", "--profile", &text(&profile)]).with_code(0);
    let document = documents("", &read(&profile.join("tests.json"))).remove(0);
    examine(PROFILE.0, &document);
    for kind in ["outside", "test", "function"] {
        let mut nodes = document["nodes"].as_array().unwrap().iter();
        let node = nodes.find(|node| node["kind"] == kind).unwrap_or_else(|| panic!("{document:#}"));
        let mut alone = document.clone();
        alone["nodes"] = vec![node.clone()].into();
        examine(PROFILE.0, &alone);
    }
    for cached in [false, true] {
        pact(place.path(), ["test", "--receipts", &text(&receipts)]).with_code(0);
        let last = documents("x.jsonl", &read(&receipts)).pop().unwrap();
        assert_eq!(last["cached"] == true, cached, "{last}");
        examine("receipt", &last);
    }
}

#[test]
fn a_contract_of_somebody_elses_may_say_more() {
    let mut contract = documents("", &read(&demo().join("contracts/money/interface.json"))).remove(0);
    contract["x_owner"] = "us".into();
    contract["functions"][0]["x_rate"] = 3.into();
    check("contract", &contract);
}
