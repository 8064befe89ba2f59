//! Executes `unreachable`.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary};

struct TrapUnreachable;

impl Attack for TrapUnreachable {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        std::arch::wasm32::unreachable();
    }
}

pact_test_guests::attack!(TrapUnreachable);
