//! A language, a runner and a model without plugins. The language has one construct: a line of a test file that begins with
//! `test` is a test. An implementation passes unless it holds one of the words `wrong`, `cheat` and `slow`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use pact_model::canary::PlantedSource;
use pact_model::component_id::ComponentId;
use pact_model::contract::ComponentContract;
use pact_model::implementation::ImplementationFile;
use pact_model::phase::Phase;
use pact_model::receipt::{Limit, Receipt, SessionOutcome};
use pact_model::rendered_suite::RenderedSuite;
use pact_model::suite::{
    Certainty, CollectionError, DeclaredTest, FileRole, Location, Outcome, TestCase, TestListing, TestResult,
};
use pact_pipeline::ports::{
    BackendError, BackendInfo, Called, Clock, Completion, CompletionRequest, ContractBackend, ContractFault, Decoy,
    EventDelivery, EventSink, FileNames, LanguageBackend, Obstacle, PluginFault, Provider, ProviderError, Proxy,
    RunEvent, RunReporter, RunnerEvent, RunnerInfo, Session, SourceFinding, SourceText, Stamped, SuiteRequest, Summary,
    TestRunner, Usage,
};

pub(crate) struct FakeLanguage {
    info: BackendInfo,
}

impl FakeLanguage {
    pub(crate) fn named(name: &str) -> Self {
        let info = BackendInfo { plugin: name.to_owned(), language: name.to_owned(), runner: "runner-fake".to_owned() };
        Self { info }
    }
}

fn tests_in(source: &str) -> Vec<(u32, String)> {
    let lines =
        source.lines().zip(1..).filter_map(|(line, number)| Some((number, line.strip_prefix("test ")?.to_owned())));
    lines.collect()
}

#[async_trait]
impl LanguageBackend for FakeLanguage {
    fn info(&self) -> &BackendInfo {
        &self.info
    }

    async fn list_tests(&self, path: &str, source: &[u8]) -> Result<Option<TestListing>, PluginFault> {
        let source = String::from_utf8_lossy(source);
        let functions = tests_in(&source).into_iter().map(|(line, name)| DeclaredTest {
            function: format!("{path}::{name}"),
            certainty: Certainty::Defined,
            first_line: line,
            definition_line: line,
            last_line: line,
            marks: Vec::new(),
        });
        Ok(Some(TestListing { functions: functions.collect(), ..TestListing::default() }))
    }

    // The language compares nothing with a literal, so no test of it can be changed.
    async fn plant_canaries(
        &self,
        _path: &str,
        source: &[u8],
        _key: &[u8],
        _count: u32,
    ) -> Result<Option<PlantedSource>, PluginFault> {
        let Ok(text) = std::str::from_utf8(source) else { return Ok(None) };
        Ok(Some(PlantedSource { text: text.to_owned(), canaries: Vec::new() }))
    }
}

#[async_trait]
impl ContractBackend for FakeLanguage {
    async fn name_files(&self, component: &ComponentId) -> Result<FileNames, BackendError> {
        let id = component.as_str();
        if id == "reserved" {
            let message = "`reserved` is a word of the language".to_owned();
            let fault = ContractFault { code: "invalid-component-id".to_owned(), at: String::new(), message };
            return Err(BackendError::Invalid(vec![fault]));
        }
        Ok(FileNames {
            implementation: format!("src/{id}/{id}.fk"),
            contract_test: format!("tests/{id}/contract_test.fk"),
            emission_test: format!("tests/{id}/emission_test.fk"),
            smoke_test: format!("tests/{id}/smoke_test.fk"),
            validator_test: format!("tests/{id}/validator_test.fk"),
            goodhart_test: format!("tests/{id}/goodhart/goodhart_test.fk"),
            interface: format!("contracts/{id}/interface.fk"),
            types: format!("contracts/{id}/{id}_types.fk"),
            events: format!("contracts/{id}/{id}_events.fk"),
            stand_in: format!("contracts/{id}/stand_in/{id}.fk"),
            import_paths: vec![format!("src/{id}"), format!("contracts/{id}")],
            stand_in_paths: vec![format!("contracts/{id}/stand_in"), format!("contracts/{id}")],
        })
    }

    async fn render_types(&self, contract: &ComponentContract) -> Result<String, BackendError> {
        Ok(contract.types.iter().map(|spec| format!("type {} of {}\n", spec.name, spec.owner_component)).collect())
    }

