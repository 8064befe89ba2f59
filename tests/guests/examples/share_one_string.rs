//! Reports tests whose names are all the same 48 KiB of its memory: small here, huge once the host copies them.
#![cfg(target_family = "wasm")]
#![expect(unsafe_code, reason = "safe code cannot own one string many times")]

use std::mem::ManuallyDrop;

use pact_test_guests::tests::{Location, TestCase};
use pact_test_guests::{Attack, RunError, Suite, Summary, amount, observe, say};

/// As long as a name may almost be.
const NAME_BYTES: usize = 48 << 10;

struct ShareOneString;

impl Attack for ShareOneString {
    fn run(suite: Suite) -> Result<Summary, RunError> {
        let mut name = ManuallyDrop::new("x".repeat(NAME_BYTES));
        let pointer = name.as_mut_ptr();
        let case = |_| TestCase {
            // SAFETY: never dropped, never changed: only read while the call lasts.
            id: unsafe { String::from_raw_parts(pointer, NAME_BYTES, NAME_BYTES) },
            function: String::new(),
            location: Location { path: String::new(), line: 1 },
        };
        let cases: ManuallyDrop<Vec<_>> = ManuallyDrop::new((0..amount(&suite)).map(case).collect());
        observe::collected(&cases);
        say("taken")
    }
}

pact_test_guests::attack!(ShareOneString);
