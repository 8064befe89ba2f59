//! Each folder in `tests/projects` is a suite with what `pact test --json` must say of it in `expected.json`.
//!
//! A folder without a test of its name does not compile.

mod attacks;
mod expected;

use attacks::*;

use crate::document::Document;
use crate::support::{Ended, pact, project};
use expected::Expected;

/// Written by the build script from the folders in `tests/projects`.
mod folders {
    include!(concat!(env!("OUT_DIR"), "/projects.rs"));

    #[test]
    fn each_project_has_a_test_of_its_name() {
        assert!(!TESTS.is_empty());
    }
}

/// The checks that a verdict on a folder of Python makes, in their order. The last is made where a test that compares with a
/// literal passed. Without a backend, which reads the tests, the first two are made.
const CHECKS: [&str; 5] = ["typed-results", "zero-tests", "expected-functions", "skip-marks", "canaries"];

/// Of these projects all that there is to say stands in `expected.json`.
macro_rules! as_expected {
    ($($name:ident)*) => { $(
        #[test]
        fn $name() {
            judged(&stringify!($name).replace('_', "-"));
        }
    )* };
}

as_expected! {
    attack_js_endless
    attack_js_exit
    attack_js_fake_summary
    attack_js_memory
    attack_js_output
    js_globals
    js_mocks
    js_modules
    js_node
    js_recursion
    js_vitest
    js_waiting
    python_assertions
    python_asyncio
    python_asyncio_long_sleep
    python_bank
    python_caplog
    python_capsys
    python_collection_error
    python_collection_error_continues
    python_conftest
    python_conftest_error
    python_equality
    python_fixture_marks
    python_fixtures
    python_marks
    python_mocks
    python_monkeypatch
    python_old_settings
    python_packages
    python_parametrize
    python_pydantic
    python_raises
    python_recursion
    python_settings
    python_shadowing
    python_stdlib
    python_subtests
    python_surrogates
    python_tmp_path
    python_unittest
    ts_bank
}

#[test]
fn js_errors() {
    let (_, document) = judged("js-errors");
    let missing = document.collection_errors.iter().find_map(|error| error.missing_module.as_deref());
    assert_eq!(missing, Some("left-pad-that-nobody-has"));
}

/// The titles of its tables hold values that canaries change.
#[test]
fn ts_ledger() {
    let (ended, document) = judged("ts-ledger");
    assert!(!ended.stderr.contains("no canary counted"), "{}", ended.stderr);
    assert!(document.checks.iter().any(|check| check.name == "canaries" && check.held), "{:?}", document.checks);
}

#[test]
fn js_unavailable() {
    let (_, document) = judged("js-unavailable");
    for test in document.tests.iter().filter(|test| test.outcome == "failed") {
        assert!(test.message.contains("not available in the sandbox"), "{test:#?}");
    }
}

#[test]
fn python_missing_module() {
    let (_, document) = judged("python-missing-module");
    assert_eq!(document.collection_errors[0].missing_module.as_deref(), Some("surely_not_installed"));
}

#[test]
fn python_unavailable() {
    let (_, document) = judged("python-unavailable");
    for test in document.tests.iter().filter(|test| test.outcome == "failed") {
        assert!(test.message.contains("not available in the sandbox"), "{test:#?}");
    }
}

#[test]
fn python_unknown_option() {
    let expected = Expected::of("python-unknown-option");
    let ended = run("python-unknown-option").with_code(2);
    assert_eq!(ended.stdout, "", "there is no judgement, so there is no document");
    assert!(!expected.invalid_input.is_empty());
    for words in &expected.invalid_input {
        assert!(ended.stderr.contains(words), "{}", ended.stderr);
    }
}

/// Runs a project and compares what came of it with what its `expected.json` says.
#[track_caller]
fn judged(name: &str) -> (Ended, Document) {
    let ended = run(name);
    let document = Document::of(&ended);
    let expected = Expected::of(name);
    expected.compare(&document);
    let checks: Vec<&str> = document.checks.iter().map(|check| check.name.as_str()).collect();
    let made = checks == CHECKS || checks == CHECKS[..4];
    assert!(made, "{checks:?}");
    let is_good = document.failed == 0 && document.errors == 0 && document.checks.iter().all(|check| check.held);
    assert_eq!(document.verdict, if is_good { "passed" } else { "failed" });
    let ended = ended.with_code(if is_good { 0 } else { 1 });
    (ended, document)
}

fn run(name: &str) -> Ended {
    let folder = project(name);
    pact(&folder, ["test", "--no-cache", "--json"])
}
