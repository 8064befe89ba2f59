//! What is printed: for people, for scripts, and never what a guest wants a terminal to do.

use std::io::Read;
use std::process::Stdio;

use serde_json::Value;

use crate::document::Document;
use crate::support::{Ended, folder, pact, project, read, ready};

/// Puts what would control a terminal into every text that a suite can send.
const HOSTILE: &str = r#"import pytest

CODES = "\x1b[2J \x1b]0;title\x07 \u202e \r \x08 \x9b31m"


@pytest.mark.parametrize("value", [CODES])
def test_codes(value):
    print(CODES)
    assert False, CODES


def test_raises():
    raise RuntimeError(CODES)
"#;

fn shown(ended: &Ended) -> String {
    // Figures that differ from run to run.
    let mut lines = Vec::new();
    for line in ended.stdout.lines() {
        match line.split_once(" in ") {
            Some((counts, rest)) if rest.contains(" fuel") => lines.push(format!("{counts} in TIME and FUEL")),
            _ => lines.push(line.trim_end().to_owned()),
        }
    }
    lines.join("\n")
}

#[test]
fn a_report_has_progress_failures_with_source_lines_and_a_summary() {
    let folder = folder(&[(
        "test_shop.py",
        "def price(item):\n    return {'tea': 3}[item]\n\n\ndef test_tea():\n    assert price('tea') == 4\n\n\n\
         def test_coffee():\n    price('coffee')\n\n\ndef test_known():\n    assert price('tea')\n",
    )]);
    let ended = pact(folder.path(), ["test"]).with_code(1);
    insta::assert_snapshot!(shown(&ended), @r"
    sandbox: CPython 3.14.0, pytest 9.2.0, pydantic 2.14.3
    1 test file, 1 file in all, seed 0

    --- test_shop.py::test_tea: failed ---
        def test_tea():
    >       assert price('tea') == 4
    E       AssertionError: assert 3 == 4
    E        +  where 3 = price('tea')

    test_shop.py:6: AssertionError

    --- test_shop.py::test_coffee: failed ---
        def test_coffee():
    >       price('coffee')

    test_shop.py:10:
    _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _

    item = 'coffee'

        def price(item):
    >       return {'tea': 3}[item]
                   ^^^^^^^^^^^^^^^^
    E       KeyError: 'coffee'

    test_shop.py:2: KeyError

    1 passed, 2 failed in TIME and FUEL
    verdict: failed
    ");
    assert_eq!(ended.stderr, "test_shop.py FF. [100%]\n");
}

#[test]
fn a_suite_that_passes_is_a_header_and_two_lines() {
    let folder = folder(&[("test_one.py", "def test_one():\n    pass\n")]);
    let ended = pact(folder.path(), ["test", "--seed", "5"]).with_code(0);
    insta::assert_snapshot!(shown(&ended), @r"
    sandbox: CPython 3.14.0, pytest 9.2.0, pydantic 2.14.3
    1 test file, 1 file in all, seed 5
    1 passed in TIME and FUEL
    verdict: passed
    ");
}

#[test]
fn a_test_cannot_send_codes_to_the_terminal() {
    let folder = folder(&[("test_codes.py", HOSTILE)]);
    for arguments in [["test"].as_slice(), &["test", "--json"]] {
        let ended = pact(folder.path(), arguments).with_code(1);
        for stream in [&ended.stdout, &ended.stderr] {
            let hazard = stream.chars().find(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}');
            assert_eq!(hazard, None, "{arguments:?}: {stream}");
        }
        assert!(ended.stdout.contains(r"\u{1b}") || ended.stdout.contains(r"\u001b"), "{}", ended.stdout);
    }
}

#[test]
fn the_fields_of_the_document_stand_in_the_promised_order() {
    let ended = pact(&project("python-bank"), ["test", "--no-cache", "--json"]).with_code(0);
    let document: Value = serde_json::from_str(&ended.stdout).unwrap();
    let fields = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let promised = [
        "schema",
        "verdict",
        "passed",
        "failed",
        "errors",
        "skipped",
        "total",
        "checks",
        "tests",
        "seed",
        "isolation",
        "receipt",
    ];
    assert_eq!(fields(&document), promised);
    assert_eq!(fields(&document["checks"][0]), ["name", "held", "detail"]);
    assert_eq!(fields(&document["tests"][0]), ["id", "outcome", "seconds", "fuel", "message"]);
}

#[test]
fn a_document_is_all_that_stands_on_stdout() {
    let ended = pact(&project("python-bank"), ["test", "--no-cache", "--json"]).with_code(0);
    assert!(ended.stdout.starts_with("{\n") && ended.stdout.ends_with("}\n"), "{}", ended.stdout);
    Document::of(&ended);
}

#[test]
fn each_session_leaves_its_receipt_in_the_file_that_was_named() {
    let place = folder(&[]);
    let file = place.path().join("receipts.jsonl");
    let suite = project("attack-exit");
    let ended = pact(&suite, ["test", "--no-cache", "--json", "--receipts", file.to_str().unwrap()]).with_code(1);
    let sessions: Value = serde_json::from_str::<Value>(&ended.stdout).unwrap()["receipt"].clone();
    let lines = || read(&file).lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<Value>>();
    assert_eq!(Value::Array(lines()), sessions);
    let kept = lines().len();
    pact(&suite, ["test", "--no-cache", "--receipts", file.to_str().unwrap()]).with_code(1);
    assert_eq!(lines().len(), 2 * kept, "a second run appends");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    for arguments in [["test"].as_slice(), &["test", "--json"], &["completion", "bash"], &["--help"]] {
        let mut command = ready(&project("python-bank"));
        let mut child = command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut words = String::new();
        child.stderr.take().unwrap().read_to_string(&mut words).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{arguments:?}: {words}");
        assert!(!words.contains("error"), "{arguments:?}: {words}");
    }
}
