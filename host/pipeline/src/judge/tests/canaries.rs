//! Claims about suites with canaries in them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use pact_model::canary::{Canary, PlantedSource};
use pact_model::receipt::SessionOutcome;
use pact_model::suite::{FileRole, Location, Outcome, SourceFile, TestCase};
use pact_model::verdict::{CheckName, Judgement, TestReport, Verdict};

use crate::judge::fake::{
    FakeBackend, FakeRunner, Script, all, check, collected, declares, ended, finished, finished_at, listing, place,
    returned, started, suite,
};
use crate::judge::{CanaryKey, LeftOut, Policy, Reporter, Silent, Suite, canaries, judge, without_canaries};
use crate::ports::{Called, Renewal, RunnerEvent, SplitRequest};

use Outcome::{Error, Failed, Passed, Skipped, Xfailed, Xpassed};

fn policy() -> Policy {
    Policy { canary_key: Some(CanaryKey::Secret([1; 32])), left_out: LeftOut::Never, ..Policy::default() }
}

/// `a::one` is changed: it must fail at lines 12 to 14.
fn backend() -> FakeBackend {
    backend_of(true)
}

fn backend_of(every_case: bool) -> FakeBackend {
    let canary = Canary { function: "a::one".to_owned(), first_line: 12, last_line: 14, every_case };
    let source = PlantedSource { text: "planted".to_owned(), canaries: vec![canary] };
    let functions = vec![declares("a::one", vec![]), declares("a::two", vec![])];
    FakeBackend::finding([("a", listing(functions))]).planting("a", source)
}

fn there() -> Option<Location> {
    Some(place("a", 13))
}

/// The whole suite: what the changed test does, and what the other one does.
fn whole(one: Outcome, at: Option<Location>, two: Outcome) -> Script {
    let one = [started("a::one"), finished_at("a::one", one, at)];
    let two = [started("a::two"), finished("a::two", two)];
    returned([vec![collected(&["a::one", "a::two"])], one.to_vec(), two.to_vec()].concat())
}

/// The same test as it was written, by itself.
fn apart(one: Outcome) -> Script {
    returned(all(one, &["a::one"]))
}

async fn judged(scripts: impl IntoIterator<Item = Script>) -> (Verdict, FakeRunner) {
    let runner = FakeRunner::playing(scripts);
    let verdict = runner.judge_with(&policy(), Some(&backend())).await;
    assert!(runner.is_played_out(), "each session that was expected took place");
    (verdict, runner)
}

#[tokio::test]
async fn a_canary_that_fails_where_it_was_changed_is_seen_by_nobody() {
    let (verdict, runner) = judged([whole(Failed, there(), Passed), apart(Passed)]).await;
    assert_eq!(verdict.verdict, Judgement::Passed, "{:?}", verdict.checks);
    assert_eq!((verdict.passed, verdict.failed, verdict.total, verdict.receipt.len()), (2, 0, 2, 2));
    let ids: Vec<&str> = verdict.tests.iter().map(|test| test.id.as_str()).collect();
    assert_eq!(ids, ["a::one", "a::two"]);
    assert_eq!(check(&verdict, CheckName::TypedResults).detail, "2 collected, 2 results");
    let detail = &check(&verdict, CheckName::Canaries).detail;
    assert_eq!(detail, "1 changed tests, each failed where it was changed and passed as it was written");
    let requests = runner.requests.lock().expect("no panic");
    assert_eq!((requests[0].files[0].bytes.as_slice(), requests[0].paths.len()), (b"planted".as_slice(), 0));
    assert_eq!(
        (requests[1].files[0].bytes.as_slice(), &requests[1].paths),
        (b"".as_slice(), &vec!["a::one".to_owned()])
    );
}

#[tokio::test]
async fn a_file_that_is_too_large_has_no_canaries() {
    let runner = FakeRunner::playing([returned(all(Passed, &["a::one", "a::two"]))]);
    let bytes = vec![b' '; canaries::MAX_FILE_BYTES + 1];
    let suite = suite(vec![SourceFile { path: "a".to_owned(), bytes, role: FileRole::Test }]);
    let verdict = judge(&runner, Some(&backend()), suite, &policy(), &Silent).await.expect("a verdict");
    assert!(runner.is_played_out());
    assert_eq!(verdict.verdict, Judgement::Passed, "{:?}", verdict.checks);
    assert!(verdict.checks.iter().all(|check| check.name != CheckName::Canaries), "{:?}", verdict.checks);
}

