//! Writes as many bytes to standard error as it was told.
#![cfg(target_family = "wasm")]

use std::io::Write as _;

use pact_test_guests::{Attack, RunError, Suite, Summary, amount, say};

struct FloodStderr;

impl Attack for FloodStderr {
    fn run(suite: Suite) -> Result<Summary, RunError> {
        let line = [b'x'; 4096];
        let mut left = amount(&suite);
        let mut stderr = std::io::stderr().lock();
        while left > 0 {
            let length = left.min(line.len() as u64);
            stderr.write_all(&line[..length as usize]).expect("stderr takes it or ends us");
            left -= length;
        }
        stderr.flush().expect("stderr takes it or ends us");
        say("printed")
    }
}

pact_test_guests::attack!(FloodStderr);
