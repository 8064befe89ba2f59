//! Answers an error of 100 MB.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary, say};

struct AnswerAHugeError;

impl Attack for AnswerAHugeError {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        say("x".repeat(100_000_000))
    }
}

pact_test_guests::attack!(AnswerAHugeError);
