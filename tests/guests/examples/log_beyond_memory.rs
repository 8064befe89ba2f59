//! Passes a text that is said to reach beyond the end of its memory.
#![cfg(target_family = "wasm")]
#![expect(unsafe_code, reason = "a safe string lies in memory")]

use pact_test_guests::{Attack, RunError, Suite, Summary, log, say};

struct LogBeyondMemory;

impl Attack for LogBeyondMemory {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        let start = Box::leak(Box::new(0_u8));
        // SAFETY: none; the host must notice.
        let text = unsafe { std::str::from_utf8_unchecked(std::slice::from_raw_parts(start, 0x7fff_ffff)) };
        log::write(log::Level::Info, text);
        say("logged")
    }
}

pact_test_guests::attack!(LogBeyondMemory);
