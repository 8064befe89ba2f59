//! Writes nothing, as often as it was told: no byte for a limit on bytes to see.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary, amount, say};

struct FloodEmptyWrites;

impl Attack for FloodEmptyWrites {
    fn run(suite: Suite) -> Result<Summary, RunError> {
        let stdout = wasip2::cli::stdout::get_stdout();
        for _ in 0..amount(&suite) {
            stdout.write(&[]).expect("stdout takes it or ends us");
        }
        say("written")
    }
}

pact_test_guests::attack!(FloodEmptyWrites);
