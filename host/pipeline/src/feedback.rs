//! What the author of a rejected attempt is told. The texts come from models and guests, so they are cut and escaped.

use pact_model::suite::Outcome;
use pact_model::verdict::{TestReport, Verdict};

/// Characters of one reason. A traceback that matters is shorter; a flood of output is not.
const MAX_REASON: usize = 2_000;
/// Reasons of one attempt. An author repairs a few faults at a time; the next verdict shows the rest.
const MAX_REASONS: usize = 12;

/// Makes a text safe to stand in a brief: control characters become visible, and long texts lose their middle.
#[must_use]
pub fn quote(text: &str) -> String {
    let mut safe = String::with_capacity(text.len().min(MAX_REASON * 2));
    let total = text.chars().count();
    let half = MAX_REASON / 2;
    for (index, character) in text.chars().enumerate() {
        if total > MAX_REASON && index == half {
            safe.push_str(&format!("\n[… {} characters left out …]\n", total - MAX_REASON));
        }
        if total > MAX_REASON && index >= half && index < total - half {
            continue;
        }
        match character {
            '\n' | '\t' => safe.push(character),
            '\r' => {}
            // Three of them would end the fence that quotes stand in.
            '`' => safe.push('\''),
            control if control.is_control() => safe.extend(control.escape_unicode()),
            other => safe.push(other),
        }
    }
    safe
}

/// Returns the reasons that a brief shows: quoted, and no more than an author can use.
#[must_use]
pub fn reasons(reasons: &[String]) -> Vec<String> {
    let mut shown: Vec<String> = reasons.iter().take(MAX_REASONS).map(|reason| quote(reason)).collect();
    if reasons.len() > MAX_REASONS {
        shown.push(format!("and {} more", reasons.len() - MAX_REASONS));
    }
    shown
}

/// Returns why a verdict is not good enough: checks that did not hold first, then what ended the suite, then tests.
#[must_use]
pub fn of_verdict(verdict: &Verdict) -> Vec<String> {
    let checks = verdict.checks.iter().filter(|check| !check.held);
    let mut found: Vec<String> = checks
        .map(|check| {
            let name = serde_json::to_value(check.name).ok().and_then(|name| name.as_str().map(str::to_owned));
            format!("the check {} did not hold: {}", name.unwrap_or_default(), check.detail)
        })
        .collect();
    found.extend(verdict.reason.iter().map(|reason| format!("the suite ended early: {reason}")));
    for error in &verdict.collection_errors {
        found.push(format!("{}:{}: {}\n{}", error.location.path, error.location.line, error.message, error.detail));
    }
    found.extend(verdict.tests.iter().filter(|test| is_bad(test)).map(|test| {
        let body = if test.detail.is_empty() { &test.message } else { &test.detail };
        format!("test {}:\n{body}", test.id)
    }));
    if found.is_empty() {
        found.push(format!("{} of {} tests passed", verdict.passed, verdict.total));
    }
    found
}

fn is_bad(test: &TestReport) -> bool {
    matches!(test.outcome, Outcome::Failed | Outcome::Error | Outcome::Xpassed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_can_neither_end_its_fence_nor_move_a_cursor() {
        assert_eq!(quote("```\u{1b}[2Jx\r\n"), "'''\\u{1b}[2Jx\n");
    }

    #[test]
    fn a_flood_loses_its_middle_and_keeps_both_ends() {
        let quoted = quote(&format!("begin{}end", "x".repeat(1_000_000)));
        assert!(quoted.starts_with("begin") && quoted.ends_with("end"));
        assert!(quoted.contains("characters left out") && quoted.chars().count() < MAX_REASON + 100);
    }

    #[test]
    fn more_reasons_than_an_author_can_use_are_counted() {
        let many = vec!["r".to_owned(); MAX_REASONS + 3];
        let shown = reasons(&many);
        assert_eq!((shown.len(), shown.last().map(String::as_str)), (MAX_REASONS + 1, Some("and 3 more")));
    }
}
