//! Fills a folder and keeps as many listings of it as it was told: each is a copy that the host keeps.
#![cfg(target_family = "wasm")]

use std::fs;

use pact_test_guests::{Attack, RunError, Suite, Summary, amount, say};

struct FloodListings;

impl Attack for FloodListings {
    fn run(suite: Suite) -> Result<Summary, RunError> {
        for index in 0..1_000 {
            let name = format!("/work/{index}-{}", "x".repeat(200));
            fs::write(name, "").expect("a small file fits");
        }
        let (work, _) = wasip2::filesystem::preopens::get_directories().remove(0);
        let kept: Vec<_> = (0..amount(&suite)).map(|_| work.read_directory().expect("a folder")).collect();
        say(format!("{} kept", kept.len()))
    }
}

pact_test_guests::attack!(FloodListings);
