use super::super::list::tests::EXAMPLE;
use super::*;

fn outcomes(tests: &[(&str, &str, &str)]) -> Outcomes {
    let ended = |outcome: &str, message: &str| Ended { outcome: outcome.to_owned(), message: message.to_owned() };
    let tests = tests.iter().map(|(id, outcome, message)| ((*id).to_owned(), ended(outcome, message))).collect();
    Outcomes { tests, broken_checks: Vec::new(), took: Duration::from_secs(2) }
}

fn compared(native: &Outcomes, sandbox: &Outcomes) -> Comparison {
    let list = List::parse(EXAMPLE).unwrap();
    compare(&list, &list.packages[0], native, sandbox)
}

const NO_THREADS: &str = "RuntimeError: threading: threads are not available in the sandbox";

#[test]
fn the_same_outcome_is_no_difference_whatever_the_message() {
    let native = outcomes(&[("tests/c.py::test", "failed", "took 2 s")]);
    let sandbox = outcomes(&[("tests/c.py::test", "failed", "took 3 s")]);
    let one = compared(&native, &sandbox);
    assert_eq!((one.tests, one.same, one.different()), (1, 1, 0));
    assert!(one.unexplained.is_empty());
    assert!((one.ratio() - 1.0).abs() < f64::EPSILON);
}

#[test]
fn a_difference_is_explained_by_its_id_and_its_message_together() {
    let native = outcomes(&[
        ("tests/a.py::test_1", "passed", ""),
        ("tests/a.py::test_2", "passed", ""),
        ("tests/b.py::test_new", "skipped", "requires 3.14"),
        ("tests/c.py::test", "passed", ""),
    ]);
    let sandbox = outcomes(&[
        ("tests/a.py::test_1", "failed", NO_THREADS),
        ("tests/a.py::test_2", "failed", "AssertionError"),
        ("tests/b.py::test_new", "passed", ""),
        ("tests/c.py::test", "failed", NO_THREADS),
    ]);
    let one = compared(&native, &sandbox);
    let ids = |differences: &[Difference]| differences.iter().map(|one| one.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&one.explained["threads"]), ["tests/a.py::test_1"]);
    assert_eq!(ids(&one.explained["version"]), ["tests/b.py::test_new"]);
    assert_eq!(ids(&one.unexplained), ["tests/a.py::test_2", "tests/c.py::test"]);
    assert!(one.idle.is_empty());
}

#[test]
fn an_entry_that_explains_nothing_is_told() {
    let same = outcomes(&[("tests/a.py::test_1", "passed", "")]);
    let idle = compared(&same, &same).idle;
    assert_eq!(idle[0], ("threads".to_owned(), vec!["tests/a.py::*".to_owned()]));
    assert_eq!(idle.len(), 2);
}

#[test]
fn a_test_that_one_run_lacks_is_a_difference_in_both_directions() {
    let native = outcomes(&[("tests/c.py::test_1", "passed", "")]);
    let sandbox = outcomes(&[("tests/c.py::test_2", "passed", "")]);
    let one = compared(&native, &sandbox);
    let told: Vec<String> = one.unexplained.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "tests/c.py::test_1: passed natively, not there in the sandbox",
            "tests/c.py::test_2: not there natively, passed in the sandbox",
        ]
    );
    assert_eq!((one.tests, one.same), (2, 0));
}

#[test]
fn a_file_that_the_sandbox_cannot_collect_counts_as_its_tests() {
    let native = outcomes(&[("tests/a.py::test_1", "passed", ""), ("tests/a.py::test_2", "skipped", "no")]);
    let sandbox = outcomes(&[("tests/a.py", NOT_COLLECTED, NO_THREADS)]);
    let one = compared(&native, &sandbox);
    assert_eq!((one.tests, one.same, one.explained["threads"].len()), (2, 0, 2));
    assert_eq!(one.explained["threads"][0].sandbox.outcome, NOT_COLLECTED);
}

#[test]
fn a_file_without_known_tests_that_the_sandbox_cannot_collect_is_a_difference_itself() {
    let native = outcomes(&[("tests/a.py", "skipped", "no")]);
    let sandbox = outcomes(&[("tests/a.py", NOT_COLLECTED, ""), ("tests/ab.py", NOT_COLLECTED, "")]);
    let one = compared(&native, &sandbox);
    assert_eq!((one.tests, one.same, one.unexplained.len()), (2, 0, 2));
}

#[test]
fn a_check_that_does_not_hold_needs_an_explanation_and_is_no_test() {
    let same = outcomes(&[("tests/c.py::test", "passed", "")]);
    let mut sandbox = outcomes(&[("tests/c.py::test", "passed", "")]);
    sandbox.broken_checks.push(("skip-marks".to_owned(), "without a mark: `x`".to_owned()));
    let one = compared(&same, &sandbox);
    assert_eq!((one.tests, one.same, one.unexplained.len()), (1, 1, 1));
    assert_eq!(one.unexplained[0].id, "check skip-marks");
}

#[test]
fn control_characters_of_a_suite_never_come_out() {
    assert_eq!(plain("a\x1b[31m\u{202e}é`"), "a\\u{1b}[31m\\u{202e}\\u{e9}`");
}
