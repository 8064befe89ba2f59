//! Claims about tests that did not run, and about tests that should not have.

use pact_model::suite::{FileRole, MarkKind, Outcome, TestListing};
use pact_model::verdict::{CheckName, Judgement};

use crate::judge::fake::{
    FakeBackend, FakeRunner, Script, all, check, collected, declares, finished, finished_at, listing, mark, place,
    returned, started,
};
use crate::judge::{LeftOut, Policy, left_out};
use crate::ports::{RunnerEvent, Summary};

use Outcome::{Passed, Skipped};

fn strict() -> Policy {
    Policy { left_out: LeftOut::Never, ..Policy::default() }
}

fn three_functions() -> FakeBackend {
    let functions = ["t/a::one", "t/a::two", "t/a::three"].map(|name| declares(name, vec![]));
    FakeBackend::finding([("t/a", listing(functions.to_vec()))])
}

/// One test passes, and the runner says that it left out so many others.
fn deselecting(deselected: u32) -> Script {
    let mut script = returned(all(Passed, &["t/a::one"]));
    script.summary = Some(Summary { collected: 1, deselected, finished: 1 });
    script
}

#[tokio::test]
async fn a_test_function_of_the_source_that_never_ran_fails_the_suite() {
    let functions = vec![declares("t/a::one", vec![]), declares("t/a::gone", vec![])];
    let backend = FakeBackend::finding([("t/a", listing(functions))]);
    let verdict = FakeRunner::playing([returned(all(Passed, &["t/a::one[1]"]))])
        .judge_with(&Policy::default(), Some(&backend))
        .await;
    assert_eq!(verdict.verdict, Judgement::Failed);
    assert_eq!(check(&verdict, CheckName::ExpectedFunctions).detail, "never ran: `t/a::gone`");
}

#[tokio::test]
async fn what_the_selection_left_out_may_be_missing_but_no_more() {
    for policy in [Policy::default(), strict()] {
        for (deselected, judgement) in [(2, Judgement::Passed), (1, Judgement::Failed)] {
            let runner = FakeRunner::playing([deselecting(deselected)]);
            let verdict = runner.judge_selecting(Some("one"), &policy, Some(&three_functions())).await;
            assert_eq!((verdict.verdict, verdict.deselected), (judgement, deselected));
            let check = check(&verdict, CheckName::ExpectedFunctions);
            assert_eq!(left_out(check), None, "who selected knows what was left out");
        }
    }
}

#[tokio::test]
async fn a_runner_that_says_deselected_although_nobody_selected_is_not_believed_where_the_settings_are_ours() {
    for deselected in [2, u32::MAX] {
        let runner = FakeRunner::playing([deselecting(deselected)]);
        let verdict = runner.judge_with(&strict(), Some(&three_functions())).await;
        assert_eq!(verdict.verdict, Judgement::Failed);
        let check = check(&verdict, CheckName::ExpectedFunctions);
        assert!(check.detail.starts_with("never ran: `t/a::three`, `t/a::two`; the runner says"), "{}", check.detail);
    }
    // All functions ran, and yet something was dropped: cases of one of them, for example.
    let backend = FakeBackend::finding([("t/a", listing(vec![declares("t/a::one", vec![])]))]);
    let verdict = FakeRunner::playing([deselecting(1)]).judge_with(&strict(), Some(&backend)).await;
    assert_eq!(verdict.verdict, Judgement::Failed);
}

#[tokio::test]
async fn what_a_project_deselects_by_itself_is_allowed_in_its_own_folder_and_all_of_it_named() {
    let verdict = FakeRunner::playing([deselecting(2)]).judge_with(&Policy::default(), Some(&three_functions())).await;
    assert_eq!(verdict.verdict, Judgement::Passed);
    assert_eq!(
        left_out(check(&verdict, CheckName::ExpectedFunctions)),
        Some("left out by the suite's own settings or hooks: `t/a::three`, `t/a::two`")
    );
    let verdict = FakeRunner::playing([deselecting(1)]).judge_with(&Policy::default(), Some(&three_functions())).await;
    assert_eq!(verdict.verdict, Judgement::Failed, "one more is missing than was deselected");
    let many: Vec<String> = (10..40).map(|at| format!("t/a::f{at}")).collect();
    let functions = many.iter().map(|name| declares(name, vec![])).chain([declares("t/a::one", vec![])]).collect();
    let backend = FakeBackend::finding([("t/a", listing(functions))]);
    let verdict = FakeRunner::playing([deselecting(30)]).judge_with(&Policy::default(), Some(&backend)).await;
    let said = left_out(check(&verdict, CheckName::ExpectedFunctions)).expect("it says what was left out");
    assert!(many.iter().all(|name| said.contains(name)), "{said}");
}

