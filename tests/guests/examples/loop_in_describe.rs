//! `describe` never returns: the call that the host makes before anybody asked for anything.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, Description};

struct LoopInDescribe;

impl Attack for LoopInDescribe {
    fn describe() -> Description {
        loop {
            std::hint::spin_loop();
        }
    }
}

pact_test_guests::attack!(LoopInDescribe);
