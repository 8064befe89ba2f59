//! Runs a test that fails, then collects anew without it.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary, collect, finish, pass, start, tests::Outcome};

struct CollectAgain;

impl Attack for CollectAgain {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        collect(&["a_test", "another_test"]);
        start("a_test");
        finish("a_test", Outcome::Failed, "it failed");
        collect(&["another_test"]);
        pass("another_test");
        Ok(Summary { collected: 1, deselected: 0, finished: 1 })
    }
}

pact_test_guests::attack!(CollectAgain);
