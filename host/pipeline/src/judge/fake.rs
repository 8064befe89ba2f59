//! A runner and a backend that play scripts, for the tests of the judge.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use pact_model::canary::PlantedSource;
use pact_model::receipt::{Limit, Receipt, SessionOutcome};
use pact_model::suite::{
    Certainty, DeclaredTest, FileRole, Location, Mark, MarkKind, Outcome, SourceFile, TestCase, TestListing, TestResult,
};

use super::{Policy, Silent, Suite, judge};
use crate::ports::{
    BackendInfo, EventSink, LanguageBackend, PluginFault, RunnerEvent, RunnerInfo, Session, Stamped, SuiteRequest,
    Summary, TestRunner,
};
use pact_model::verdict::{Check, CheckName, TestReport, Verdict};

/// What one session plays.
#[derive(Clone)]
pub(super) struct Script {
    pub(super) events: Vec<RunnerEvent>,
    pub(super) outcome: SessionOutcome,
    pub(super) summary: Option<Summary>,
    pub(super) invalid_input: Option<String>,
    /// Fuel of the whole session; each event takes ten units of it.
    pub(super) fuel: u64,
}

/// Plays one script per session and keeps the requests.
pub(super) struct FakeRunner {
    info: RunnerInfo,
    scripts: Mutex<VecDeque<Script>>,
    pub(super) requests: Mutex<Vec<SuiteRequest>>,
}

impl FakeRunner {
    pub(super) fn playing(scripts: impl IntoIterator<Item = Script>) -> Self {
        let info = RunnerInfo {
            plugin: "runner-fake".to_owned(),
            language: "fake".to_owned(),
            engine: "Fake 1".to_owned(),
            install_hint: String::new(),
            test_patterns: vec![],
            can_split: false,
        };
        Self { info, scripts: Mutex::new(scripts.into_iter().collect()), requests: Mutex::default() }
    }

    pub(super) async fn judge(&self) -> Verdict {
        self.judge_with(&Policy::default(), None).await
    }

    pub(super) async fn judge_with(&self, policy: &Policy, backend: Option<&FakeBackend>) -> Verdict {
        self.judge_selecting(None, policy, backend).await
    }

    /// As a user who gives a selection expression.
    pub(super) async fn judge_selecting(
        &self,
        keyword: Option<&str>,
        policy: &Policy,
        backend: Option<&FakeBackend>,
    ) -> Verdict {
        let files = backend.map(FakeBackend::files).unwrap_or_default();
        let backend = backend.map(|backend| backend as &dyn LanguageBackend);
        let suite = Suite { keyword: keyword.map(str::to_owned), ..suite(files) };
        judge(self, backend, suite, policy, &Silent).await.expect("the fake runner always starts")
    }

    /// Whether no script is left.
    pub(super) fn is_played_out(&self) -> bool {
        self.scripts.lock().expect("no test panics").is_empty()
    }

    /// The ids that each session after the first was asked for.
    pub(super) fn reruns(&self) -> Vec<Vec<String>> {
        self.requests.lock().expect("no test panics").iter().skip(1).map(|request| request.only.clone()).collect()
    }
}

#[async_trait]
impl TestRunner for FakeRunner {
    fn info(&self) -> &RunnerInfo {
        &self.info
    }

    async fn run(&self, request: &SuiteRequest, events: EventSink) -> Result<Session, PluginFault> {
        self.requests.lock().expect("no test panics").push(request.clone());
        let script = self.scripts.lock().expect("no test panics").pop_front().expect("a script for this session");
        let mut fuel = 0;
        for event in script.events {
            fuel += 10;
            let stamped = Stamped { fuel, at: Duration::from_millis(fuel), event };
            events.send(stamped).expect("the judge listens until the session ends");
        }
        let limit = match script.outcome {
            SessionOutcome::Limited { limit } => Some(limit),
            _ => None,
        };
        let receipt = Receipt {
            plugin: "runner-fake".to_owned(),
            digest: "00".to_owned(),
            call: "runner.run".to_owned(),
            outcome: script.outcome,
            limit,
            fuel: script.fuel,
            wall_ms: fuel + 5,
            peak_memory_bytes: 0,
            output_bytes: 0,
            seed: request.seed,
            engine: "fake".to_owned(),
        };
        Ok(Session {
            receipt,
            tested: vec![],
            summary: script.summary,
            invalid_input: script.invalid_input,
            profile: None,
        })
    }
}

/// Answers with given listings.
pub(super) struct FakeBackend {
    info: BackendInfo,
    listings: HashMap<String, TestListing>,
    /// Files of the suite that have no listing: path, content and role.
    others: Vec<SourceFile>,
    /// By path; a file of the suite without one comes back as it is.
    planted: HashMap<String, PlantedSource>,
}

