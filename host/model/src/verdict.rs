//! The judgement of a suite: what ran, what held, and whether that is enough.
//!
//! Only data. How a verdict is reached is in the pipeline.

use serde::{Deserialize, Serialize};

use crate::performance::PerformanceReport;
use crate::receipt::Receipt;
use crate::rendered_suite::RenderedSuite;
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
    /// Every test passed that was collected when the suite was written. Absent when nobody wrote that down.
    ExpectedIds,
    /// Each test that was changed failed there, and passed as it was written; or the detail says that none says anything. Absent
    /// when no test can be changed.
    Canaries,
    /// No function of the contract did what the contract does not say. Absent in shared isolation.
    SideEffects,
    /// No function costs more than its contract allows. Absent when no contract says anything, or nothing was measured.
    Performance,
    /// The suite [`RenderedSuite::Smoke`] passed. Absent where the project does not ask for it.
    Smoke,
    /// The suite [`RenderedSuite::Validators`] passed. Absent where the project does not ask for it, and where no validator is.
    Validators,
    /// The suite [`RenderedSuite::Emission`] passed. Absent where the project does not ask for it.
    Emission,
}

/// Where the tested code ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Isolation {
    /// In an instance of its own: it can reach neither tests nor framework nor results.
    Split,
    /// In the instance that ran the tests.
    Shared,
}

/// What calls of one function of the contract cost, where the host could see them: in split isolation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FunctionCost {
    /// The function; a method as `Class.method`. Named by the host from the contract.
    pub function: String,
    /// How often it was called.
    pub calls: u32,
    /// Units of fuel of all calls together, without what the tests' side did meanwhile.
    pub fuel: u64,
    /// Of the most expensive call.
    pub max_fuel: u64,
    /// 95 of 100 calls cost at most this.
    pub p95_fuel: u64,
}

impl CheckName {
    /// Every check, in the order in which a verdict lists them.
    pub const ALL: [Self; 11] = [
        Self::TypedResults,
        Self::ZeroTests,
        Self::ExpectedFunctions,
        Self::SkipMarks,
        Self::ExpectedIds,
        Self::Canaries,
        Self::SideEffects,
        Self::Performance,
        Self::Smoke,
        Self::Validators,
        Self::Emission,
    ];
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
    /// Where the tested code ran.
    pub isolation: Isolation,
    /// Why a component's suite could not be split. May quote its tests: untrusted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shared_because: Vec<String>,
    /// What the functions of the contract cost, sorted by name; empty in shared isolation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<FunctionCost>,
    /// The highest memory of the tested code's instances; absent in shared isolation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tested_peak_memory_bytes: Option<u64>,
    /// What was measured for the performance bounds of the contract.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub performance: Vec<PerformanceReport>,
    /// The suites that follow from the contract alone, where the project asks for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suites: Vec<RenderedVerdict>,
    /// What drew the canaries of this suite, in hexadecimal: with it the run can be repeated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canary_key: Option<String>,
    /// The sessions that it took: more than one when a test ended the first.
    pub receipt: Vec<Receipt>,
}

/// The judgement of a suite that follows from the contract alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RenderedVerdict {
    /// Which one.
    pub suite: RenderedSuite,
    /// Its own judgement. It has no suites itself.
    pub verdict: Verdict,
}
