//! Keeps as many resources of the host as it was told: pollables, which cost the guest four bytes each.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary, amount, say};
use wasip2::clocks::monotonic_clock::subscribe_duration;

struct FloodResources;

impl Attack for FloodResources {
    fn run(suite: Suite) -> Result<Summary, RunError> {
        let kept: Vec<_> = (0..amount(&suite)).map(subscribe_duration).collect();
        say(format!("{} kept", kept.len()))
    }
}

pact_test_guests::attack!(FloodResources);
