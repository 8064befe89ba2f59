//! Several places at once: components, test files, single tests.

use crate::document::Document;
use crate::support::{Ended, folder, pact, project};

const ONE: &str = "import pytest\n\n\nclass TestOne:\n    def test_a(self):\n        pass\n\n    def test_b(self):\n        pass\n\n\n\
    @pytest.mark.parametrize('n', [1, 2])\ndef test_n(n, base):\n    assert n + base\n";

fn suite() -> tempfile::TempDir {
    folder(&[
        ("tests/conftest.py", "import pytest\n\n\n@pytest.fixture\ndef base():\n    return 1\n"),
        ("tests/test_one.py", ONE),
        ("tests/test_two.py", "def test_two():\n    pass\n"),
        ("test_broken.py", "this is no python\n"),
        ("helper.py", "X = 1\n"),
    ])
}

fn run(folder: &std::path::Path, places: &[&str]) -> Ended {
    pact(folder, [&["test", "--json"], places].concat())
}

#[track_caller]
fn ids(folder: &std::path::Path, places: &[&str]) -> Vec<String> {
    Document::of(&run(folder, places).with_code(0)).ids().into_iter().map(str::to_owned).collect()
}

#[test]
fn only_the_files_that_are_named_run_and_their_fixtures_are_there() {
    let place = suite();
    let one =
        ["TestOne::test_a", "TestOne::test_b", "test_n[1]", "test_n[2]"].map(|id| format!("tests/test_one.py::{id}"));
    assert_eq!(ids(place.path(), &["tests/test_one.py"]), one);
    let both = ids(place.path(), &["tests/test_two.py", "./tests/test_one.py"]);
    assert_eq!(both, [one.as_slice(), &["tests/test_two.py::test_two".to_owned()]].concat());
}

#[test]
fn a_test_is_named_as_the_report_names_it_or_by_its_class() {
    let place = suite();
    let file = "tests/test_one.py::";
    for (named, expected) in [
        (vec!["TestOne::test_b"], vec!["TestOne::test_b"]),
        (vec!["TestOne"], vec!["TestOne::test_a", "TestOne::test_b"]),
        (vec!["test_n[2]", "TestOne::test_a"], vec!["test_n[2]", "TestOne::test_a"]),
    ] {
        let places: Vec<String> = named.iter().map(|id| format!("{file}{id}")).collect();
        let places: Vec<&str> = places.iter().map(String::as_str).collect();
        let expected: Vec<String> = expected.iter().map(|id| format!("{file}{id}")).collect();
        assert_eq!(ids(place.path(), &places), expected);
    }
}

#[test]
fn the_root_is_the_folder_to_start_in() {
    let place = suite();
    let elsewhere = folder(&[]);
    let text = place.path().to_str().unwrap();
    let ended = pact(elsewhere.path(), ["-C", text, "test", "--json", "tests/test_two.py"]).with_code(0);
    assert_eq!(Document::of(&ended).ids(), ["tests/test_two.py::test_two"]);
    let inner = place.path().join("tests");
    assert_eq!(ids(&inner, &["test_two.py"]), ["test_two.py::test_two"]);
}

#[test]
fn what_is_not_there_is_named_with_what_is() {
    let place = suite();
    for (places, words) in [
        (vec!["tests/test_three.py"], "there is no file `tests/test_three.py`"),
        (vec!["test_two.py"], "`tests/test_two.py`"),
        (vec!["helper.py"], "error: no test files of a known language"),
        (vec!["tests/test_two.py::test_four"], "tests/test_two.py::test_four"),
        (vec!["tests/test_two.py", "tests"], "`tests/test_two.py` is a test file and `tests` is none"),
        (vec!["../test_two.py"], "lies outside of"),
    ] {
        let ended = run(place.path(), &places).with_code(2);
        assert!(ended.stderr.contains(words), "{places:?}: {}", ended.stderr);
    }
}

#[test]
fn a_report_of_chosen_files_counts_them() {
    let ended = pact(&project("python-bank"), ["test", "test_nowhere.py"]).with_code(2);
    assert!(ended.stderr.contains("hint: there is: "), "{}", ended.stderr);
}
