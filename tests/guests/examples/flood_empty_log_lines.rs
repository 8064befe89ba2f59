//! Logs nothing, as often as it was told.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary, amount, log, say};

struct FloodEmptyLogLines;

impl Attack for FloodEmptyLogLines {
    fn run(suite: Suite) -> Result<Summary, RunError> {
        for _ in 0..amount(&suite) {
            log::write(log::Level::Debug, "");
        }
        say("logged")
    }
}

pact_test_guests::attack!(FloodEmptyLogLines);