impl FakeBackend {
    pub(super) fn finding(listings: impl IntoIterator<Item = (&'static str, TestListing)>) -> Self {
        let info =
            BackendInfo { plugin: "fake".to_owned(), language: "fake".to_owned(), runner: "runner-fake".to_owned() };
        let listings = listings.into_iter().map(|(path, listing)| (path.to_owned(), listing)).collect();
        Self { info, listings, others: Vec::new(), planted: HashMap::new() }
    }

    /// Puts another file into the suite.
    pub(super) fn beside(mut self, path: &str, bytes: &[u8], role: FileRole) -> Self {
        self.others.push(SourceFile { path: path.to_owned(), bytes: bytes.to_vec(), role });
        self
    }

    /// Has canaries for a file, whatever the key.
    pub(super) fn planting(mut self, path: &str, source: PlantedSource) -> Self {
        self.planted.insert(path.to_owned(), source);
        self
    }

    fn files(&self) -> Vec<SourceFile> {
        let test = |path: &String| SourceFile { path: path.clone(), bytes: vec![], role: FileRole::Test };
        self.listings.keys().map(test).chain(self.others.iter().cloned()).collect()
    }
}

#[async_trait]
impl LanguageBackend for FakeBackend {
    fn info(&self) -> &BackendInfo {
        &self.info
    }

    async fn list_tests(&self, path: &str, _source: &[u8]) -> Result<Option<TestListing>, PluginFault> {
        Ok(self.listings.get(path).cloned())
    }

    async fn plant_canaries(
        &self,
        path: &str,
        source: &[u8],
        _key: &[u8],
        count: u32,
    ) -> Result<Option<PlantedSource>, PluginFault> {
        let Ok(text) = std::str::from_utf8(source) else { return Ok(None) };
        let as_it_is = || PlantedSource { text: text.to_owned(), canaries: Vec::new() };
        Ok(Some(self.planted.get(path).filter(|_| count > 0).cloned().unwrap_or_else(as_it_is)))
    }
}

pub(super) fn suite(files: Vec<SourceFile>) -> Suite {
    Suite {
        files: Arc::new(files),
        packages: Arc::default(),
        import_paths: vec![],
        keyword: None,
        paths: vec![],
        seed: 7,
        shuffle: None,
        clock_start: None,
        split: None,
        shared_because: vec![],
        expected_ids: None,
    }
}

/// A session that returned, with the summary that its events add up to.
pub(super) fn returned(events: Vec<RunnerEvent>) -> Script {
    let collected = events.iter().map(|event| match event {
        RunnerEvent::Collected(cases) => cases.len(),
        _ => 0,
    });
    let collected = u32::try_from(collected.sum::<usize>()).expect("few");
    let finished = events.iter().filter(|event| matches!(event, RunnerEvent::Finished(_))).count();
    let finished = u32::try_from(finished).expect("few");
    let summary = Some(Summary { collected, deselected: 0, finished });
    Script { events, outcome: SessionOutcome::Returned, summary, invalid_input: None, fuel: 1000 }
}

/// A session that something ended.
pub(super) fn ended(events: Vec<RunnerEvent>, outcome: SessionOutcome) -> Script {
    Script { events, outcome, summary: None, invalid_input: None, fuel: 1000 }
}

pub(super) fn limited(limit: Limit) -> SessionOutcome {
    SessionOutcome::Limited { limit }
}

/// `a::test_x` stands in the file `a`, where [`declares`] puts it; what stands in brackets is a parameter.
pub(super) fn collected(ids: &[&str]) -> RunnerEvent {
    let case = |id: &&str| TestCase {
        id: (*id).to_owned(),
        function: id.split('[').next().expect("split gives one part").to_owned(),
        location: place(id.split("::").next().expect("split gives one part"), 10),
    };
    RunnerEvent::Collected(ids.iter().map(case).collect())
}

pub(super) fn started(id: &str) -> RunnerEvent {
    RunnerEvent::Started(id.to_owned())
}

pub(super) fn finished(id: &str, outcome: Outcome) -> RunnerEvent {
    finished_at(id, outcome, None)
}

pub(super) fn finished_at(id: &str, outcome: Outcome, raised_at: Option<Location>) -> RunnerEvent {
    let message = if outcome == Outcome::Passed { String::new() } else { "why".to_owned() };
    RunnerEvent::Finished(TestResult {
        id: id.to_owned(),
        outcome,
        raised_at,
        message,
        detail: String::new(),
        missing_module: None,
    })
}

/// All events of a suite in which every test ends like this.
pub(super) fn all(outcome: Outcome, ids: &[&str]) -> Vec<RunnerEvent> {
    let mut events = vec![collected(ids)];
    events.extend(ids.iter().flat_map(|id| [started(id), finished(id, outcome)]));
    events
}

pub(super) fn place(path: &str, line: u32) -> Location {
    Location { path: path.to_owned(), line }
}

/// A function on lines 10 to 20.
pub(super) fn declares(function: &str, marks: Vec<Mark>) -> DeclaredTest {
    DeclaredTest {
        function: function.to_owned(),
        certainty: Certainty::Defined,
        first_line: 10,
        definition_line: 11,
        last_line: 20,
        marks,
    }
}

pub(super) fn listing(functions: Vec<DeclaredTest>) -> TestListing {
    TestListing { functions, ..TestListing::default() }
}

pub(super) fn mark(kind: MarkKind, line: u32) -> Mark {
    Mark { kind, text: "mark".to_owned(), first_line: line, last_line: line }
}

pub(super) fn report<'a>(verdict: &'a Verdict, id: &str) -> &'a TestReport {
    verdict.tests.iter().find(|test| test.id == id).expect("the verdict lists the test")
}

pub(super) fn check(verdict: &Verdict, name: CheckName) -> &Check {
    verdict.checks.iter().find(|check| check.name == name).expect("the check was made")
}
