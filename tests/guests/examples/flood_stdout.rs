//! Prints as many bytes as it was told.
#![cfg(target_family = "wasm")]

use std::io::Write as _;

use pact_test_guests::{Attack, RunError, Suite, Summary, amount, say};

struct FloodStdout;

impl Attack for FloodStdout {
    fn run(suite: Suite) -> Result<Summary, RunError> {
        let line = [b'x'; 4096];
        let mut left = amount(&suite);
        let mut stdout = std::io::stdout().lock();
        while left > 0 {
            let length = left.min(line.len() as u64);
            stdout.write_all(&line[..length as usize]).expect("stdout takes it or ends us");
            left -= length;
        }
        stdout.flush().expect("stdout takes it or ends us");
        say("printed")
    }
}

pact_test_guests::attack!(FloodStdout);
