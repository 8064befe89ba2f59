//! Divides by the number that it was told, without Rust's own check.
#![cfg(target_family = "wasm")]
#![expect(unsafe_code, reason = "safe Rust panics before the division")]

use std::hint::black_box;

use pact_test_guests::{Attack, RunError, Suite, Summary, amount, say};

struct DivideByZero;

impl Attack for DivideByZero {
    fn run(suite: Suite) -> Result<Summary, RunError> {
        let divisor = black_box(amount(&suite));
        // SAFETY: none for zero; what is left of this in the component is the engine's division, which traps.
        let quotient = unsafe { black_box(100_u64).checked_div(divisor).unwrap_unchecked() };
        say(quotient.to_string())
    }
}

pact_test_guests::attack!(DivideByZero);
