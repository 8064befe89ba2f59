//! Canaries: tests with one expected value changed in place, which must therefore fail.

use serde::{Deserialize, Serialize};

/// A changed test, in a planted source. It has the name and the place that its author gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Canary {
    /// The test, as the runner names its function.
    pub function: String,
    /// Where the statement begins that must fail.
    pub first_line: u32,
    /// Where it ends.
    pub last_line: u32,
    /// Whether each case of the test must fail there; else at least one must, and the others pass.
    pub every_case: bool,
}

/// A test source with canaries in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlantedSource {
    /// Its text. Every line is where it was.
    pub text: String,
    /// The canaries; empty when no test of the source can be one.
    pub canaries: Vec<Canary>,
}
