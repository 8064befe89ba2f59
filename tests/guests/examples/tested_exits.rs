//! The tested side ends its process with the code that it was given.
#![cfg(target_family = "wasm")]

use pact_test_guests::split::{Reply, Request, SplitAttack, arguments};

struct TestedExits;

impl SplitAttack for TestedExits {
    fn attack(request: Request) -> Reply {
        std::process::exit(arguments(&request)[0] as i32);
    }
}

pact_test_guests::split_attack!(TestedExits);
