//! Panics with a short message.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary};

struct PanicInRun;

impl Attack for PanicInRun {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        panic!("the guest is unwell");
    }
}

pact_test_guests::attack!(PanicInRun);
