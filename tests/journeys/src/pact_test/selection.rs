//! Which folder, which language, which tests.

use crate::document::Document;
use crate::support::{folder, pact, project, ready, run};

#[test]
fn runs_what_the_expression_selects_and_counts_the_rest() {
    let ended = pact(&project("python-bank"), ["test", "--json", "-k", "deposit and not negative"]).with_code(0);
    let document = Document::of(&ended);
    assert!(document.total > 0);
    assert!(document.ids().iter().all(|id| id.contains("deposit") && !id.contains("negative")), "{document:#?}");
    let all = Document::of(&pact(&project("python-bank"), ["test", "--json"]));
    assert_eq!(document.total + document.deselected, all.total);
}

#[test]
fn an_expression_that_is_none_is_the_users_fault() {
    let ended = pact(&project("python-bank"), ["test", "-k", "a and and b"]).with_code(2);
    insta::assert_snapshot!(ended.stderr, @r"
    error: run the suite as its settings say
      caused by: Wrong expression passed to '-k': a and and b: at column 7: expected not OR left parenthesis OR identifier; got and
    ");
}

#[test]
fn an_expression_that_selects_nothing_is_no_pass() {
    let ended = pact(&project("python-bank"), ["test", "--json", "-k", "no_such_name"]).with_code(1);
    let document = Document::of(&ended);
    assert_eq!(document.total, 0);
    assert!(document.deselected > 0);
    assert!(!document.check("zero-tests").held);
}

#[test]
fn a_test_file_without_tests_is_no_pass() {
    let folder = folder(&[("test_nothing.py", "VALUE = 1\n")]);
    let ended = pact(folder.path(), ["test"]).with_code(1);
    assert!(ended.stdout.contains("zero-tests: no test was collected"), "{}", ended.stdout);
    assert!(ended.stdout.ends_with("verdict: failed\n"), "{}", ended.stdout);
}

#[test]
fn a_folder_without_test_files_says_what_was_looked_for() {
    let folder = folder(&[("notes.txt", "")]);
    let ended = pact(folder.path(), ["test"]).with_code(2);
    insta::assert_snapshot!(ended.stderr, @r"
    error: no test files of a known language
      hint: looked for
            javascript: 0 test files (**/*.test.{js,mjs,cjs,jsx}, **/*.spec.{js,mjs,cjs,jsx}, **/vitest.{config,setup}.{js,mjs,cjs,jsx}, **/__snapshots__/**, **/__mocks__/**)
            typescript: 0 test files (**/*.test.{js,mjs,cjs,jsx,ts,mts,cts,tsx}, **/*.spec.{js,mjs,cjs,jsx,ts,mts,cts,tsx}, **/vitest.{config,setup}.{js,mjs,cjs,jsx,ts,mts,cts,tsx}, **/__snapshots__/**, **/__mocks__/**)
            python: 0 test files (test_*.py, *_test.py, conftest.py)
            name the language with --lang where tests lie elsewhere
    ");
}

#[test]
fn an_unknown_language_gets_the_list_of_the_known_ones() {
    let ended = pact(&project("python-bank"), ["test", "--lang", "cobol"]).with_code(2);
    insta::assert_snapshot!(ended.stderr, @r"
    error: no runner for `cobol`
      hint: there is one for: javascript, typescript, python
    ");
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let ended = pact(&project("python-bank"), ["test", "/nowhere/at/all"]).with_code(2);
    insta::assert_snapshot!(ended.stderr, @r"
    error: read the files of `/nowhere/at/all`
      caused by: it is no folder
    ");
}

#[test]
fn the_folder_is_the_working_folder_or_the_argument_or_seen_from_the_folder_to_start_in() {
    let above = folder(&[("inner/test_one.py", "def test_one():\n    pass\n")]);
    let elsewhere = folder(&[]);
    let inner = above.path().join("inner");
    let above_text = above.path().to_str().unwrap();
    for (working, arguments) in [
        (inner.as_path(), vec!["test", "--json"]),
        (above.path(), vec!["test", "inner", "--json"]),
        (elsewhere.path(), vec!["-C", above_text, "test", "inner", "--json"]),
        (elsewhere.path(), vec!["test", "inner", "--json", "-C", above_text]),
        (elsewhere.path(), vec!["-C", inner.to_str().unwrap(), "test", "--json"]),
    ] {
        let document = Document::of(&pact(working, &arguments).with_code(0));
        assert_eq!(document.ids(), ["test_one.py::test_one"], "{arguments:?}");
    }
}

#[test]
fn a_folder_to_start_in_that_is_not_there_is_named() {
    let mut command = ready(&project("python-bank"));
    command.args(["-C", "nowhere", "test"]);
    let ended = run(command).with_code(2);
    assert_eq!(ended.stderr, "error: `nowhere` is no folder\n");
}
