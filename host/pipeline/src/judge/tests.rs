//! Claims about verdicts, each played by a runner that follows a script.

mod canaries;
mod left_out;
mod marks;

use pact_model::receipt::{Limit, SessionOutcome};
use pact_model::suite::{CollectionError, Outcome};
use pact_model::verdict::{CheckName, Judgement};

use super::fake::{
    FakeRunner, all, check, collected, ended, finished, limited, place, report, returned, started, suite,
};
use super::{JudgeError, Policy, Silent, judge};
use crate::ports::{RunnerEvent, Summary};

use Outcome::{Error, Failed, Passed, Xfailed, Xpassed};

#[tokio::test]
async fn a_suite_whose_tests_all_pass_is_passed() {
    let runner = FakeRunner::playing([returned(all(Passed, &["a::one", "a::two"]))]);
    let verdict = runner.judge().await;
    assert_eq!((verdict.verdict, verdict.passed, verdict.total, verdict.seed), (Judgement::Passed, 2, 2, 7));
    assert_eq!((verdict.tests[0].fuel, verdict.tests[0].seconds), (10, 0.01));
    let names: Vec<CheckName> = verdict.checks.iter().map(|check| check.name).collect();
    assert_eq!(names, [CheckName::TypedResults, CheckName::ZeroTests], "no backend, no check of the source");
}

#[tokio::test]
async fn one_failed_test_fails_the_suite_although_every_check_held() {
    let events = vec![
        collected(&["a::one", "a::two"]),
        started("a::one"),
        finished("a::one", Failed),
        started("a::two"),
        finished("a::two", Passed),
    ];
    let verdict = FakeRunner::playing([returned(events)]).judge().await;
    assert_eq!((verdict.verdict, verdict.passed, verdict.failed), (Judgement::Failed, 1, 1));
    assert!(verdict.checks.iter().all(|check| check.held));
}

#[tokio::test]
async fn zero_tests_is_a_failure() {
    let verdict = FakeRunner::playing([returned(vec![collected(&[])])]).judge().await;
    assert_eq!((verdict.verdict, verdict.total), (Judgement::Failed, 0));
    assert_eq!(check(&verdict, CheckName::ZeroTests).detail, "no test was collected");
}

#[tokio::test]
async fn a_suite_of_expected_failures_has_shown_nothing() {
    let verdict = FakeRunner::playing([returned(all(Xfailed, &["a::one"]))]).judge().await;
    assert_eq!((verdict.verdict, verdict.passed), (Judgement::Failed, 1));
    assert!(!check(&verdict, CheckName::ZeroTests).held);
    let verdict = FakeRunner::playing([returned(all(Xpassed, &["a::one"]))]).judge().await;
    assert_eq!(verdict.verdict, Judgement::Passed);
}

#[tokio::test]
async fn a_test_that_exits_with_code_zero_is_an_error() {
    let ids = ["a::one", "a::exits", "a::three"];
    let first = vec![collected(&ids), started("a::one"), finished("a::one", Passed), started("a::exits")];
    let runner =
        FakeRunner::playing([ended(first, SessionOutcome::Exited { code: 0 }), returned(all(Passed, &["a::three"]))]);
    let verdict = runner.judge().await;
    assert_eq!((verdict.verdict, verdict.passed, verdict.errors), (Judgement::Failed, 2, 1));
    assert_eq!(report(&verdict, "a::exits").message, "the test exited with code 0");
    assert_eq!(report(&verdict, "a::exits").fuel, 960, "what the session used after the test had started");
    let check = check(&verdict, CheckName::TypedResults);
    assert_eq!((check.held, check.detail.as_str()), (false, "no typed result of `a::exits`"));
    assert_eq!(runner.reruns(), [["a::three"]]);
    assert_eq!(verdict.receipt.len(), 2);
}

#[tokio::test]
async fn an_endless_test_does_not_take_the_others_with_it() {
    let ids = ["a::endless", "a::two", "a::three"];
    let first = vec![collected(&ids), started("a::endless")];
    let runner =
        FakeRunner::playing([ended(first, limited(Limit::Fuel)), returned(all(Passed, &["a::two", "a::three"]))]);
    let verdict = runner.judge().await;
    assert_eq!((verdict.passed, verdict.errors), (2, 1));
    assert_eq!(report(&verdict, "a::endless").message, "the test used up the fuel limit of one test: it may never end");
}

#[tokio::test]
async fn a_suite_of_endless_tests_ends_with_its_fuel() {
    let policy = Policy { suite_fuel: 2000, test_fuel: 900, ..Policy::default() };
    let runner = FakeRunner::playing([
        ended(vec![collected(&["a::x", "a::y", "a::z"]), started("a::x")], limited(Limit::Fuel)),
        ended(vec![collected(&["a::y", "a::z"]), started("a::y")], limited(Limit::Fuel)),
    ]);
    let verdict = runner.judge_with(&policy, None).await;
    assert_eq!((verdict.errors, verdict.receipt.len()), (3, 2));
    assert_eq!(report(&verdict, "a::z").message, "not run: the suite's fuel limit was used up");
    let fuel: Vec<u64> = runner.requests.lock().expect("no panic").iter().map(|request| request.fuel).collect();
    assert_eq!(fuel, [2000, 1000], "what is left goes to the next session");
}

