//! Says everything that it can learn about where it runs.
#![cfg(target_family = "wasm")]

use std::io::Read as _;

use pact_test_guests::{Attack, RunError, Suite, Summary, say};

struct ReadEnvironment;

impl Attack for ReadEnvironment {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        let variables: Vec<_> = std::env::vars_os().collect();
        let arguments: Vec<_> = std::env::args_os().collect();
        let mut input = Vec::new();
        let read = std::io::stdin().read_to_end(&mut input).map_err(|error| error.kind());
        let folder = wasip2::cli::environment::initial_cwd();
        let terminal = wasip2::cli::terminal_stdout::get_terminal_stdout().is_some();
        say(format!(
            "variables {variables:?}, arguments {arguments:?}, input {read:?}, folder {folder:?}, terminal {terminal}"
        ))
    }
}

pact_test_guests::attack!(ReadEnvironment);
