//! Reports a failure and then a success of the same test.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary, collect, finish, start, tests::Outcome};

struct ReportTwice;

impl Attack for ReportTwice {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        collect(&["a_test"]);
        start("a_test");
        finish("a_test", Outcome::Failed, "it failed");
        finish("a_test", Outcome::Passed, "");
        Ok(Summary { collected: 1, deselected: 0, finished: 1 })
    }
}

pact_test_guests::attack!(ReportTwice);
