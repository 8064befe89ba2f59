//! Writes as many bytes to the log as it was told.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary, amount, log, say};

struct FloodLog;

impl Attack for FloodLog {
    fn run(suite: Suite) -> Result<Summary, RunError> {
        let line = "x".repeat(1 << 20);
        let mut left = usize::try_from(amount(&suite)).expect("the test asks for megabytes");
        while left > 0 {
            let length = left.min(line.len());
            log::write(log::Level::Info, &line[..length]);
            left -= length;
        }
        say("logged")
    }
}

pact_test_guests::attack!(FloodLog);
