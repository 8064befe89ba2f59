//! Claims about skips and expected failures. The test functions stand on lines 10 to 20 and are collected at line 10.

use pact_model::suite::{DeclaredTest, FileRole, Location, Mark, MarkKind, Outcome, TestListing};
use pact_model::verdict::{CheckName, Judgement, Verdict};

use crate::judge::Policy;
use crate::judge::fake::{
    FakeBackend, FakeRunner, check, collected, declares, finished, finished_at, mark, place, report, returned, started,
};

use Outcome::{Failed, Passed, Skipped, Xfailed};

#[tokio::test]
async fn a_skip_counts_only_where_the_test_source_says_so() {
    let source = |marks, calls| {
        let functions = vec![declares("t/a::one", vec![]), declares("t/a::two", marks)];
        FakeBackend::finding([("t/a", TestListing { functions, calls, ..TestListing::default() })])
    };
    let skip = |line| mark(MarkKind::Skip, line);
    let cases = [
        ("declared, at the function", source(vec![skip(10)], vec![]), Some(place("t/a", 10)), Skipped),
        ("called in the test file", source(vec![], vec![skip(15)]), Some(place("t/a", 15)), Skipped),
        ("from the tested code", source(vec![], vec![skip(15)]), Some(place("src/a", 15)), Failed),
        ("from the tested code, with a mark", source(vec![skip(10)], vec![]), Some(place("src/a", 3)), Failed),
        ("at the function, without a mark", source(vec![], vec![skip(15)]), Some(place("t/a", 10)), Failed),
        ("called in a fixture", source(vec![], vec![skip(30)]), Some(place("t/a", 30)), Skipped),
        ("from nowhere", source(vec![], vec![]), None, Failed),
        ("from nowhere, with a mark", source(vec![skip(10)], vec![]), None, Failed),
        // Code without a file of its own has its place where the test calls it.
        ("in the body, with a mark", source(vec![skip(10)], vec![]), Some(place("t/a", 15)), Failed),
        ("on the line of the definition, with a mark", source(vec![skip(10)], vec![]), Some(place("t/a", 11)), Failed),
    ];
    for (case, backend, raised_at, outcome) in cases {
        let events = vec![
            collected(&["t/a::one", "t/a::two"]),
            started("t/a::one"),
            finished("t/a::one", Passed),
            started("t/a::two"),
            finished_at("t/a::two", Skipped, raised_at),
        ];
        let verdict = FakeRunner::playing([returned(events)]).judge_with(&Policy::default(), Some(&backend)).await;
        assert_eq!(report(&verdict, "t/a::two").outcome, outcome, "{case}");
        let held = outcome == Skipped;
        assert_eq!(check(&verdict, CheckName::SkipMarks).held, held, "{case}");
        assert_eq!(verdict.verdict == Judgement::Passed, held, "{case}");
    }
}

#[tokio::test]
async fn a_call_inside_of_another_test_marks_nothing() {
    for kind in [MarkKind::Skip, MarkKind::Xfail] {
        let outcome = if kind == MarkKind::Xfail { Xfailed } else { Skipped };
        // The call stands in `one` (lines 10 to 20); `two` is on lines 40 to 50.
        let two = DeclaredTest { first_line: 40, definition_line: 40, last_line: 50, ..declares("t/a::two", vec![]) };
        let functions = vec![declares("t/a::one", vec![]), two];
        let listing = TestListing { functions, calls: vec![mark(kind, 15)], ..TestListing::default() };
        let backend = FakeBackend::finding([("t/a", listing)]);
        let verdict = ends_two(outcome, place("t/a", 15), &backend).await;
        assert_eq!(report(&verdict, "t/a::two").outcome, Failed);
        assert!(!check(&verdict, CheckName::SkipMarks).held);
    }
}

