//! A test runner that imports an interface of its own making, in the hope that the host has something of that name.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary, say};

mod door {
    wit_bindgen::generate!({
        inline: "
            package evil:plugin@0.1.0;
            interface door { open: func(path: string) -> string; }
            world wanting { import door; }
        ",
    });

    pub(crate) use evil::plugin::door::open;
}

struct ImportOwnDoor;

impl Attack for ImportOwnDoor {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        say(door::open("/etc/passwd"))
    }
}

pact_test_guests::attack!(ImportOwnDoor);