#[tokio::test]
async fn every_end_names_its_cause() {
    let ends = [
        (limited(Limit::Memory), "the test passed the memory limit"),
        (limited(Limit::Stack), "the test overflowed the stack of the sandbox"),
        (limited(Limit::Output), "the test passed the limit of output"),
        (SessionOutcome::Exited { code: 1 }, "the test exited with code 1"),
        (SessionOutcome::Trapped { message: "unreachable\nmore".to_owned() }, "the test trapped: unreachable"),
    ];
    for (outcome, message) in ends {
        let verdict = FakeRunner::playing([ended(vec![collected(&["a::x"]), started("a::x")], outcome)]).judge().await;
        assert_eq!((verdict.verdict, report(&verdict, "a::x").message.as_str()), (Judgement::Failed, message));
    }
}

#[tokio::test]
async fn real_time_that_runs_out_is_no_judgement() {
    let events =
        vec![collected(&["a::one", "a::two"]), started("a::one"), finished("a::one", Passed), started("a::two")];
    let verdict = FakeRunner::playing([ended(events, limited(Limit::WallClock))]).judge().await;
    assert_eq!((verdict.verdict, verdict.errors, verdict.failed), (Judgement::None, 0, 0));
    assert_eq!(verdict.reason.as_deref(), Some("real time ran out while `a::two` ran"));
    assert_eq!((verdict.tests.len(), verdict.checks.len()), (1, 0));
}

#[tokio::test]
async fn a_result_for_a_test_that_never_started_voids_the_verdict() {
    let mut events = all(Passed, &["a::one"]);
    events.push(finished("a::one", Passed));
    let forgeries: [(&str, Vec<RunnerEvent>); 7] = [
        ("`a::one` finished twice", events),
        ("`a::one` finished, but had not started", vec![collected(&["a::one"]), finished("a::one", Passed)]),
        ("`b::no` finished, but had not started", [all(Passed, &["a::one"]), vec![finished("b::no", Passed)]].concat()),
        ("`b::no` started, but was never collected", [all(Passed, &["a::one"]), vec![started("b::no")]].concat()),
        ("`a::one` started twice", [all(Passed, &["a::one"]), vec![started("a::one")]].concat()),
        ("tests were collected twice", [all(Passed, &["a::one"]), vec![collected(&[])]].concat()),
        (
            "`a::one` was collected twice",
            [vec![collected(&["a::one", "a::one"])], all(Passed, &["a::one"])[1..].to_vec()].concat(),
        ),
    ];
    for (breach, events) in forgeries {
        let verdict = FakeRunner::playing([returned(events)]).judge().await;
        assert_eq!(verdict.verdict, Judgement::Failed, "{breach}");
        let check = check(&verdict, CheckName::TypedResults);
        assert!(!check.held && check.detail.starts_with(breach), "{breach}: {}", check.detail);
    }
}

#[tokio::test]
async fn a_second_test_cannot_start_before_the_first_has_finished() {
    let events = vec![
        collected(&["a::one", "a::two"]),
        started("a::one"),
        started("a::two"),
        finished("a::one", Passed),
        finished("a::two", Passed),
    ];
    let verdict = FakeRunner::playing([returned(events)]).judge().await;
    assert_eq!(verdict.verdict, Judgement::Failed);
    assert_eq!(report(&verdict, "a::two").outcome, Error);
}

#[tokio::test]
async fn a_collected_test_that_was_not_run_is_an_error() {
    let events = vec![collected(&["a::one", "a::two"]), started("a::one"), finished("a::one", Passed)];
    let verdict = FakeRunner::playing([returned(events)]).judge().await;
    assert_eq!((verdict.verdict, verdict.errors), (Judgement::Failed, 1));
    assert_eq!(report(&verdict, "a::two").message, "not run: the runner ended the session before it");
}

#[tokio::test]
async fn a_summary_that_differs_from_the_events_voids_the_verdict() {
    let mut script = returned(all(Passed, &["a::one"]));
    script.summary = Some(Summary { collected: 2, deselected: 0, finished: 1 });
    let verdict = FakeRunner::playing([script]).judge().await;
    assert_eq!(verdict.verdict, Judgement::Failed);
    assert_eq!(
        check(&verdict, CheckName::TypedResults).detail,
        "the runner says that it collected 2 tests, its events say 1"
    );
}

#[tokio::test]
async fn an_exit_during_collection_fails_the_suite_at_once() {
    let runner = FakeRunner::playing([ended(vec![], SessionOutcome::Exited { code: 0 })]);
    let verdict = runner.judge().await;
    assert_eq!(verdict.verdict, Judgement::Failed);
    assert_eq!(verdict.reason.as_deref(), Some("before any test was collected, the suite exited with code 0"));
}

