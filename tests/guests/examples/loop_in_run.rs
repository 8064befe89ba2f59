//! `run` never returns.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary};

struct LoopInRun;

impl Attack for LoopInRun {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        loop {
            std::hint::spin_loop();
        }
    }
}

pact_test_guests::attack!(LoopInRun);
