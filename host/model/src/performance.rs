//! What was measured for the performance bounds of a contract. How it is judged is in the pipeline.

use serde::{Deserialize, Serialize};

mod growth;

pub use growth::Growth;

/// What one function cost, beside what its contract allows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PerformanceReport {
    /// The function, as the contract names it.
    pub function: String,
    /// Which bound this is about.
    pub bound: BoundKind,
    /// The bound as the contract says it, with its unit: `O(n log n)`, `20 ms`, `64 MB`.
    pub claimed: String,
    /// What was found, in the same terms, for people: `about n^2.0`, `at most 3.1 ms`.
    pub fitted: String,
    /// Cost by size of input, in the order of the sizes; empty for bounds that need no sizes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<PerformancePoint>,
    /// Whether the bound holds.
    pub held: Held,
    /// Why it is judged so.
    pub reason: String,
}

/// The parts of a performance bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BoundKind {
    /// How cost grows with the size of the input.
    Complexity,
    /// How long 95 of 100 calls may take.
    Latency,
    /// How much memory the component may take.
    Memory,
}

/// Whether a bound holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// It could not be judged: a finding, neither a pass nor a failure.
    Unknown,
}

/// The cost of one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PerformancePoint {
    /// The size that the generator was asked for.
    pub size: u64,
    /// Fuel of the call, less what the same call costs an implementation that does nothing.
    pub fuel: u64,
}
