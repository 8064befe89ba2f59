//! `pact contract`: contracts as things that one compares.

mod diff;
pub(super) mod file;
mod history;

use clap::Subcommand;

use super::Context;
use crate::exit::{Exit, Failure};

/// What can be done with contracts.
#[derive(Debug, Subcommand)]
pub(crate) enum Contract {
    /// Says what changed between two versions of a contract, and what that means to callers
    Diff(diff::Diff),
    /// Shows the versions of a component's contract, and what changed from each to the next
    History(history::History),
}

impl Contract {
    /// Runs the command.
    pub(crate) fn run(self, context: &Context) -> Result<Exit, Failure> {
        match self {
            Self::Diff(command) => command.run(context),
            Self::History(command) => command.run(context),
        }
    }
}