    async fn render_stub(&self, contract: &ComponentContract) -> Result<String, BackendError> {
        Ok(contract.functions.iter().map(|function| format!("function {}\n", function.name)).collect())
    }

    async fn render_stand_in(&self, contract: &ComponentContract) -> Result<String, BackendError> {
        Ok(format!("stands in for {}\n", contract.component_id))
    }

    async fn render_proxy(&self, contract: &ComponentContract) -> Result<Proxy, BackendError> {
        let id = &contract.component_id;
        Ok(Proxy { text: format!("calls {id}\n"), type_modules: vec![format!("{id}_types")] })
    }

    async fn find_obstacles(&self, _: &ComponentContract, tests: &[SourceText]) -> Result<Vec<Obstacle>, BackendError> {
        let lines =
            tests.iter().flat_map(|file| file.text.lines().zip(1..).map(move |(line, number)| (file, line, number)));
        let found = lines.filter(|(_, line, _)| line.contains("reaches inside"));
        Ok(found
            .map(|(file, line, number)| Obstacle {
                reason: format!("`{line}` cannot be split"),
                path: Some(file.path.clone()),
                line: Some(number),
            })
            .collect())
    }

    // A decoy fails every test, as a wrong implementation does.
    async fn render_decoy(&self, contract: &ComponentContract, decoy: Decoy) -> Result<String, BackendError> {
        let functions: String = contract.functions.iter().map(|function| format!(" {}", function.name)).collect();
        Ok(format!("wrong{functions}, {decoy:?}\n"))
    }

    async fn render_lenient_types(&self, contract: &ComponentContract) -> Result<String, BackendError> {
        Ok(contract.types.iter().map(|spec| format!("lenient type {}\n", spec.name)).collect())
    }

    async fn render_events(&self, contract: &ComponentContract, _: EventDelivery) -> Result<String, BackendError> {
        Ok(format!("events of {}\n", contract.component_id))
    }

    async fn render_suite(
        &self,
        contract: &ComponentContract,
        suite: RenderedSuite,
    ) -> Result<Option<String>, BackendError> {
        Ok(Some(format!("use {}\ntest {}\n", contract.component_id, suite.as_str())))
    }

    async fn find_generators(&self, contract: &ComponentContract, source: &str) -> Result<Vec<String>, BackendError> {
        let has_generator = |name: &str| source.lines().any(|line| line.strip_prefix("generate ") == Some(name));
        let names = contract.functions.iter().map(|function| &function.name).filter(|name| has_generator(name));
        Ok(names.cloned().collect())
    }

    async fn render_probe(
        &self,
        _: &ComponentContract,
        function: &str,
        _path: &str,
        size: u64,
    ) -> Result<String, BackendError> {
        Ok(format!("test probe {function} {size}\n"))
    }

    async fn check_implementation(
        &self,
        contract: &ComponentContract,
        files: &[ImplementationFile],
    ) -> Result<Vec<SourceFinding>, BackendError> {
        let missing = contract
            .functions
            .iter()
            .filter(|function| !files.iter().any(|file| file.content.contains(&function.name)));
        let findings = missing.map(|function| SourceFinding {
            is_error: true,
            code: "missing-export".to_owned(),
            message: format!("`{}` is not exported", function.name),
            path: files[0].path.clone(),
            line: 1,
        });
        Ok(findings.collect())
    }

    async fn syntax_errors(&self, path: &str, source: &str) -> Result<Vec<String>, BackendError> {
        let bad = source.lines().zip(1..).filter(|(line, _)| line.contains("syntax error"));
        Ok(bad.map(|(_, number): (_, u32)| format!("{path}:{number}: it does not parse")).collect())
    }
}

/// Says what the words in the implementation say, and counts its suites. The test `always` passes on everything, `validator`
/// on everything but lenient types.
pub(crate) struct FakeRunner {
    info: RunnerInfo,
    pub(crate) suites: Mutex<Vec<SuiteRequest>>,
}

impl FakeRunner {
    pub(crate) fn new() -> Self {
        let info = RunnerInfo {
            plugin: "runner-fake".to_owned(),
            language: "fake".to_owned(),
            engine: "Fake 1".to_owned(),
            install_hint: String::new(),
            test_patterns: vec!["*_test.fk".to_owned(), "settings.fk".to_owned()],
            can_split: false,
        };
        Self { info, suites: Mutex::default() }
    }