#[tokio::test]
async fn a_canary_that_passes_or_is_left_out_by_a_mark_voids_the_run_at_once() {
    for (outcome, words) in [
        (Passed, "passed although its expected value was changed"),
        (Xpassed, "passed although its expected value was changed"),
        (Skipped, "was skipped although the test itself runs"),
        (Xfailed, "failed as expected, although the test itself expects no failure"),
    ] {
        let (verdict, _) = judged([whole(outcome, there(), Passed), apart(Passed)]).await;
        let check = check(&verdict, CheckName::Canaries);
        assert_eq!((verdict.verdict, check.held), (Judgement::Failed, false), "{words}");
        assert_eq!(check.detail, format!("what ran does not compare as its source says: `a::one` {words}"));
        assert_eq!((verdict.passed, verdict.total), (2, 2), "the tests themselves are not touched");
    }
    // Nor does another failure make it a question.
    let (verdict, _) = judged([whole(Passed, None, Failed), apart(Passed)]).await;
    assert!(!check(&verdict, CheckName::Canaries).held && verdict.failed == 1);
}

#[tokio::test]
async fn whoever_fails_beside_a_canary_or_apart_is_judged_as_the_author_wrote_the_suite() {
    let refused = Script { invalid_input: Some("no".to_owned()), ..returned(vec![]) };
    let unclear = [
        [whole(Failed, there(), Failed), apart(Passed)],
        [whole(Failed, there(), Passed), apart(Failed)],
        [whole(Failed, Some(place("a", 15)), Passed), apart(Passed)],
        [whole(Failed, Some(place("b", 13)), Passed), apart(Passed)],
        [whole(Failed, None, Passed), apart(Passed)],
        [whole(Error, there(), Passed), apart(Passed)],
        [whole(Failed, there(), Passed), refused],
        [whole(Failed, there(), Passed), returned(all(Passed, &["a::one[1]", "a::one[2]"]))],
        [whole(Failed, there(), Passed), returned(vec![collected(&[])])],
    ];
    for first in unclear {
        // It fails so, too: that is the verdict, and nothing is said of canaries.
        let (verdict, runner) = judged(first.clone().into_iter().chain([whole(Passed, None, Failed)])).await;
        assert_eq!((verdict.verdict, verdict.failed, verdict.receipt.len()), (Judgement::Failed, 1, 3));
        assert!(verdict.checks.iter().all(|check| check.name != CheckName::Canaries));
        assert!(runner.requests.lock().expect("no panic")[2].files[0].bytes.is_empty());
        // It passes so, and with others: then those are its canaries.
        let good = [whole(Passed, None, Passed), whole(Failed, there(), Passed), apart(Passed)];
        let (verdict, _) = judged(first.clone().into_iter().chain(good)).await;
        assert_eq!((verdict.verdict, verdict.receipt.len()), (Judgement::Passed, 5));
        assert!(check(&verdict, CheckName::Canaries).detail.starts_with("1 changed tests"));
        assert_eq!(without_canaries(check(&verdict, CheckName::Canaries)), None);
        // It passes so, and with others a canary passes.
        let bad = [whole(Passed, None, Passed), whole(Passed, None, Passed), apart(Passed)];
        let (verdict, _) = judged(first.clone().into_iter().chain(bad)).await;
        assert!(verdict.verdict == Judgement::Failed && !check(&verdict, CheckName::Canaries).held);
        // No draw says anything: a pass that claims none, and says so.
        let draws = [first.clone(), first.clone()].concat();
        let (verdict, _) = judged(first.into_iter().chain([whole(Passed, None, Passed)]).chain(draws)).await;
        assert_eq!((verdict.verdict, verdict.receipt.len()), (Judgement::Passed, 7));
        assert!(verdict.canary_key.is_some());
        let said = without_canaries(check(&verdict, CheckName::Canaries)).expect("it is said");
        assert!(said.starts_with("no canary counted: all tests pass as they were written, but in 3 draws"), "{said}");
    }
}

