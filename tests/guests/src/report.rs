//! How a guest speaks to the test that started it: events, a number that it was given, and a text that it answers.

use crate::bindings::pact::plugin::observe;
use crate::bindings::pact::plugin::tests::{Location, Outcome, TestCase, TestResult};
use crate::{RunError, Suite, Summary};

/// Reports the tests that will run.
pub fn collect(ids: &[&str]) {
    let case = |id: &&str| TestCase {
        id: (*id).to_owned(),
        function: (*id).to_owned(),
        location: Location { path: "suite".to_owned(), line: 1 },
    };
    observe::collected(&ids.iter().map(case).collect::<Vec<_>>());
}

/// Reports that a test starts.
pub fn start(id: &str) {
    observe::started(id);
}

/// Reports how a test ended.
pub fn finish(id: &str, outcome: Outcome, message: &str) {
    observe::finished(&TestResult {
        id: id.to_owned(),
        outcome,
        raised_at: None,
        message: message.to_owned(),
        detail: String::new(),
        missing_module: None,
    });
}

/// Reports a test that starts and passes.
pub fn pass(id: &str) {
    start(id);
    finish(id, Outcome::Passed, "");
}

/// Answers a text. The receipt carries it as the words of a refusal.
///
/// # Errors
/// Always: that is how the text leaves the guest.
pub fn say(text: impl Into<String>) -> Result<Summary, RunError> {
    Err(RunError::InvalidInput(text.into()))
}

/// Returns the number that the test gave as the suite's keyword.
///
/// # Panics
/// When there is none: then the test forgot it.
pub fn amount(suite: &Suite) -> u64 {
    let keyword = suite.keyword.as_deref().expect("the test gives an amount");
    keyword.parse().expect("the amount is a number")
}