#[tokio::test]
async fn a_mark_on_a_case_of_a_fixture_counts_at_the_first_line_of_the_fixture() {
    for (kind, outcome) in [(MarkKind::Skip, Skipped), (MarkKind::Xfail, Xfailed)] {
        // The decorators of the fixture are on lines 3 to 6 of another file.
        let fixtures = vec![Mark { last_line: 6, ..mark(kind, 3) }];
        for (case, raised_at, expected) in [
            ("at the fixture", place("t/conf", 3), outcome),
            ("where its parameters are made", place("t/conf", 4), Failed),
            ("at the test", place("t/a", 10), Failed),
            ("at the same line of another file", place("t/a", 3), Failed),
        ] {
            let functions = vec![declares("t/a::one", vec![]), declares("t/a::two", vec![])];
            let listing = TestListing { fixtures: fixtures.clone(), ..TestListing::default() };
            let backend = FakeBackend::finding([
                ("t/a", TestListing { functions, ..TestListing::default() }),
                ("t/conf", listing),
            ]);
            let verdict = ends_two(outcome, raised_at, &backend).await;
            assert_eq!(report(&verdict, "t/a::two").outcome, expected, "{kind:?} {case}");
        }
    }
}

#[tokio::test]
async fn a_file_that_skips_itself_is_not_covered_by_the_mark_of_a_fixture() {
    let fixtures = vec![mark(MarkKind::Skip, 3)];
    let functions = vec![declares("t/a::one", vec![])];
    let backend = FakeBackend::finding([("t/a", TestListing { functions, fixtures, ..TestListing::default() })]);
    let events = vec![
        collected(&["t/a::one", "t/b"]),
        started("t/a::one"),
        finished("t/a::one", Passed),
        started("t/b"),
        finished_at("t/b", Skipped, Some(place("t/a", 3))),
    ];
    let verdict = FakeRunner::playing([returned(events)]).judge_with(&Policy::default(), Some(&backend)).await;
    assert_eq!(report(&verdict, "t/b").outcome, Failed);
}

#[tokio::test]
async fn an_expected_failure_needs_a_mark_on_the_test_or_a_call_that_raised_it() {
    let xfail = |line| mark(MarkKind::Xfail, line);
    for (case, marks, calls, raised_at, outcome) in [
        ("declared", vec![xfail(10)], vec![], place("t/a", 10), Xfailed),
        ("put on by the test itself", vec![], vec![xfail(14)], place("t/a", 10), Xfailed),
        ("called in the test", vec![], vec![xfail(14)], place("t/a", 14), Xfailed),
        ("called in a fixture", vec![], vec![xfail(30)], place("t/a", 30), Xfailed),
        ("a call that did not raise it", vec![], vec![xfail(30)], place("t/a", 10), Failed),
        ("a mark of another kind", vec![mark(MarkKind::Skip, 10)], vec![], place("t/a", 10), Failed),
        ("declared, but raised by the tested code", vec![xfail(10)], vec![], place("src/a", 3), Failed),
        ("declared, but raised in the body", vec![xfail(10)], vec![], place("t/a", 15), Failed),
        ("a call, but raised by the tested code", vec![], vec![xfail(14)], place("src/a", 3), Failed),
    ] {
        let functions = vec![declares("t/a::one", vec![]), declares("t/a::two", marks)];
        let backend = FakeBackend::finding([("t/a", TestListing { functions, calls, ..TestListing::default() })]);
        let verdict = ends_two(Xfailed, raised_at, &backend).await;
        assert_eq!(report(&verdict, "t/a::two").outcome, outcome, "{case}");
    }
}

#[tokio::test]
async fn a_skip_in_a_file_that_is_not_utf_8_fails_for_that_reason() {
    let backend = FakeBackend::finding([]).beside("t/a", b"\xe9", FileRole::Test);
    let verdict = ends_two(Skipped, place("t/a", 10), &backend).await;
    assert_eq!(verdict.verdict, Judgement::Failed);
    let why = "`t/a` is not UTF-8, so its marks cannot be read";
    assert_eq!(report(&verdict, "t/a::two").message, format!("skipped, but {why}: why"));
    let check = check(&verdict, CheckName::SkipMarks);
    assert_eq!(check.detail, format!("without a mark in the test source: `t/a::two`; {why}"));
}

/// `t/a::one` passes, and `t/a::two` ends like this.
async fn ends_two(outcome: Outcome, raised_at: Location, backend: &FakeBackend) -> Verdict {
    let events = vec![
        collected(&["t/a::one", "t/a::two"]),
        started("t/a::one"),
        finished("t/a::one", Passed),
        started("t/a::two"),
        finished_at("t/a::two", outcome, Some(raised_at)),
    ];
    FakeRunner::playing([returned(events)]).judge_with(&Policy::default(), Some(backend)).await
}
