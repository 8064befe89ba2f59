//! Reads beyond the end of its memory.
#![cfg(target_family = "wasm")]
#![expect(unsafe_code, reason = "safe Rust has no wild pointers")]

use pact_test_guests::{Attack, RunError, Suite, Summary, say};

struct ReadOutOfBounds;

impl Attack for ReadOutOfBounds {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        let pointer = std::hint::black_box(usize::MAX - 7) as *const u64;
        // SAFETY: none; the engine must stop it.
        say(unsafe { pointer.read_volatile() }.to_string())
    }
}

pact_test_guests::attack!(ReadOutOfBounds);