#[tokio::test]
async fn a_canary_that_passes_voids_a_suite_that_fails_apart_on_purpose() {
    let scripts = [whole(Passed, None, Passed), apart(Failed), whole(Passed, None, Passed)];
    let (verdict, _) = judged(scripts).await;
    assert_eq!((verdict.verdict, verdict.passed, verdict.receipt.len()), (Judgement::Failed, 2, 3));
    let check = check(&verdict, CheckName::Canaries);
    assert!(!check.held && check.detail.ends_with("`a::one` passed although its expected value was changed"));
}

#[tokio::test]
async fn what_ends_a_session_or_forges_events_gets_no_second_chance() {
    let ends = ended(vec![collected(&["a::one", "a::two"]), started("a::one")], SessionOutcome::Exited { code: 0 });
    let rest = returned(all(Passed, &["a::two"]));
    let (verdict, runner) = judged([ends, rest, apart(Passed)]).await;
    let check_of = |verdict: &Verdict| check(verdict, CheckName::Canaries).clone();
    assert!(verdict.verdict == Judgement::Failed && !check_of(&verdict).held, "{:?}", verdict.checks);
    assert_eq!(runner.requests.lock().expect("no panic")[1].only, ["a::two"]);
    let forged = [all(Failed, &["a::one"]), vec![finished("a::two", Passed)]].concat();
    let (verdict, _) = judged([returned(forged), apart(Passed)]).await;
    assert!(!check(&verdict, CheckName::TypedResults).held);
    let others = returned(all(Passed, &["a::one", "a::three"]));
    let (verdict, _) = judged([whole(Failed, there(), Passed), others]).await;
    let detail = &check(&verdict, CheckName::TypedResults).detail;
    assert_eq!(detail, "`a::three` ran, but was not among the tests that were to run apart");
}

#[tokio::test]
async fn of_a_changed_table_a_case_fails_and_the_others_pass() {
    let with = |one: Outcome, at: u32, two: Outcome| {
        let ids = ["a::one[1-3]", "a::one[2]", "a::two"];
        let of = |id: &str, outcome| [started(id), finished_at(id, outcome, Some(place("a", at)))];
        returned(
            [vec![collected(&ids)], of(ids[0], one).to_vec(), of(ids[1], two).to_vec(), of(ids[2], Passed).to_vec()]
                .concat(),
        )
    };
    let judged = async |script, every_case| {
        let plain = || returned(all(Passed, &["a::one[1-2]", "a::one[2]", "a::two"]));
        let apart = || returned(all(Passed, &["a::one[1-2]", "a::one[2]"]));
        let runner = FakeRunner::playing([script, apart(), plain(), with(Failed, 13, Failed), apart()]);
        runner.judge_with(&policy(), Some(&backend_of(every_case))).await
    };
    let verdict = judged(with(Failed, 13, Passed), false).await;
    assert_eq!((verdict.verdict, verdict.receipt.len()), (Judgement::Passed, 2), "{:?}", verdict.checks);
    let ids: Vec<&str> = verdict.tests.iter().map(|test| test.id.as_str()).collect();
    assert_eq!(ids, ["a::one[1-2]", "a::one[2]", "a::two"], "what it was changed to is never shown");
    let held = async |script, every_case| check(&judged(script, every_case).await, CheckName::Canaries).held;
    assert!(!held(with(Passed, 13, Passed), false).await);
    assert!(!held(with(Failed, 13, Passed), true).await, "each case of a changed statement has to fail");
    let verdict = judged(with(Failed, 9, Passed), false).await;
    assert_eq!((verdict.verdict, verdict.receipt.len()), (Judgement::Passed, 5), "drawn again");
}

