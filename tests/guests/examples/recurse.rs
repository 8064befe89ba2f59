//! Calls itself as deep as it was told.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary, amount, say};

/// The rotation keeps the compiler from making a loop of it.
#[inline(never)]
fn descend(depth: u64) -> u64 {
    if depth == 0 { 1 } else { descend(depth - 1).rotate_left(5) ^ depth }
}

struct Recurse;

impl Attack for Recurse {
    fn run(suite: Suite) -> Result<Summary, RunError> {
        say(format!("{:x}", descend(amount(&suite))))
    }
}

pact_test_guests::attack!(Recurse);