    /// Runs the implementation on a side of its own, where each call has its cost.
    pub(crate) fn splitting() -> Self {
        let runner = Self::new();
        Self { info: RunnerInfo { can_split: true, ..runner.info }, ..runner }
    }

    /// How many suites were run on an implementation.
    pub(crate) fn count(&self) -> usize {
        self.suites.lock().expect("no test panics").iter().filter(|suite| !is_of_a_decoy(suite)).count()
    }

    /// How many suites were run on a decoy.
    pub(crate) fn decoys(&self) -> usize {
        self.suites.lock().expect("no test panics").iter().filter(|suite| is_of_a_decoy(suite)).count()
    }
}

fn text_of(request: &SuiteRequest, role: FileRole) -> String {
    let files = request.files.iter().filter(|file| file.role == role);
    files.map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).collect()
}

fn code_of(request: &SuiteRequest) -> String {
    let tested = request.split.as_ref().map_or(&request.files, |split| &split.files);
    let files = tested.iter().filter(|file| file.role == FileRole::Implementation);
    files.map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).collect()
}

fn probed(id: &str) -> Option<(String, u64)> {
    let mut words = id.split_once("::probe ")?.1.split(' ');
    Some((words.next()?.to_owned(), words.next()?.parse().ok()?))
}

/// What a call of `probe FUNCTION SIZE` costs: crossing the border, then what the implementation says that it does.
fn cost(code: &str, size: u64) -> u64 {
    let work = match code {
        code if code.contains("squares") => 30 * size * size,
        code if code.contains("walks") => 500 * size,
        _ => 0,
    };
    4_000 + 100 * size + work
}

fn is_of_a_decoy(request: &SuiteRequest) -> bool {
    let code = code_of(request);
    [Decoy::Raising, Decoy::Constant].iter().any(|decoy| code.ends_with(&format!("{decoy:?}\n")))
}

#[async_trait]
impl TestRunner for FakeRunner {
    fn info(&self) -> &RunnerInfo {
        &self.info
    }

    async fn run(&self, request: &SuiteRequest, events: EventSink) -> Result<Session, PluginFault> {
        self.suites.lock().expect("no test panics").push(request.clone());
        let test = request.files.iter().find(|file| file.role == FileRole::Test).expect("a suite has a test file");
        let code = code_of(request);
        let cases: Vec<TestCase> = tests_in(&text_of(request, FileRole::Test))
            .into_iter()
            .map(|(line, name)| {
                let id = format!("{}::{name}", test.path);
                TestCase { function: id.clone(), id, location: Location { path: test.path.clone(), line } }
            })
            .filter(|case| request.paths.is_empty() || request.paths.contains(&case.location.path))
            .filter(|case| request.only.is_empty() || request.only.contains(&case.id))
            .collect();
        let send = |event| drop(events.send(Stamped { fuel: 1, at: Duration::ZERO, event }));
        if text_of(request, FileRole::Test).contains("cannot be collected") {
            send(RunnerEvent::CollectionFailed(CollectionError {
                location: Location { path: test.path.clone(), line: 1 },
                message: "it cannot be read".to_owned(),
                detail: String::new(),
                missing_module: None,
            }));
        }
        let has_lenient_types = text_of(request, FileRole::Support).contains("lenient type");
        send(RunnerEvent::Collected(cases.clone()));
        let mut outcome = SessionOutcome::Returned;
        for case in &cases {
            send(RunnerEvent::Started(case.id.clone()));
            if code.contains("cheat") {
                outcome = SessionOutcome::Exited { code: 0 };
                break;
            }
            if code.contains("slow") {
                outcome = SessionOutcome::Limited { limit: Limit::WallClock };
                break;
            }
            if let Some((function, size)) = probed(&case.id) {
                let fuel = cost(&code, size);
                send(RunnerEvent::Called(Called { function, fuel, violations: BTreeSet::new() }));
            }
            let failed = match () {
                () if !request.paths.is_empty() => false,
                () if case.id.ends_with("always") => false,
                () if case.id.ends_with("validator") => has_lenient_types,
                () => code.contains("wrong"),
            };
            send(RunnerEvent::Finished(TestResult {
                id: case.id.clone(),
                outcome: if failed { Outcome::Failed } else { Outcome::Passed },
                raised_at: failed.then(|| case.location.clone()),
                message: if failed { "assert 1 == 2".to_owned() } else { String::new() },
                detail: String::new(),
                missing_module: None,
            }));
        }
        let count = u32::try_from(cases.len()).expect("few");
        let summary = (outcome == SessionOutcome::Returned).then_some(Summary {
            collected: count,
            deselected: 0,
            finished: count,
        });
        let limit = matches!(outcome, SessionOutcome::Limited { .. }).then_some(Limit::WallClock);
        let receipt = Receipt {
            plugin: "runner-fake".to_owned(),
            digest: "00".to_owned(),
            call: "runner.run".to_owned(),
            outcome,
            limit,
            fuel: 10,
            wall_ms: 5,
            peak_memory_bytes: 1,
            output_bytes: 0,
            seed: request.seed,
            engine: "fake".to_owned(),
        };
        Ok(Session { receipt, tested: Vec::new(), summary, invalid_input: None, profile: None })
    }
}

