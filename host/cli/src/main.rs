//! The `pact` command: arguments in, words and an exit code out.
//!
//! Not the place for any decision about code or plugins: those are in the libraries.

mod args;
mod canary_key;
mod commands;
mod exit;
mod files;
mod models;
mod plugins;
mod project;
mod sessions;
mod toolbox;
mod ui;
mod verdicts;
mod world;

use std::process::ExitCode;

fn main() -> ExitCode {
    exit::guard(args::run)
}
