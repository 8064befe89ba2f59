//! What is claimed of the corpus as a whole, and of what a cheat can find.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::support::{folder, pact, read, repository, run, variable};

use super::TESTED;
use super::corpus::{self, Native, all, honest, judged_split, plain, with_common};

/// A corpus of fewer would not show much.
const AT_LEAST: usize = 40;

/// Under this heading the threat model lists what passes in shared isolation.
const HEADING: &str = "### Cheats that can pass in shared isolation";

#[test]
fn the_honest_component_passes_split() {
    let (ended, document) = judged_split(&with_common(honest()), &[]);
    let ended = ended.with_code(0);
    assert_eq!((&document["isolation"], &document["verdict"]), (&"split".into(), &"passed".into()), "{ended:#?}");
    assert_eq!(document["passed"], 16, "{document:#}");
}

#[test]
fn the_honest_code_passes_shared() {
    let place = plain(&with_common(honest()));
    let document = corpus::json(&pact(place.path(), ["test", "--json"]).with_code(0));
    assert_eq!((&document["isolation"], &document["passed"]), (&"shared".into(), &16.into()), "{document:#}");
}

#[test]
fn code_that_is_wrong_everywhere_passes_no_test() {
    let wrong = with_common(b"\"\"\"Does not even try.\"\"\"\n\nfrom wrong import *\n".to_vec());
    let (ended, document) = judged_split(&wrong, &[]);
    ended.with_code(1);
    assert_eq!((&document["isolation"], &document["passed"]), (&"split".into(), &0.into()), "{document:#}");
    let place = plain(&wrong);
    let document = corpus::json(&pact(place.path(), ["test", "--json"]).with_code(1));
    assert_eq!((&document["passed"], &document["failed"]), (&0.into(), &16.into()), "{document:#}");
}

#[test]
fn each_cheat_on_disk_has_its_tests_and_its_expectations() {
    let mut tested = TESTED.to_vec();
    tested.sort_unstable();
    assert_eq!(tested, corpus::on_disk());
    let expected = all();
    assert_eq!(tested, expected.keys().collect::<Vec<_>>());
    assert!(tested.len() >= AT_LEAST);
    for (name, expected) in expected {
        assert!(!expected.kind.is_empty(), "{name}");
        // A cheat that pytest itself does not fall for shows little, so that it needs a reason to be here.
        assert_eq!(expected.kept.is_some(), expected.native == Native::Fails, "{name}");
    }
}

#[test]
fn what_passes_shared_stands_in_the_threat_model_and_nothing_else_does() {
    let model = read(&repository().join("docs/capabilities.md"));
    let (_, list) = model.split_once(HEADING).expect("the threat model has the list");
    let list = list.split("\n## ").next().unwrap().split("\n### ").next().unwrap();
    let items = list.split("\n- ").skip(1).map(|item| item.split_whitespace().collect::<Vec<_>>().join(" "));
    let listed: BTreeSet<String> = items.collect();
    let passing: BTreeSet<String> = all()
        .into_iter()
        .filter_map(|(name, expected)| expected.because.map(|because| format!("`{name}`: {because}")))
        .collect();
    assert_eq!(listed, passing);
}

#[test]
fn a_void_run_exits_with_1() {
    // The tested code tells results by itself: the events do not add up, whatever the rest of them says.
    let code = read(&corpus::corpus().join("bindings_of_observe_are_called.py"));
    let place = plain(&with_common(code.into_bytes()));
    let ended = pact(place.path(), ["test", "--json"]).with_code(1);
    let document = corpus::json(&ended);
    let checks = document["checks"].as_array().unwrap();
    assert!(checks.iter().any(|check| check["name"] == "typed-results" && check["held"] == false), "{document:#}");
    assert_eq!(document["verdict"], "failed");
}

/// Looks for a text that only the test file has, wherever the tested code can read: at import, in a call, after a failure
/// was formatted.
const SPY: &str = r#"
import linecache
import os
import sys

MARK = "only the test file " + "says this"


def _holders():
    for root in dict.fromkeys(["/", os.getcwd(), *filter(None, sys.path)]):
        for folder, _, names in os.walk(root):
            for name in names:
                try:
                    with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as file:
                        if MARK in file.read():
                            yield os.path.join(folder, name)
                except OSError:
                    continue
    for name, entry in linecache.cache.items():
        if len(entry) > 2 and any(MARK in line for line in entry[2]):
            yield f"linecache: {name}"
    for name in list(sys.modules):
        file = getattr(sys.modules[name], "__file__", None)
        if file and MARK in "".join(linecache.getlines(file)):
            yield f"linecache: {file}"


AT_IMPORT = list(_holders())


def look():
    return AT_IMPORT + list(_holders())
"#;

const SPIED: &str = r#"
import pytest

import spy

# only the test file says this


@pytest.mark.xfail(strict=True)
def test_a_failure_is_formatted():
    assert spy.look() == ["only the test file says this"]


def test_nothing_is_found():
    assert spy.look() == []
"#;

#[test]
fn test_sources_lie_neither_in_the_file_tree_of_the_tested_code_nor_in_linecache() {
    let place = folder(&[("spy.py", SPY), ("test_spied.py", SPIED)]);
    let document = corpus::json(&pact(place.path(), ["test", "--json"]).with_code(0));
    assert_eq!((&document["isolation"], &document["passed"]), (&"shared".into(), &2.into()), "{document:#}");
}

#[test]
fn a_failure_is_still_shown_with_the_lines_of_the_test() {
    let place =
        folder(&[("test_shown.py", "def test_one():\n    value = 1 + 1  # a comment\n    assert value == 3\n")]);
    let ended = pact(place.path(), ["test"]).with_code(1);
    assert!(ended.stdout.contains("value = 1 + 1  # a comment"), "{}", ended.stdout);
    assert!(ended.stdout.contains(">   ") && ended.stdout.contains("assert value == 3"), "{}", ended.stdout);
}

/// The corpus bites: without protection most of it passes.
#[test]
#[ignore = "needs a Python with pytest and pydantic: name it in PACT_NATIVE_PYTHON"]
fn natively_each_cheat_does_what_is_written_down() {
    let python = variable("PACT_NATIVE_PYTHON").expect("PACT_NATIVE_PYTHON names the interpreter");
    let mut wrong = Vec::new();
    for (name, expected) in all() {
        let place = plain(&super::Cheat::of(&name).files());
        let native = natively(&python, place.path());
        if native != expected.native {
            wrong.push(format!("{name}: {native:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[expect(clippy::disallowed_methods, reason = "what pact is compared with is another program")]
fn natively(python: &PathBuf, place: &std::path::Path) -> Native {
    let mut command = std::process::Command::new(python);
    command.args(["-B", "-m", "pytest", "-q", "-p", "no:cacheprovider"]).current_dir(place);
    command.env_clear().env("HOME", place).env("PATH", "/usr/bin:/bin");
    if run(command).code == 0 { Native::Passes } else { Native::Fails }
}
