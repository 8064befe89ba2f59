//! Reads the clock as often as it was told: cheap for the guest, not for the host.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary, amount, say};
use wasip2::clocks::monotonic_clock;

struct FloodHostCalls;

impl Attack for FloodHostCalls {
    fn run(suite: Suite) -> Result<Summary, RunError> {
        for _ in 0..amount(&suite) {
            monotonic_clock::resolution();
        }
        say("called")
    }
}

pact_test_guests::attack!(FloodHostCalls);