#[tokio::test]
async fn a_test_from_another_file_than_the_tests_of_the_suite_shows_nothing_where_the_settings_are_ours() {
    let backend = || {
        let backend = FakeBackend::finding([("t/a", listing(vec![declares("t/a::one", vec![])]))]);
        backend.beside("src/test_x", b"", FileRole::Implementation).beside("t/help", b"", FileRole::Support)
    };
    for foreign in ["src/test_x::free", "t/help::free", "nowhere::free"] {
        let play = || FakeRunner::playing([returned(all(Passed, &["t/a::one", foreign]))]);
        let verdict = play().judge_with(&strict(), Some(&backend())).await;
        assert_eq!(verdict.verdict, Judgement::Failed);
        assert_eq!(
            check(&verdict, CheckName::TypedResults).detail,
            format!("collected, but from no test file of the suite: `{foreign}`")
        );
        let verdict = play().judge_with(&Policy::default(), Some(&backend())).await;
        assert_eq!(verdict.verdict, Judgement::Passed, "a folder's own settings say what its tests are");
    }
    // Imported by a test file: its name is right, its place is not.
    let RunnerEvent::Collected(mut cases) = collected(&["t/a::one", "t/a::free"]) else { unreachable!() };
    cases[1].location = place("src/test_x", 1);
    let events = [vec![RunnerEvent::Collected(cases)], all(Passed, &["t/a::one", "t/a::free"])[1..].to_vec()].concat();
    let verdict = FakeRunner::playing([returned(events)]).judge_with(&strict(), Some(&backend())).await;
    assert!(!check(&verdict, CheckName::TypedResults).held);
}

#[tokio::test]
async fn a_test_file_that_cannot_be_read_is_named_and_fails_a_suite_whose_settings_are_ours() {
    let backend = || {
        let backend = FakeBackend::finding([("t/a", listing(vec![declares("t/a::one", vec![])]))]);
        backend.beside("t/latin", b"\xe9", FileRole::Test).beside("t/odd", b"?", FileRole::Test)
    };
    let play = || FakeRunner::playing([returned(all(Passed, &["t/a::one", "t/latin::two", "t/odd::three"]))]);
    let verdict = play().judge_with(&Policy::default(), Some(&backend())).await;
    assert_eq!(verdict.verdict, Judgement::Passed);
    assert_eq!(
        left_out(check(&verdict, CheckName::ExpectedFunctions)),
        Some(
            "`t/latin` is not UTF-8, so its tests cannot be compared; \
             `t/odd` does not parse, so its tests cannot be compared"
        )
    );
    let verdict = play().judge_with(&strict(), Some(&backend())).await;
    assert!(!check(&verdict, CheckName::ExpectedFunctions).held);
}

#[tokio::test]
async fn a_folder_may_be_left_out_by_settings_but_a_file_beside_collected_ones_may_not() {
    let one = || listing(vec![declares("t/a::one", vec![])]);
    let play = || FakeRunner::playing([returned(all(Passed, &["t/a::one"]))]);
    let outside = FakeBackend::finding([("t/a", one()), ("old/b", listing(vec![declares("old/b::two", vec![])]))]);
    let verdict = play().judge_with(&Policy::default(), Some(&outside)).await;
    assert_eq!(verdict.verdict, Judgement::Passed);
    assert_eq!(
        check(&verdict, CheckName::ExpectedFunctions).detail,
        "1 test functions in the source, all ran; left out with their whole folder: `old/b`"
    );
    assert_eq!(
        left_out(check(&verdict, CheckName::ExpectedFunctions)),
        Some("left out with their whole folder: `old/b`"),
        "the report shows it although the check held"
    );
    assert_eq!(play().judge_with(&strict(), Some(&outside)).await.verdict, Judgement::Failed);
    let beside = FakeBackend::finding([("t/a", one()), ("t/b", listing(vec![declares("t/b::two", vec![])]))]);
    assert_eq!(play().judge_with(&Policy::default(), Some(&beside)).await.verdict, Judgement::Failed);
}

#[tokio::test]
async fn a_file_that_skips_itself_stands_for_its_tests_only_where_its_source_says_so() {
    let listing_of = |skips_module| {
        let other = listing(vec![declares("t/b::one", vec![])]);
        let calls = if skips_module { vec![mark(MarkKind::SkipIf, 2)] } else { vec![] };
        let functions = vec![declares("t/a::one", vec![])];
        FakeBackend::finding([
            ("t/a", TestListing { functions, calls, skips_module, ..TestListing::default() }),
            ("t/b", other),
        ])
    };
    for (skips_module, judgement) in [(true, Judgement::Passed), (false, Judgement::Failed)] {
        let events = vec![
            collected(&["t/a", "t/b::one"]),
            started("t/a"),
            finished_at("t/a", Skipped, Some(place("t/a", 2))),
            started("t/b::one"),
            finished("t/b::one", Passed),
        ];
        let runner = FakeRunner::playing([returned(events)]);
        let verdict = runner.judge_with(&Policy::default(), Some(&listing_of(skips_module))).await;
        assert_eq!(verdict.verdict, judgement);
        assert_eq!(check(&verdict, CheckName::ExpectedFunctions).held, skips_module);
    }
}
