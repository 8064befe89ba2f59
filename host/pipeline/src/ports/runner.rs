//! The port to a test runner: one suite in one fresh sandbox, results as a stream of typed events.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use pact_model::effect::Effect;
use pact_model::profile::Profile;
use pact_model::receipt::Receipt;
use pact_model::suite::{CollectionError, SourceFile, TestCase, TestResult};
use serde::{Deserialize, Serialize};
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Whether it can run the tests in one instance and the tested code in another.
    pub can_split: bool,
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
    /// When not empty: collect only these files or ids.
    pub paths: Vec<String>,
    /// Seeds all random numbers.
    pub seed: u64,
    /// Fuel for the whole session.
    pub fuel: u64,
    /// Fuel for one test, from `started` to `finished`.
    pub test_fuel: u64,
    /// When present: run the tests in an order drawn from this seed.
    pub shuffle: Option<u64>,
    /// When present: what the wall clock says when the session starts, in seconds since 1970.
    pub clock_start: Option<u64>,
    /// Whether the host keeps an account of which function uses how much fuel, where the runner tells it.
    pub profile: bool,
    /// When present: the tested code runs in an instance of its own. Only for a runner that can.
    pub split: Option<Arc<SplitRequest>>,
}

/// The tested side of a split suite. `files` of the suite hold a proxy in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitRequest {
    /// The component: the module that implements it, and the one that tests import.
    pub component: String,
    /// Everything below the root of the tested side: the implementation, types, proxies of what it calls. No test.
    pub files: Arc<Vec<SourceFile>>,
    /// Folders below that root that come first on its import path.
    pub import_paths: Vec<String>,
    /// The functions and classes of the contract: nothing else can be called.
    pub exports: Vec<String>,
    /// The modules whose classes cross by value.
    pub type_modules: Vec<String>,
    /// What becomes of the tested side between two tests.
    pub renewal: Renewal,
    /// What each function of the contract may do beside computing; a method as `Class.method`. One that is absent may do
    /// nothing.
    pub effects: BTreeMap<String, BTreeSet<Effect>>,
}

/// What becomes of the tested side between two tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Renewal {
    /// Its modules are imported anew: no state of theirs lasts.
    Modules,
    /// It is a new instance: nothing lasts.
    Instance,
    /// Nothing: the contract says that state lasts.
    Never,
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
    /// The tested side of a split suite answered a call. Said by the host, not by the runner.
    Called(Called),
    /// The tested side of a split suite was imported and did what no function of its contract may do. Said by the host, not by
    /// the runner.
    Imported(BTreeSet<Effect>),
    /// The tested side of a split suite ended its instance. Said by the host, not by the runner; the text says how, and may
    /// quote the guest.
    TestedEnded(String),
}

/// One call of a contract's function, from the tests' side to the tested one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// The function; a method as `Class.method`, a step of a generator or coroutine under the function that made it.
    pub function: String,
    /// Fuel that the tested side used for it. What the tests' side did meanwhile (answers to questions) is not in it.
    pub fuel: u64,
    /// What it did although its contract does not say so. The host has denied what can be denied.
    pub violations: BTreeSet<Effect>,
}

/// How a session ended.
#[derive(Debug, Clone)]
pub struct Session {
    /// Cost and outcome of the instance that ran the tests.
    pub receipt: Receipt,
    /// Those of the instances that held the tested code, where the suite was split: more than one when one was ended.
    pub tested: Vec<Receipt>,
    /// What the runner says it ran; absent when it did not return.
    pub summary: Option<Summary>,
    /// The runner says that the user's selection or settings are wrong. Untrusted text.
    pub invalid_input: Option<String>,
    /// Where its fuel went; absent when nobody wanted to know, and when the runner cannot tell.
    pub profile: Option<Profile>,
}

impl Session {
    /// Returns the fuel of all its instances.
    #[must_use]
    pub fn fuel(&self) -> u64 {
        self.tested.iter().fold(self.receipt.fuel, |sum, receipt| sum.saturating_add(receipt.fuel))
    }
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
