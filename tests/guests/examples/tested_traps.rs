//! The tested side panics.
#![cfg(target_family = "wasm")]

use pact_test_guests::split::{Reply, Request, SplitAttack};

struct TestedTraps;

impl SplitAttack for TestedTraps {
    fn attack(_request: Request) -> Reply {
        panic!("the tested side is unwell");
    }
}

pact_test_guests::split_attack!(TestedTraps);
