//! The tested side never comes to the end of its imports.
#![cfg(target_family = "wasm")]

use pact_test_guests::split::{Reply, Serving, SplitAttack};

struct TestedLoopsInServe;

impl SplitAttack for TestedLoopsInServe {
    fn serve(_serving: Serving) -> Reply {
        loop {
            std::hint::spin_loop();
        }
    }
}

pact_test_guests::split_attack!(TestedLoopsInServe);
