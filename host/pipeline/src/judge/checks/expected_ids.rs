//! Whether every test passed that was collected when the suite was written.

use std::collections::HashMap;

use pact_model::suite::Outcome;
use pact_model::verdict::{Check, CheckName};

use super::name_some;
use crate::judge::record::Record;

/// Every expected id passed, or was left out by a mark; comes after the check of the marks, which makes the others failures.
pub(in crate::judge) fn expected_ids(expected: &[String], record: &Record) -> Check {
    let outcomes: HashMap<&str, Outcome> = record
        .entries
        .iter()
        .filter_map(|entry| Some((entry.case.id.as_str(), entry.report.as_ref()?.outcome)))
        .collect();
    let is_good = |id: &&String| {
        let outcome = outcomes.get(id.as_str());
        outcome.is_some_and(|outcome| !matches!(outcome, Outcome::Failed | Outcome::Error))
    };
    let missing: Vec<&str> = expected.iter().filter(|id| !is_good(id)).map(String::as_str).collect();
    let detail = if missing.is_empty() {
        format!("{} ids expected, none is missing or failed", expected.len())
    } else {
        format!("expected since the suite was written, and not passed: {}", name_some(&missing))
    };
    Check { name: CheckName::ExpectedIds, held: missing.is_empty(), detail }
}
