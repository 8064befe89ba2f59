//! Ends its process with 1 in the middle of a test, after it reported a success.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary, collect, pass};

struct ExitOne;

impl Attack for ExitOne {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        collect(&["a_test"]);
        pass("a_test");
        std::process::exit(1);
    }
}

pact_test_guests::attack!(ExitOne);
