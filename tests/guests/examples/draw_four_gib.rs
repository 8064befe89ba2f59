//! Asks for as many random bytes as it was told: the host makes them before the guest has room for them.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary, amount, say};

struct DrawFourGib;

impl Attack for DrawFourGib {
    fn run(suite: Suite) -> Result<Summary, RunError> {
        say(format!("{} bytes", wasip2::random::random::get_random_bytes(amount(&suite)).len()))
    }
}

pact_test_guests::attack!(DrawFourGib);
