//! The components of a project: several at once, with seeds, as JUnit, and again when something changes.

use std::path::Path;
use std::sync::LazyLock;

use serde_json::Value;

use super::watch::Watched;
use crate::support::{folder, pact, read, tree, write};

/// A project whose components pass, made once.
static DEMO: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let place = folder(&[]);
    pact(place.path(), ["demo"]).with_code(0);
    place
});

/// A copy of it that a test may change.
pub(super) fn project() -> tempfile::TempDir {
    let copy = folder(&[]);
    let from = DEMO.path().join("pact-demo");
    for (path, content) in tree(&from) {
        let inner = path.strip_prefix(&from).unwrap();
        write(&copy.path().join(inner), &String::from_utf8(content).unwrap());
    }
    copy
}

fn document(folder: &Path, arguments: &[&str]) -> Value {
    let ended = pact(folder, [&["test", "--json"], arguments].concat());
    serde_json::from_str(&ended.stdout).unwrap_or_else(|error| panic!("{error}: {}", ended.stderr))
}

fn names(document: &Value) -> Vec<&str> {
    document["components"].as_array().unwrap().iter().map(|part| part["component"].as_str().unwrap()).collect()
}

#[test]
fn several_components_are_tested_each_after_those_that_it_calls() {
    let project = project();
    assert_eq!(names(&document(project.path(), &["invoice", "money"])), ["money", "invoice"]);
    let elsewhere = folder(&[]);
    let text = project.path().to_str().unwrap();
    assert_eq!(names(&document(elsewhere.path(), &[text, "tariff", "money"])), ["money", "tariff"]);
}

#[test]
fn a_component_that_is_not_there_gets_the_list_of_those_that_are() {
    let project = project();
    let ended = pact(project.path(), ["test", "money", "mony"]).with_code(2);
    insta::assert_snapshot!(ended.stderr, @r"
    error: there is no component `mony`
      hint: the components of this project: money, tariff, invoice
    ");
}

#[test]
fn every_component_is_a_suite_of_the_junit_document() {
    let project = project();
    pact(project.path(), ["test", "--junit", "results.xml"]).with_code(0);
    let report = quick_junit::Report::deserialize_from_str(&read(&project.path().join("results.xml"))).unwrap();
    let suites: Vec<&str> = report.test_suites.iter().map(|suite| suite.name.as_str()).collect();
    assert_eq!((suites.as_slice(), report.failures, report.errors), (["money", "tariff", "invoice"].as_slice(), 0, 0));
}

#[test]
fn the_functions_of_a_component_are_profiled_below_the_tests_that_call_them() {
    let project = project();
    for out in ["one", "two"] {
        pact(project.path(), ["test", "money", "tariff", "--profile", out]).with_code(0);
    }
    for file in ["money.svg", "money.json", "tariff.svg", "tariff.json"] {
        let both = ["one", "two"].map(|out| read(&project.path().join(out).join(file)));
        assert_eq!(both[0], both[1], "{file}");
    }
    let profile: Value = serde_json::from_str(&read(&project.path().join("one/money.json"))).unwrap();
    let (nodes, functions) = (profile["nodes"].as_array().unwrap(), profile["functions"].as_array().unwrap());
    let place = |name: &str| functions.iter().position(|function| function["name"] == name).map(|at| at as u64);
    let crossing = place("<crossing>").unwrap_or_else(|| panic!("{functions:#?}"));
    let parent = |node: &Value| node["parent"].as_u64().map(|at| &nodes[usize::try_from(at).unwrap()]);
    let own = nodes.iter().filter(|node| {
        let is_called = parent(node).is_some_and(|above| above["function"].as_u64() == Some(crossing));
        is_called && node["function"].is_u64()
    });
    let mut count = 0;
    for node in own {
        count += 1;
        let mut root = node;
        while let Some(above) = parent(root) {
            root = above;
        }
        assert_eq!(root["kind"], "test", "{node:#}");
    }
    assert!(count > 0 && profile["unmatched"] == 0, "{nodes:#?}");
}

#[test]
fn seeds_are_for_each_component() {
    let project = project();
    let document = document(project.path(), &["money", "tariff", "--seeds", "2"]);
    for part in document["components"].as_array().unwrap() {
        assert_eq!(part["seeds"].as_array().map(Vec::len), Some(2), "{part:#}");
        assert_eq!(part["unstable"], Value::Array(vec![]));
    }
}

#[test]
fn a_change_runs_the_component_and_a_contract_those_that_call_it() {
    let project = project();
    let mut watched = Watched::start(project.path(), &[]);
    let tested = |text: &str| -> Vec<String> {
        let verdicts = text.lines().filter_map(|line| line.strip_prefix("verdict: "));
        verdicts.map(|words| words.split(' ').next().unwrap().to_owned()).collect()
    };
    assert_eq!(tested(&watched.next()), ["money", "tariff", "invoice"]);

    let code = project.path().join("src/tariff/tariff.py");
    write(&code, &format!("{}\n# a remark\n", read(&code)));
    assert_eq!(tested(&watched.next()), ["tariff"]);

    // The text of a contract's description is in what is rendered from it.
    let contract = project.path().join("contracts/money/interface.json");
    let mut changed: Value = serde_json::from_str(&read(&contract)).unwrap();
    changed["types"][0]["description"] = "Something else.".into();
    write(&contract, &serde_json::to_string_pretty(&changed).unwrap());
    let again = tested(&watched.next());
    assert!(again.contains(&"money".to_owned()) && again.contains(&"invoice".to_owned()), "{again:?}");
    assert_eq!(watched.interrupt(), 130);
}
