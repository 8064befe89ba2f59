//! A test runner that imports an interface which exists, but for another world: reading the project.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary, say};

mod workspace {
    wit_bindgen::generate!({
        inline: "
            package pact:plugin@0.1.0;
            interface workspace { read: func(path: string) -> list<u8>; }
            world wanting { import workspace; }
        ",
    });

    pub(crate) use pact::plugin::workspace::read;
}

struct ImportForeignWorkspace;

impl Attack for ImportForeignWorkspace {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        say(format!("{:?}", workspace::read("pact.yaml")))
    }
}

pact_test_guests::attack!(ImportForeignWorkspace);
