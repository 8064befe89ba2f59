//! Runs nothing and returns without a word.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary};

struct ReportNothing;

impl Attack for ReportNothing {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        Ok(Summary { collected: 0, deselected: 0, finished: 0 })
    }
}

pact_test_guests::attack!(ReportNothing);