#[tokio::test]
async fn an_exit_after_the_last_test_fails_the_suite() {
    let runner = FakeRunner::playing([ended(all(Passed, &["a::one"]), SessionOutcome::Exited { code: 0 })]);
    let verdict = runner.judge().await;
    assert_eq!((verdict.verdict, verdict.passed), (Judgement::Failed, 1));
    assert_eq!(check(&verdict, CheckName::TypedResults).detail, "between two tests, the suite exited with code 0");
}

#[tokio::test]
async fn a_session_that_ends_before_its_first_test_is_not_tried_again() {
    let ids = ["a::one", "a::two"];
    let runner = FakeRunner::playing([ended(vec![collected(&ids)], SessionOutcome::Exited { code: 3 })]);
    let verdict = runner.judge().await;
    assert_eq!((verdict.verdict, verdict.errors), (Judgement::Failed, 2));
    assert_eq!(report(&verdict, "a::one").message, "not run: before it could start, the suite exited with code 3");
}

#[tokio::test]
async fn tests_that_end_their_session_one_after_the_other_are_run_in_a_bounded_number_of_sessions() {
    let policy = Policy { max_sessions: 2, ..Policy::default() };
    let exit = SessionOutcome::Exited { code: 1 };
    let runner = FakeRunner::playing([
        ended(vec![collected(&["a::x", "a::y", "a::z"]), started("a::x")], exit.clone()),
        ended(vec![collected(&["a::y", "a::z"]), started("a::y")], exit),
    ]);
    let verdict = runner.judge_with(&policy, None).await;
    assert_eq!((verdict.errors, runner.reruns().len()), (3, 1));
    assert_eq!(report(&verdict, "a::z").message, "not run: tests had ended 2 sessions");
}

#[tokio::test]
async fn a_later_session_cannot_bring_a_second_result_for_an_earlier_test() {
    let runner = FakeRunner::playing([
        ended(vec![collected(&["a::x", "a::y"]), started("a::x")], SessionOutcome::Exited { code: 0 }),
        returned(all(Passed, &["a::x", "a::y"])),
    ]);
    let verdict = runner.judge().await;
    assert_eq!(report(&verdict, "a::x").outcome, Error);
    assert!(
        check(&verdict, CheckName::TypedResults).detail.starts_with("`a::x` was collected, but was not to run again")
    );
}

#[tokio::test]
async fn a_wrong_selection_is_the_users_to_correct() {
    let mut script = ended(vec![], SessionOutcome::Returned);
    script.invalid_input = Some("no such keyword".to_owned());
    let runner = FakeRunner::playing([script]);
    let result = judge(&runner, None, suite(vec![]), &Policy::default(), &Silent).await;
    assert!(matches!(result, Err(JudgeError::InvalidInput { message }) if message == "no such keyword"));
}

#[tokio::test]
async fn a_runner_that_fails_before_it_collected_is_no_judgement_and_afterwards_a_failure() {
    let refused = || SessionOutcome::Refused { message: "internal".to_owned() };
    let verdict = FakeRunner::playing([ended(vec![], refused())]).judge().await;
    assert_eq!(verdict.verdict, Judgement::None);
    let verdict = FakeRunner::playing([ended(all(Passed, &["a::one"]), refused())]).judge().await;
    assert_eq!(verdict.verdict, Judgement::Failed);
}

#[tokio::test]
async fn a_file_that_cannot_be_collected_is_an_error_and_counted_once_over_all_sessions() {
    let error = CollectionError {
        location: place("b", 3),
        message: "no".to_owned(),
        detail: String::new(),
        missing_module: Some("numpy".to_owned()),
    };
    let failed = || RunnerEvent::CollectionFailed(error.clone());
    let runner = FakeRunner::playing([
        ended(vec![failed(), collected(&["a::x", "a::y"]), started("a::x")], SessionOutcome::Exited { code: 0 }),
        returned([vec![failed()], all(Passed, &["a::y"])].concat()),
    ]);
    let verdict = runner.judge().await;
    assert_eq!((verdict.passed, verdict.errors, verdict.collection_errors.len()), (1, 2, 1));
}

#[tokio::test]
async fn many_sessions_cannot_make_the_host_keep_more_text_than_one_may_send() {
    let ids: Vec<String> = (0..12).map(|at| format!("a::{at}")).collect();
    let mut scripts = Vec::new();
    for at in (0..ids.len()).step_by(2) {
        let left: Vec<&str> = ids[at..].iter().map(String::as_str).collect();
        let RunnerEvent::Finished(mut result) = finished(&ids[at], Failed) else { unreachable!() };
        result.detail = "x".repeat(20 << 20);
        let events = vec![collected(&left), started(&ids[at]), RunnerEvent::Finished(result), started(&ids[at + 1])];
        scripts.push(ended(events, SessionOutcome::Exited { code: 0 }));
    }
    let verdict = FakeRunner::playing(scripts).judge().await;
    assert_eq!((verdict.failed, verdict.errors, verdict.receipt.len()), (6, 6, 6));
    assert_eq!(report(&verdict, "a::4").detail.len(), 20 << 20);
    assert!(report(&verdict, "a::10").detail.contains("[the rest is left out"));
    let kept: usize = verdict.tests.iter().map(|test| test.detail.len()).sum();
    assert!(kept < 64 << 20, "{kept}");
}
