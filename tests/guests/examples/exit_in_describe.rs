//! Ends its process with 0 instead of describing itself.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, Description};

struct ExitInDescribe;

impl Attack for ExitInDescribe {
    fn describe() -> Description {
        std::process::exit(0);
    }
}

pact_test_guests::attack!(ExitInDescribe);
