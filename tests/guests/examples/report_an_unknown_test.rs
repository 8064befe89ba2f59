//! Reports the success of a test that it never collected.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary, collect, pass};

struct ReportAnUnknownTest;

impl Attack for ReportAnUnknownTest {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        collect(&["a_test"]);
        pass("a_test");
        pass("another_test");
        Ok(Summary { collected: 2, deselected: 0, finished: 2 })
    }
}

pact_test_guests::attack!(ReportAnUnknownTest);
