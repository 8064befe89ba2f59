//! The port to a test runner: one suite in one fresh sandbox, results as a stream of typed events.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use pact_model::receipt::Receipt;
use pact_model::suite::{CollectionError, SourceFile, TestCase, TestResult};
use tokio::sync::mpsc::UnboundedSender;

use super::PluginFault;

/// Executes the tests of one language.
#[async_trait]
pub trait TestRunner: Send + Sync {
    /// What the runner says of itself.
    fn info(&self) -> &RunnerInfo;

    /// Runs the suite in a fresh instance and sends each event as it happens.
    ///
    /// The sink is closed before this returns. A sandbox that was ended early (by a limit, an exit, a trap) is an ordinary
    /// return: [`Session::receipt`] says which, and the events say what ran until then.
    ///
    /// # Errors
    /// Only when the sandbox could not be started at all.
    async fn run(&self, request: &SuiteRequest, events: EventSink) -> Result<Session, PluginFault>;
}

/// What a runner says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunnerInfo {
    /// The plugin's id.
    pub plugin: String,
    /// The language that it executes.
    pub language: String,
    /// Engine and framework with versions, for people.
    pub engine: String,
    /// The command that provides a missing module; holds `{module}` and `{packages}`.
    pub install_hint: String,
    /// Glob patterns of the files that hold tests.
    pub test_patterns: Vec<String>,
}

/// One suite to run.
#[derive(Debug, Clone)]
pub struct SuiteRequest {
    /// Everything below the suite's root.
    pub files: Arc<Vec<SourceFile>>,
    /// Third-party packages, relative to the packages folder; they are no part of the suite.
    pub packages: Arc<Vec<SourceFile>>,
    /// Folders below the root that come first on the import path.
    pub import_paths: Vec<String>,
    /// The framework's own selection expression.
    pub keyword: Option<String>,
    /// When not empty: run only these ids.
    pub only: Vec<String>,
    /// Seeds all random numbers.
    pub seed: u64,
    /// Fuel for the whole session.
    pub fuel: u64,
    /// Fuel for one test, from `started` to `finished`.
    pub test_fuel: u64,
}

/// Where the events of a session go.
pub type EventSink = UnboundedSender<Stamped>;

/// An event with what the host measured when it arrived.
#[derive(Debug, Clone)]
pub struct Stamped {
    /// Fuel used since the session began.
    pub fuel: u64,
    /// Real time since the session began.
    pub at: Duration,
    /// What the runner said.
    pub event: RunnerEvent,
}

/// What a runner says while it works. Nothing of it is trusted: the order is checked by the judge.
#[derive(Debug, Clone)]
pub enum RunnerEvent {
    /// All tests that will run.
    Collected(Vec<TestCase>),
    /// A file that could not be collected.
    CollectionFailed(CollectionError),
    /// What happens from now on is this test's doing.
    Started(String),
    /// A test ended.
    Finished(TestResult),
}

/// How a session ended.
#[derive(Debug, Clone)]
pub struct Session {
    /// Cost and outcome.
    pub receipt: Receipt,
    /// What the runner says it ran; absent when it did not return.
    pub summary: Option<Summary>,
    /// The runner says that the user's selection or settings are wrong. Untrusted text.
    pub invalid_input: Option<String>,
}

/// The runner's own count, to be compared with the events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Tests that were collected.
    pub collected: u32,
    /// Tests that the selection left out.
    pub deselected: u32,
    /// Tests that ended.
    pub finished: u32,
}
