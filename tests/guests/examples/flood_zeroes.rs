//! Asks a stream for more zeroes than any machine has memory.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary, say};

struct FloodZeroes;

impl Attack for FloodZeroes {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        let stdout = wasip2::cli::stdout::get_stdout();
        let answer = stdout.write_zeroes(1 << 60);
        say(format!("{answer:?}"))
    }
}

pact_test_guests::attack!(FloodZeroes);
