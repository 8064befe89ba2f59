//! Claims about suites with twins in them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use pact_model::receipt::SessionOutcome;
use pact_model::suite::{FileRole, Location, Outcome, SourceFile, TestCase, TestResult};
use pact_model::twin::{LineRun, Twin, TwinnedSource};
use pact_model::verdict::{CheckName, Judgement, TestReport, Verdict};

use crate::judge::fake::{
    FakeBackend, FakeRunner, Script, all, check, collected, declares, ended, finished, finished_at, listing, place,
    returned, started, suite,
};
use crate::judge::{CanaryKey, LeftOut, Policy, Reporter, Silent, Suite, judge, twins};
use crate::ports::{Renewal, RunnerEvent, SplitRequest};

use Outcome::{Error, Failed, Passed, Skipped, Xfailed};

fn policy() -> Policy {
    Policy { canary_key: Some(CanaryKey::Secret([1; 32])), left_out: LeftOut::Never, ..Policy::default() }
}

/// `a::one` has a changed twin that took its name; the test itself is called `a::one_b` and stands ten lines lower.
fn backend() -> FakeBackend {
    let twin = Twin {
        original: "a::one".to_owned(),
        unchanged: "a::one_b".to_owned(),
        changed: "a::one".to_owned(),
        first_line: 12,
        last_line: 14,
    };
    let run = |twinned, original, count| LineRun { twinned, original, count };
    let lines = vec![run(1, 1, 20), run(21, 10, 11), run(32, 21, 50)];
    let source = TwinnedSource { text: "twinned".to_owned(), twins: vec![twin], lines };
    let functions = vec![declares("a::one", vec![]), declares("a::two", vec![])];
    FakeBackend::finding([("a", listing(functions))]).twinning("a", source)
}

fn changed(outcome: Outcome, at: Option<Location>) -> [RunnerEvent; 2] {
    [started("a::one"), finished_at("a::one", outcome, at)]
}

fn others() -> [RunnerEvent; 4] {
    [started("a::one_b"), finished("a::one_b", Passed), started("a::two"), finished("a::two", Passed)]
}

fn events(changed: [RunnerEvent; 2]) -> Vec<RunnerEvent> {
    let mut events = vec![collected(&["a::one", "a::one_b", "a::two"])];
    events.extend(changed);
    events.extend(others());
    events
}

async fn judged(script: Script) -> (Verdict, FakeRunner) {
    // A twin that did not fail as it must is run once more, alone: it does the same.
    let runner = FakeRunner::playing([script.clone(), script]);
    let verdict = runner.judge_with(&policy(), Some(&backend())).await;
    (verdict, runner)
}

#[tokio::test]
async fn a_twin_that_fails_where_it_was_changed_is_seen_by_nobody() {
    let (verdict, runner) = judged(returned(events(changed(Failed, Some(place("a", 13)))))).await;
    assert_eq!(verdict.verdict, Judgement::Passed, "{:?}", verdict.checks);
    assert_eq!((verdict.passed, verdict.failed, verdict.total), (2, 0, 2));
    let ids: Vec<&str> = verdict.tests.iter().map(|test| test.id.as_str()).collect();
    assert_eq!(ids, ["a::one", "a::two"]);
    assert_eq!(check(&verdict, CheckName::TypedResults).detail, "2 collected, 2 results");
    let detail = &check(&verdict, CheckName::Canaries).detail;
    assert_eq!(detail, "1 changed twins of passing tests, each failed where it was changed");
    let requests = runner.requests.lock().expect("no panic");
    assert_eq!(requests[0].files[0].bytes, b"twinned");
}

#[tokio::test]
async fn a_twin_that_does_anything_else_voids_the_run() {
    let ends = [
        (changed(Passed, None), "passed although its expected value was changed"),
        (changed(Failed, Some(place("a", 15))), "failed elsewhere than where its expected value was changed"),
        (changed(Failed, Some(place("b", 13))), "failed elsewhere than where its expected value was changed"),
        (changed(Failed, None), "failed, and nobody says where"),
        (changed(Error, Some(place("a", 13))), "ended with an error instead of a failed comparison"),
        (changed(Skipped, Some(place("a", 13))), "was skipped although the test itself ran"),
        (changed(Xfailed, Some(place("a", 13))), "failed as expected, although the test itself expects no failure"),
    ];
    for (events_of_twin, words) in ends {
        let (verdict, _) = judged(returned(events(events_of_twin))).await;
        let check = check(&verdict, CheckName::Canaries);
        assert_eq!((verdict.verdict, check.held), (Judgement::Failed, false), "{words}");
        assert_eq!(check.detail, format!("what ran does not compare as its source says: the twin of `a::one` {words}"));
        assert_eq!((verdict.passed, verdict.total), (2, 2), "the tests themselves are not touched");
    }
}

#[tokio::test]
async fn a_twin_that_is_missing_voids_the_run() {
    let mut events = vec![collected(&["a::one_b", "a::two"])];
    events.extend(others());
    let (verdict, _) = judged(returned(events)).await;
    let check = check(&verdict, CheckName::Canaries);
    assert!(!check.held && check.detail.ends_with("the twin of `a::one` was not collected"), "{}", check.detail);
}

