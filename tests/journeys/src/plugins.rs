//! Plugins seen from outside: list, inspect, doctor, notices. All without a `PATH` and without the clone.

use serde_json::Value;

use crate::support::{bare, folder, pact, ready, run, write};

/// What is shipped, without the guest that only `pact doctor` runs.
const SHIPPED: [&str; 6] = ["javascript", "python", "runner-js", "runner-python", "scripted", "typescript"];

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn ids(document: &Value) -> Vec<&str> {
    document["plugins"].as_array().unwrap().iter().map(|plugin| plugin["id"].as_str().unwrap()).collect()
}

#[test]
fn the_list_has_what_is_shipped_and_never_the_hostile_guest() {
    let place = folder(&[]);
    let document = json(&pact(place.path(), ["plugin", "list", "--json"]).with_code(0).stdout);
    assert_eq!(document["schema"], "pact/plugin-list@1");
    let listed = ids(&document);
    for id in SHIPPED {
        assert!(listed.contains(&id), "no `{id}` in {listed:?}");
    }
    assert!(!listed.contains(&"doctor-guest"), "{listed:?}");
    for plugin in document["plugins"].as_array().unwrap() {
        assert_eq!(plugin["digest"].as_str().unwrap().len(), 64, "{plugin}");
        assert!(plugin["bytes"].as_u64().unwrap() > 1000, "{plugin}");
    }
    let table = pact(place.path(), ["plugin", "list"]).with_code(0).stdout;
    assert_eq!(table.lines().count(), listed.len() + 1, "{table}");
}

#[test]
fn inspection_shows_asks_and_imports_and_refuses_nothing_that_is_shipped() {
    let place = folder(&[]);
    for id in SHIPPED {
        let document = json(&pact(place.path(), ["plugin", "inspect", id, "--json"]).with_code(0).stdout);
        let imports = document["interfaces"]["imports"].as_array().unwrap();
        assert!(imports.iter().any(|import| import["kind"] == "wasi-base"), "{id}: {imports:?}");
        assert!(imports.iter().all(|import| import["kind"] != "refused"), "{id}: {imports:?}");
    }
    let text = pact(place.path(), ["plugin", "inspect", "scripted"]).with_code(0).stdout;
    assert!(text.contains("workspace.read on `transcript/**`: "), "{text}");
    assert!(text.contains("pact:plugin/workspace@0.1.0 (needs workspace.read)"), "{text}");
}

#[test]
fn a_grant_in_pact_yaml_changes_what_is_effective() {
    let place = folder(&[]);
    let inspect = ["plugin", "inspect", "scripted", "--effective"];
    let without = pact(place.path(), inspect).with_code(0).stdout;
    assert!(without.contains("refused: no grant covers it") && without.contains("would not be loaded"), "{without}");
    let line = without.lines().find(|line| line.trim_start().starts_with("grants: {")).unwrap();
    write(&place.path().join("pact.yaml"), &format!("{}\n", line.trim()));
    let with = pact(place.path(), inspect).with_code(0).stdout;
    assert!(with.contains("granted as asked") && with.contains("it would be loaded"), "{with}");
}

#[test]
fn a_name_that_is_a_plugin_and_a_file_is_asked_back() {
    let place = folder(&[("python", "x")]);
    let ended = pact(place.path(), ["plugin", "inspect", "python"]).with_code(2);
    assert!(ended.stderr.contains("./python"), "{}", ended.stderr);
    let ended = pact(place.path(), ["plugin", "inspect", "./python"]).with_code(3);
    assert!(ended.stderr.contains("no WebAssembly component"), "{}", ended.stderr);
}

#[test]
fn the_sandbox_holds_against_a_hostile_guest_of_ours() {
    let place = folder(&[]);
    let mut command = ready(place.path());
    command.args(["doctor", "--json"]).env("PACT_TEST_SECRET", "must not be seen");
    let document = json(&run(command).with_code(0).stdout);
    assert_eq!(document["schema"], "pact/doctor@1");
    assert_eq!(document["healthy"], true);
    let findings = document["sandbox"]["findings"].as_array().unwrap();
    let outcome = |attempt: &str| {
        let finding = findings.iter().find(|finding| finding["attempt"] == attempt);
        finding.unwrap_or_else(|| panic!("no `{attempt}`"))["outcome"].as_str().unwrap()
    };
    for attempt in ["environment", "files", "network"] {
        assert_eq!(outcome(attempt), "refused");
    }
    for (attempt, limit) in [("loop", "fuel"), ("memory", "memory"), ("recursion", "the stack"), ("output", "output")] {
        assert_eq!(outcome(attempt), format!("ended by the limit on {limit}"));
    }
    assert!(document["plugins"].as_array().unwrap().iter().all(|plugin| plugin["error"].is_null()), "{document}");
}

#[test]
fn everything_that_is_shipped_has_notices() {
    let place = folder(&[]);
    let document = json(&pact(place.path(), ["licenses", "--json"]).with_code(0).stdout);
    let parts = document["parts"].as_array().unwrap();
    let notices = |of: &str| {
        let part = parts.iter().find(|part| part["of"] == of);
        part.unwrap_or_else(|| panic!("no notices of `{of}`"))["notices"].as_str().unwrap()
    };
    assert!(notices("pact").contains("\nwasmtime 48."), "the engine is the largest part of pact");
    assert!(notices("runner-python").contains("CPython"));
    for part in ["QuickJS-ng", "\nvitest 4.", "\noxc_parser 0."] {
        assert!(notices("runner-js").contains(part), "{part}");
    }
    for id in SHIPPED.into_iter().chain(["doctor-guest"]) {
        assert!(notices(id).contains("Apache License"), "{id}");
    }
}

#[test]
fn the_first_use_on_a_machine_compiles_nothing() {
    let (cache, suite) = (folder(&[]), folder(&[("test_a.py", "def test_a():\n    assert 1 + 1 == 2\n")]));
    let first = |argument: &str| {
        let mut command = bare(suite.path());
        command.arg(argument).env("XDG_CACHE_HOME", cache.path());
        run(command).with_code(0)
    };
    let tested = first("test");
    assert!(!tested.stderr.contains("compiling"), "{}", tested.stderr);
    let doctor = first("doctor");
    assert!(!doctor.stdout.contains("compiled in") && doctor.stdout.contains("mapped in"), "{}", doctor.stdout);
}
