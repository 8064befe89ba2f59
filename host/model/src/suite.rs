//! A suite of tests and what a runner says about it, in the host's own words.
//!
//! Not for judging: what the results add up to is in [`crate::verdict`].

use serde::{Deserialize, Serialize};

/// What a file is to a suite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileRole {
    /// The code under test.
    Implementation,
    /// Holds tests.
    Test,
    /// Anything else that tests or code may read or import.
    Support,
}

/// A file that goes into the sandbox by value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Relative to the suite's root, with `/`, without `.` and `..`.
    pub path: String,
    /// The whole content.
    pub bytes: Vec<u8>,
    /// What the file is to the suite.
    pub role: FileRole,
}

/// A place in a file of the suite. Lines count from one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// Relative to the suite's root; as the interpreter names it where it lies outside.
    pub path: String,
    /// One-based.
    pub line: u32,
}

/// A test that a runner collected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestCase {
    /// Unique in the suite, in the runner's spelling.
    pub id: String,
    /// The test function without its parameters.
    pub function: String,
    /// Where the function stands.
    pub location: Location,
}

/// How one test ended, as the runner says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It held.
    Passed,
    /// It did not hold.
    Failed,
    /// Its setup or teardown failed, it could not be collected, or it ended the sandbox.
    Error,
    /// It did not run because a mark says so.
    Skipped,
    /// It failed, and a mark said that it would.
    Xfailed,
    /// It passed, although a mark said that it would fail.
    Xpassed,
}

/// The typed result of one test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestResult {
    /// The id under which it was collected.
    pub id: String,
    /// How it ended.
    pub outcome: Outcome,
    /// Where the outcome was raised; absent for a pass.
    pub raised_at: Option<Location>,
    /// One line: the assertion, the exception, the reason of a skip.
    pub message: String,
    /// What the framework shows for a failure: source lines, values, captured output.
    pub detail: String,
    /// The module that nothing in the suite, its packages or the runner provides, when that was the reason.
    pub missing_module: Option<String>,
}

/// A file that could not be collected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionError {
    /// Where it failed.
    pub location: Location,
    /// One line.
    pub message: String,
    /// What the framework shows.
    pub detail: String,
    /// The module that nothing in the suite, its packages or the runner provides, when that was the reason.
    pub missing_module: Option<String>,
}

/// What a language backend found in the source of a test file, without running it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestListing {
    /// In the order of the source.
    pub functions: Vec<DeclaredTest>,
    /// Calls that let a running test skip or fail by permission, wherever they stand in the file.
    pub calls: Vec<Mark>,
    /// Marks on cases of fixtures' parameters, each with the lines of the fixture's decorators.
    pub fixtures: Vec<Mark>,
    /// The framework may skip the whole file, because its top level says so.
    pub skips_module: bool,
}

/// A test function that a language backend found in a source file, without running it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclaredTest {
    /// In the runner's spelling, without parameters.
    pub function: String,
    /// How sure it is that the framework collects it.
    pub certainty: Certainty,
    /// The first decorator's line, else that of the definition. Lines count from one.
    pub first_line: u32,
    /// The line of the definition itself.
    pub definition_line: u32,
    /// The last line of its body.
    pub last_line: u32,
    /// The marks that stand on it, on its class or on its module.
    pub marks: Vec<Mark>,
}

/// How sure it is that the framework collects a test function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Defined unconditionally: it must be collected.
    Defined,
    /// Defined inside a condition: it may be.
    Conditional,
    /// Bound by an import or an assignment: it is when what it names is a test.
    Bound,
}

/// A place in a test source that changes what a result means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// What the mark allows.
    pub kind: MarkKind,
    /// As it is written, without arguments.
    pub text: String,
    /// Where it begins.
    pub first_line: u32,
    /// Where it ends.
    pub last_line: u32,
}

/// What a mark allows a test to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    /// Not run.
    Skip,
    /// Not run under a condition.
    SkipIf,
    /// Fail.
    Xfail,
}
