//! Creates as many empty files as it was told and says how many there are.
#![cfg(target_family = "wasm")]

use std::fs::File;

use pact_test_guests::{Attack, RunError, Suite, Summary, amount, say};

struct FillFolders;

impl Attack for FillFolders {
    fn run(suite: Suite) -> Result<Summary, RunError> {
        let made = (0..amount(&suite)).take_while(|index| File::create(format!("/tmp/{index}")).is_ok()).count();
        say(format!("{made} files"))
    }
}

pact_test_guests::attack!(FillFolders);
