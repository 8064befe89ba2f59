//! Twins of tests: copies with one expected value changed, which must therefore fail.

use serde::{Deserialize, Serialize};

/// A test and its changed copy, in a twinned source. One of the two has the name that the author gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Twin {
    /// The author's test, as the runner names its function in the author's source.
    pub original: String,
    /// The unchanged test, as the runner names its function in the twinned source.
    pub unchanged: String,
    /// The changed one, likewise.
    pub changed: String,
    /// Where the statement begins that must fail, in the twinned source.
    pub first_line: u32,
    /// Where it ends.
    pub last_line: u32,
}

/// A run of lines that were moved together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineRun {
    /// The first line in the twinned source.
    pub twinned: u32,
    /// The line of the author's source that it was.
    pub original: u32,
    /// How many.
    pub count: u32,
}

/// A test source with twins in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwinnedSource {
    /// Its text.
    pub text: String,
    /// The twins; empty when no test of the source can have one.
    pub twins: Vec<Twin>,
    /// Where the author's lines went.
    pub lines: Vec<LineRun>,
}
