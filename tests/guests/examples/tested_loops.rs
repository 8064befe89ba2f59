//! The tested side never answers a call.
#![cfg(target_family = "wasm")]

use pact_test_guests::split::{Reply, Request, SplitAttack};

struct TestedLoops;

impl SplitAttack for TestedLoops {
    fn attack(_request: Request) -> Reply {
        loop {
            std::hint::spin_loop();
        }
    }
}

pact_test_guests::split_attack!(TestedLoops);
