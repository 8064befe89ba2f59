//! Asks for memory in the largest steps and then in single pages until it is refused, and carries on.
#![cfg(target_family = "wasm")]

use std::arch::wasm32::memory_grow;

use pact_test_guests::{Attack, RunError, Suite, Summary, say};

const REFUSED: usize = usize::MAX;

struct GrowUntilRefused;

impl Attack for GrowUntilRefused {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        let mut refusals = 0_u32;
        for pages in [65_535, 16_384, 1_024, 64, 1] {
            while memory_grow::<0>(pages) != REFUSED {}
            refusals += 1;
        }
        say(format!("{refusals} refusals"))
    }
}

pact_test_guests::attack!(GrowUntilRefused);
