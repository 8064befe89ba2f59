//! The tested side never comes to the end when it imports its modules anew.
#![cfg(target_family = "wasm")]

use pact_test_guests::split::{Reply, SplitAttack};

struct TestedLoopsInReset;

impl SplitAttack for TestedLoopsInReset {
    fn reset() -> Reply {
        loop {
            std::hint::spin_loop();
        }
    }
}

pact_test_guests::split_attack!(TestedLoopsInReset);