#[tokio::test]
async fn of_a_test_that_failed_the_twin_says_nothing() {
    let mut events = vec![collected(&["a::one", "a::one_b", "a::two"])];
    events.extend(changed(Passed, None));
    events.extend([started("a::one_b"), finished("a::one_b", Failed), started("a::two"), finished("a::two", Passed)]);
    let plain = |one| {
        let mut events = vec![collected(&["a::one", "a::two"])];
        events.extend([started("a::one"), finished("a::one", one), started("a::two"), finished("a::two", Passed)]);
        returned(events)
    };
    for (one, judgement) in [(Failed, Judgement::Failed), (Passed, Judgement::Passed)] {
        // A failure is that of the suite as it was written: one that only finds what its twin left behind is none.
        let runner = FakeRunner::playing([returned(events.clone()), plain(one)]);
        let verdict = runner.judge_with(&policy(), Some(&backend())).await;
        assert_eq!((verdict.verdict, verdict.receipt.len()), (judgement, 2));
        assert!(verdict.checks.iter().all(|check| check.name != CheckName::Canaries && check.held));
    }
}

#[tokio::test]
async fn a_twin_that_passes_is_no_twin_that_is_in_the_way() {
    let mut events = vec![collected(&["a::one", "a::one_b", "a::two"])];
    events.extend(changed(Passed, None));
    events.extend([started("a::one_b"), finished("a::one_b", Passed), started("a::two"), finished("a::two", Failed)]);
    let (verdict, _) = judged(returned(events)).await;
    assert_eq!((verdict.verdict, verdict.failed, verdict.receipt.len()), (Judgement::Failed, 1, 2));
    assert!(verdict.checks.iter().any(|check| check.name == CheckName::Canaries && !check.held));
}

#[tokio::test]
async fn a_twin_that_found_what_another_test_left_behind_says_nothing() {
    let alone = vec![collected(&["a::one"]), started("a::one"), finished_at("a::one", Failed, Some(place("a", 13)))];
    let plain = [started("a::one"), finished("a::one", Passed), started("a::two"), finished("a::two", Passed)];
    let plain = [vec![collected(&["a::one", "a::two"])], plain.to_vec()].concat();
    let scripts = [returned(events(changed(Passed, None))), returned(alone), returned(plain)];
    let verdict = FakeRunner::playing(scripts).judge_with(&policy(), Some(&backend())).await;
    assert_eq!((verdict.verdict, verdict.receipt.len()), (Judgement::Passed, 3));
    assert!(verdict.checks.iter().all(|check| check.name != CheckName::Canaries), "none is claimed");
}

#[tokio::test]
async fn what_is_said_of_a_test_is_said_in_its_authors_names_and_lines() {
    let result = TestResult {
        id: "a::one_b".to_owned(),
        outcome: Failed,
        raised_at: Some(place("a", 23)),
        message: "a:23: one_b is wrong".to_owned(),
        detail: "File \"a\", line 23, in one_b".to_owned(),
        missing_module: None,
    };
    let mut events = vec![collected(&["a::one", "a::one_b", "a::two"])];
    events.extend(changed(Failed, Some(place("a", 13))));
    events.extend([started("a::one_b"), RunnerEvent::Finished(result)]);
    let script = ended(events, SessionOutcome::Exited { code: 1 });
    let runner = FakeRunner::playing([
        script,
        returned(vec![collected(&["a::two"]), started("a::two"), finished("a::two", Passed)]),
    ]);
    let heard = Heard::default();
    let files = vec![SourceFile { path: "a".to_owned(), bytes: vec![], role: FileRole::Test }];
    let verdict = judge(&runner, Some(&backend()), suite(files), &policy(), &heard).await.expect("a verdict");
    let said = |report: &TestReport| (report.id.clone(), report.message.clone(), report.detail.clone());
    let expected = ("a::one".to_owned(), "a:12: one is wrong".to_owned(), "File \"a\", line 12, in one".to_owned());
    assert_eq!(said(&verdict.tests[0]), expected);
    let heard = heard.0.into_inner().expect("no panic");
    let told = ["collected a::one@10 a::two@10", "started a::one", "a::one a:12: one is wrong", "1 to go"];
    assert_eq!(heard[..4], told);
    assert_eq!(runner.reruns(), [["a::two"]]);
}

#[derive(Default)]
struct Heard(Mutex<Vec<String>>);

impl Heard {
    fn hear(&self, what: String) {
        self.0.lock().expect("no panic").push(what);
    }
}

impl Reporter for Heard {
    fn collected(&self, cases: &[TestCase]) {
        let cases = cases.iter().map(|case| format!(" {}@{}", case.id, case.location.line));
        self.hear(format!("collected{}", cases.collect::<String>()));
    }

    fn started(&self, id: &str) {
        self.hear(format!("started {id}"));
    }

    fn finished(&self, report: &TestReport) {
        self.hear(format!("{} {}", report.id, report.message));
    }

    fn rerun(&self, remaining: usize, _cause: &str) {
        self.hear(format!("{remaining} to go"));
    }
}

