//! Answers a text that is not UTF-8.
#![cfg(target_family = "wasm")]
#![expect(unsafe_code, reason = "a safe string is always UTF-8")]

use pact_test_guests::{Attack, RunError, Suite, Summary, say};

struct AnswerInvalidUtf8;

impl Attack for AnswerInvalidUtf8 {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        // SAFETY: none; the host must notice.
        say(unsafe { String::from_utf8_unchecked(vec![b'a', 0xff, b'b']) })
    }
}

pact_test_guests::attack!(AnswerInvalidUtf8);
