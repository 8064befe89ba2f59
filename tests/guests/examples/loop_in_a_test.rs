//! Its second test of three never ends.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary, collect, pass, start};

struct LoopInATest;

impl Attack for LoopInATest {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        collect(&["first", "second", "third"]);
        pass("first");
        start("second");
        loop {
            std::hint::spin_loop();
        }
    }
}

pact_test_guests::attack!(LoopInATest);