/// A question, by role, component and attempt.
pub(crate) type Question = (Phase, String, u32);

/// Answers from a table and keeps what it was asked.
#[derive(Default)]
pub(crate) struct FakeModel {
    pub(crate) replies: BTreeMap<Question, String>,
    pub(crate) asked: Mutex<Vec<(Question, CompletionRequest)>>,
}

impl FakeModel {
    pub(crate) fn questions(&self) -> Vec<String> {
        let asked = self.asked.lock().expect("no test panics");
        let mut questions: Vec<String> =
            asked.iter().map(|((role, component, attempt), _)| format!("{role}/{component}/{attempt}")).collect();
        questions.sort();
        questions
    }

    pub(crate) fn brief(&self, question: &str) -> String {
        let asked = self.asked.lock().expect("no test panics");
        let found =
            asked.iter().find(|((role, component, attempt), _)| format!("{role}/{component}/{attempt}") == question);
        found.map(|(_, request)| format!("{}\n{}", request.brief.system, request.brief.user)).expect("it was asked")
    }
}

#[async_trait]
impl Provider for FakeModel {
    async fn complete(&self, request: &CompletionRequest) -> Result<Completion, ProviderError> {
        let component = request.component.as_ref().map_or("-", ComponentId::as_str).to_owned();
        let question = (request.role, component, request.attempt);
        self.asked.lock().expect("no test panics").push((question.clone(), request.clone()));
        // Whoever is asked at the same time gets a turn, so that no order of tasks is taken for granted.
        tokio::task::yield_now().await;
        let text = self.replies.get(&question).cloned();
        let text = text.ok_or_else(|| ProviderError::Unavailable {
            role: request.role,
            message: format!("no reply to {question:?}"),
        })?;
        let usage = Usage { input_tokens: 100, output_tokens: 10 };
        Ok(Completion { text, model: "fake/table".to_owned(), usage, is_complete: true })
    }
}

pub(crate) struct FixedClock;

impl Clock for FixedClock {
    fn now(&self) -> String {
        "2026-01-02T03:04:05Z".to_owned()
    }
}

/// Keeps events as short texts.
#[derive(Default)]
pub(crate) struct Listener {
    pub(crate) events: Mutex<Vec<String>>,
}

impl RunReporter for Listener {
    fn report(&self, event: &RunEvent<'_>) {
        let on = |component: &Option<&ComponentId>| component.map_or("-", ComponentId::as_str).to_owned();
        let text = match event {
            RunEvent::Started { .. } | RunEvent::Asked { .. } => return,
            RunEvent::Finished { phase, component, source } => format!("{phase} {} {source:?}", on(component)),
            RunEvent::GaveUp { phase, component, .. } => format!("{phase} {} gave up", on(component)),
            RunEvent::Rejected { phase, component, attempt, reasons } => {
                format!("{phase} {} {attempt} rejected: {}", on(component), reasons.join(" | "))
            }
            RunEvent::Judged { component, attempt, verdict } => {
                format!("judged {component} {attempt} {:?}", verdict.verdict)
            }
            RunEvent::Warned { finding } => format!("warned {finding}"),
        };
        self.events.lock().expect("no test panics").push(text);
    }
}

impl Listener {
    pub(crate) fn heard(&self) -> Vec<String> {
        std::mem::take(&mut *self.events.lock().expect("no test panics"))
    }
}

pub(crate) fn shared<T>(value: T) -> Arc<T> {
    Arc::new(value)
}
