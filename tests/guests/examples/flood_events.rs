//! Reports as many results of 100 kB as it was told: the host keeps each of them.
#![cfg(target_family = "wasm")]

use pact_test_guests::tests::Outcome;
use pact_test_guests::{Attack, RunError, Suite, Summary, amount, collect, finish, say, start};

struct FloodEvents;

impl Attack for FloodEvents {
    fn run(suite: Suite) -> Result<Summary, RunError> {
        let message = "x".repeat(100_000);
        collect(&["a_test"]);
        for _ in 0..amount(&suite) {
            start("a_test");
            finish("a_test", Outcome::Failed, &message);
        }
        say("reported")
    }
}

pact_test_guests::attack!(FloodEvents);
