//! Collects two tests, runs one, and says that this was all.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary, collect, pass};

struct ReportLessThanCollected;

impl Attack for ReportLessThanCollected {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        collect(&["a_test", "another_test"]);
        pass("a_test");
        Ok(Summary { collected: 1, deselected: 0, finished: 1 })
    }
}

pact_test_guests::attack!(ReportLessThanCollected);
