//! `pact completion`: the script that a shell needs to complete our commands.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::Context;
use crate::args::Cli;
use crate::exit::{Exit, Failure};

/// The arguments of `pact completion`.
#[derive(Debug, Args)]
pub(crate) struct Completion {
    /// The shell
    shell: Shell,
}

impl Completion {
    /// Prints the script.
    pub(crate) fn run(self, context: &Context) -> Result<Exit, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "pact", &mut script);
        context.ui.data(&String::from_utf8_lossy(&script))?;
        Ok(Exit::Good)
    }
}
