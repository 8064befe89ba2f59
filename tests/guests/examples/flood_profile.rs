//! Declares functions with long names and enters each, as often as it was told: memory of the host's, if it kept all.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary, amount, profile, say};

struct FloodProfile;

impl Attack for FloodProfile {
    fn run(suite: Suite) -> Result<Summary, RunError> {
        profile::wanted();
        for round in 0..amount(&suite) {
            let name = format!("{round}{}", "x".repeat(1000));
            let path = name.clone();
            let number = profile::declare(&profile::Function { name, path, line: 1 });
            profile::enter(number);
        }
        say("told")
    }
}

pact_test_guests::attack!(FloodProfile);
