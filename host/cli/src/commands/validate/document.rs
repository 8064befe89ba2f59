//! The document of `pact validate --json`.

use pact_model::finding::{Finding, Severity};
use serde::Serialize;

/// A finding with the line of its place.
#[derive(Debug, Serialize)]
pub(super) struct Placed {
    #[serde(flatten)]
    pub(super) finding: Finding,
    /// Counts from one; none where the file has no such place.
    pub(super) line: Option<u32>,
}

/// `pact/validate@1`.
#[derive(Debug, Serialize)]
pub(super) struct Document<'a> {
    schema: &'static str,
    valid: bool,
    errors: usize,
    warnings: usize,
    findings: &'a [Placed],
}

impl<'a> Document<'a> {
    pub(super) fn new(findings: &'a [Placed]) -> Self {
        let count = |severity| findings.iter().filter(|placed| placed.finding.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        Self { schema: "pact/validate@1", valid: errors == 0, errors, warnings, findings }
    }
}