#[tokio::test]
async fn a_case_that_a_mark_ends_as_written_and_as_changed_says_nothing_about_its_canary() {
    let ids = ["a::one[1]", "a::one[2]"];
    let script = |one, two| {
        let of = |id: &str, outcome| [started(id), finished_at(id, outcome, there())];
        returned([vec![collected(&ids)], of(ids[0], one).to_vec(), of(ids[1], two).to_vec()].concat())
    };
    for (changed, written, held) in [(Skipped, Skipped, true), (Xfailed, Xfailed, true), (Skipped, Passed, false)] {
        let runner = FakeRunner::playing([script(Failed, changed), script(Passed, written)]);
        let verdict = runner.judge_with(&policy(), Some(&backend())).await;
        assert_eq!(check(&verdict, CheckName::Canaries).held, held, "{changed:?} {written:?}");
    }
}

#[tokio::test]
async fn a_canary_that_the_suites_own_settings_leave_out_says_nothing() {
    let with = || returned(all(Passed, &["a::two"]));
    let refused = Script { invalid_input: Some("no".to_owned()), ..returned(vec![]) };
    for apart in [apart(Passed), returned(vec![collected(&[])]), refused] {
        let runner = FakeRunner::playing([with(), apart]);
        let folder = Policy { left_out: LeftOut::ByFolder, ..policy() };
        let verdict = runner.judge_with(&folder, Some(&backend())).await;
        assert_eq!((verdict.passed, verdict.total), (1, 1));
        assert!(verdict.checks.iter().all(|check| check.name != CheckName::Canaries));
        assert!(!check(&verdict, CheckName::ExpectedFunctions).held, "it never ran");
    }
}

#[tokio::test]
async fn somebody_who_watches_sees_one_suite_and_no_changed_test() {
    let heard = Heard::default();
    let two = [started("a::two"), finished("a::two", Passed)];
    let changed = [started("a::one[9]"), finished_at("a::one[9]", Failed, there())];
    let with = ended(
        [vec![collected(&["a::one[9]", "a::two"])], changed.to_vec()].concat(),
        SessionOutcome::Exited { code: 1 },
    );
    let rest = returned([vec![collected(&["a::two"])], two.to_vec()].concat());
    let runner = FakeRunner::playing([with, rest, returned(all(Passed, &["a::one[1]"]))]);
    let files = vec![SourceFile { path: "a".to_owned(), bytes: vec![], role: FileRole::Test }];
    judge(&runner, Some(&backend()), suite(files), &policy(), &heard).await.expect("a verdict");
    let heard = heard.0.into_inner().expect("no panic");
    let told =
        ["collected a::one[1]@10 a::two@10", "started a::one[1]", "a::one[1] ", "1 to go", "started a::two", "a::two "];
    assert_eq!(heard, told);
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
async fn calls_of_a_changed_test_count_where_it_runs_as_it_was_written() {
    let call = |fuel| {
        RunnerEvent::Called(Called { function: "f".to_owned(), fuel, violations: std::collections::BTreeSet::new() })
    };
    let mut with = whole(Failed, there(), Passed);
    with.events.insert(2, call(1000));
    with.events.insert(5, call(1));
    let mut apart = apart(Passed);
    apart.events.insert(2, call(2));
    let (verdict, _) = judged([with, apart]).await;
    let [cost] = verdict.calls.as_slice() else { panic!("{:?}", verdict.calls) };
    assert_eq!((cost.calls, cost.fuel, cost.max_fuel), (2, 3, 2));
}

#[tokio::test]
async fn who_selects_by_name_gets_no_canaries_and_no_check_of_them() {
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
async fn where_state_lasts_from_test_to_test_there_are_no_canaries() {
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
    for (renewal, has_canaries) in [(Renewal::Modules, true), (Renewal::Instance, true), (Renewal::Never, false)] {
        let suite = Suite { split: Some(Arc::new(split(renewal))), ..suite(files.clone()) };
        let planted = canaries::plant(&backend(), &suite, &policy(), 0).await.expect("a backend that answers");
        assert_eq!(planted.is_some(), has_canaries, "{renewal:?}");
    }
}

#[tokio::test]
async fn the_verdict_keeps_the_key_and_with_it_the_run_is_the_same() {
    let play = async |key| {
        let runner = FakeRunner::playing([whole(Failed, there(), Passed), apart(Passed)]);
        runner.judge_with(&Policy { canary_key: Some(key), ..policy() }, Some(&backend())).await
    };
    let first = play(CanaryKey::Secret([1; 32])).await;
    let key = first.canary_key.clone().expect("it had canaries");
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
