//! The judgement of a suite: what ran, what held, and whether that is enough.
//!
//! Only data. How a verdict is reached is in the pipeline.

use serde::{Deserialize, Serialize};

use crate::receipt::Receipt;
use crate::suite::{CollectionError, Outcome};

/// What pact says about a suite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Judgement {
    /// Every test ran and every check held.
    Passed,
    /// Something did not hold.
    Failed,
    /// No judgement was possible, and that says nothing about the code: real time ran out or a plugin is at fault.
    None,
}

/// A mechanical check of a verdict, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// One word per check, as in `docs/glossary.md`.
    pub name: CheckName,
    /// Whether it held.
    pub held: bool,
    /// What was looked at, or what did not hold. May contain text of a guest.
    pub detail: String,
}

/// The checks of a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckName {
    /// Each collected test started once and ended with one typed result.
    TypedResults,
    /// At least one test passed.
    ZeroTests,
    /// Every test function that the backend's parser finds was collected and executed.
    ExpectedFunctions,
    /// Every skip and every expected failure has its mark in the source of the test.
    SkipMarks,
}

/// One test in a verdict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TestReport {
    /// The id under which it was collected.
    pub id: String,
    /// How it ended, after the checks.
    pub outcome: Outcome,
    /// Real time between start and end, for people: it never decides anything.
    pub seconds: f64,
    /// Fuel between start and end, stamped by the host.
    pub fuel: u64,
    /// One line; empty for a pass. Untrusted.
    pub message: String,
    /// Source lines, values and captured output of a failure. Untrusted.
    #[serde(skip)]
    pub detail: String,
    /// The module that nothing provides, when that was the reason. Untrusted.
    #[serde(skip)]
    pub missing_module: Option<String>,
}

/// The judgement of a suite with its evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// The judgement.
    pub verdict: Judgement,
    /// Why there is none, or what ended the suite early.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Tests that passed (an expected failure that failed counts as passed).
    pub passed: u32,
    /// Tests that failed.
    pub failed: u32,
    /// Tests whose setup or teardown failed, files that could not be collected, tests that ended the sandbox.
    pub errors: u32,
    /// Tests that a mark in their source leaves out.
    pub skipped: u32,
    /// All of them.
    pub total: u32,
    /// Tests that the selection left out; not part of `total`.
    pub deselected: u32,
    /// The mechanical checks, in a fixed order. A check that was not made is absent.
    pub checks: Vec<Check>,
    /// Every test, in the order of collection.
    pub tests: Vec<TestReport>,
    /// Files that could not be collected.
    pub collection_errors: Vec<CollectionError>,
    /// The seed of the run.
    pub seed: u64,
    /// The sessions that it took: more than one when a test ended the first.
    pub receipt: Vec<Receipt>,
}