#[tokio::test]
async fn a_later_session_is_asked_for_tests_and_twins_by_the_names_that_they_have_there() {
    let first = vec![collected(&["a::one", "a::one_b", "a::two"]), started("a::two")];
    let mut second = vec![collected(&["a::one", "a::one_b"])];
    second.extend(changed(Failed, Some(place("a", 12))));
    second.extend([started("a::one_b"), finished("a::one_b", Passed)]);
    let runner = FakeRunner::playing([ended(first, SessionOutcome::Exited { code: 0 }), returned(second)]);
    let verdict = runner.judge_with(&policy(), Some(&backend())).await;
    assert_eq!(runner.reruns(), [["a::one", "a::one_b"]]);
    assert!(check(&verdict, CheckName::Canaries).held);
    assert_eq!((verdict.passed, verdict.errors), (1, 1));
}

#[tokio::test]
async fn who_selects_by_name_gets_no_twins_and_no_check_of_them() {
    let plain = || returned(all(Passed, &["a::one", "a::two"]));
    let runner = FakeRunner::playing([plain()]);
    let verdict = runner.judge_selecting(Some("one"), &policy(), Some(&backend())).await;
    assert_eq!((verdict.verdict, verdict.canary_key), (Judgement::Passed, None));
    assert!(verdict.checks.iter().all(|check| check.name != CheckName::Canaries));
    assert!(runner.requests.lock().expect("no panic")[0].files[0].bytes.is_empty());
    let by_path = |path: &str| Suite {
        paths: vec![path.to_owned()],
        files: Arc::new(vec![SourceFile { path: "t/a".to_owned(), bytes: vec![], role: FileRole::Test }]),
        ..Suite::default()
    };
    assert!(by_path("t/a::one").selects_by_name());
    assert!(!by_path("t/a").selects_by_name() && !by_path("t").selects_by_name() && !by_path("t/").selects_by_name());
}

#[tokio::test]
async fn where_state_lasts_from_test_to_test_there_are_no_twins() {
    let split = |renewal| SplitRequest {
        component: "c".to_owned(),
        files: Arc::default(),
        import_paths: vec![],
        exports: vec![],
        type_modules: vec![],
        renewal,
        effects: BTreeMap::new(),
    };
    let files = vec![SourceFile { path: "a".to_owned(), bytes: vec![], role: FileRole::Test }];
    for (renewal, has_twins) in [(Renewal::Modules, true), (Renewal::Instance, true), (Renewal::Never, false)] {
        let suite = Suite { split: Some(Arc::new(split(renewal))), ..suite(files.clone()) };
        let planted = twins::plant(&backend(), &suite, &policy()).await.expect("a backend that answers");
        assert_eq!(planted.is_some(), has_twins, "{renewal:?}");
    }
}

#[tokio::test]
async fn the_verdict_keeps_the_key_and_with_it_the_run_is_the_same() {
    let play = async |key| {
        let runner = FakeRunner::playing([returned(events(changed(Failed, Some(place("a", 13)))))]);
        runner.judge_with(&Policy { canary_key: Some(key), ..policy() }, Some(&backend())).await
    };
    let first = play(CanaryKey::Secret([1; 32])).await;
    let key = first.canary_key.clone().expect("it had twins");
    let again = play(CanaryKey::of_verdict(&key).expect("64 digits")).await;
    assert_eq!(first, again);
    assert_ne!(play(CanaryKey::Secret([2; 32])).await.canary_key, Some(key));
}

#[tokio::test]
async fn an_expected_test_that_is_missing_or_failed_fails_the_suite() {
    let judged = async |expected: &[&str], outcome| {
        let runner = FakeRunner::playing([returned(all(outcome, &["a::one", "a::two"]))]);
        let expected_ids = Some(expected.iter().map(|id| (*id).to_owned()).collect());
        judge(&runner, None, Suite { expected_ids, ..suite(vec![]) }, &Policy::default(), &Silent)
            .await
            .expect("a verdict")
    };
    let verdict = judged(&["a::one", "a::two"], Passed).await;
    assert_eq!(verdict.verdict, Judgement::Passed);
    assert_eq!(check(&verdict, CheckName::ExpectedIds).detail, "2 ids expected, none is missing or failed");
    let verdict = judged(&["a::one", "a::one[2]"], Passed).await;
    assert_eq!(verdict.verdict, Judgement::Failed);
    let detail = &check(&verdict, CheckName::ExpectedIds).detail;
    assert_eq!(detail, "expected since the suite was written, and not passed: `a::one[2]`");
    assert!(!check(&judged(&["a::one"], Failed).await, CheckName::ExpectedIds).held);
}

#[tokio::test]
async fn a_selection_is_not_held_against_what_is_expected() {
    let runner = FakeRunner::playing([returned(all(Passed, &["a::one"]))]);
    let suite =
        Suite { expected_ids: Some(vec!["a::two".to_owned()]), keyword: Some("one".to_owned()), ..suite(vec![]) };
    let verdict = judge(&runner, None, suite, &Policy::default(), &Silent).await.expect("a verdict");
    assert_eq!(verdict.verdict, Judgement::Passed);
}
