//! Which tests pass whatever the component does.

use std::collections::BTreeSet;

use pact_model::suite::Outcome;
use pact_model::verdict::Verdict;

/// One reason names so many tests; the rest is counted.
const NAMED: usize = 20;

/// Returns the tests that pass in every one of these verdicts, in the order of the first.
pub(super) fn passed_in_all(verdicts: &[&Verdict]) -> Vec<String> {
    let Some((first, others)) = verdicts.split_first() else { return Vec::new() };
    let others: Vec<BTreeSet<&str>> = others.iter().map(|verdict| passed(verdict).collect()).collect();
    passed(first).filter(|id| others.iter().all(|other| other.contains(id))).map(str::to_owned).collect()
}

/// Says to the author what is wrong with tests that are vacuous; nothing when none is.
pub(super) fn said(vacuous: &[String]) -> Option<String> {
    if vacuous.is_empty() {
        return None;
    }
    let named: Vec<String> = vacuous.iter().take(NAMED).map(|id| format!("`{id}`")).collect();
    let more = match vacuous.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(format!(
        "these tests pass although every function of the component raises an undeclared error, although every function \
         returns a constant, and although the types accept every value, so they show nothing about it: {}{more}; let each \
         compare what the component computes with the value that the contract asks for, or leave it out",
        named.join(", ")
    ))
}

fn passed(verdict: &Verdict) -> impl Iterator<Item = &str> {
    let passes = |outcome| matches!(outcome, Outcome::Passed | Outcome::Xpassed);
    verdict.tests.iter().filter(move |test| passes(test.outcome)).map(|test| test.id.as_str())
}
