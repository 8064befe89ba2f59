//! Panics with a message of 100 MB.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary};

struct PanicWithAHugeMessage;

impl Attack for PanicWithAHugeMessage {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        panic!("{}", "x".repeat(100_000_000));
    }
}

pact_test_guests::attack!(PanicWithAHugeMessage);
