//! Ends its process with 0 in the middle of a test, after it reported a success.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary, collect, pass};

struct ExitZero;

impl Attack for ExitZero {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        collect(&["a_test"]);
        pass("a_test");
        std::process::exit(0);
    }
}

pact_test_guests::attack!(ExitZero);
