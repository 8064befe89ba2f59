//! `pact run`: takes the project through its phases, from where it stands.

pub(super) mod document;
pub(super) mod execute;
pub(super) mod progress;
pub(super) mod summary;
pub(super) mod words;

use std::path::PathBuf;

use clap::Args;

use super::Context;
use crate::exit::{Exit, Failure};
use crate::project;

use execute::{Wish, execute};
use progress::Lines;

/// The arguments of `pact run`.
#[derive(Debug, Args)]
pub(crate) struct Run {
    /// The project [default: the one around the working folder]
    #[arg(value_name = "DIR")]
    directory: Option<PathBuf>,
    /// Goes on to code and certificate, whatever `plan_only` in pact.yaml says
    #[arg(long, conflicts_with = "plan_only")]
    implement: bool,
    /// Stops after contracts and tests, whatever `plan_only` in pact.yaml says
    #[arg(long)]
    plan_only: bool,
    /// Prints one JSON document; what happens meanwhile goes to stderr
    #[arg(long)]
    json: bool,
}

impl Run {
    /// Runs the project.
    pub(crate) async fn run(self, context: &Context) -> Result<Exit, Failure> {
        let folder = project::locate(context, self.directory.as_deref())?;
        let wish = match (self.implement, self.plan_only) {
            (true, _) => Wish::Implement,
            (_, true) => Wish::Plan,
            _ => Wish::AsConfigured,
        };
        let lines = if self.json { Lines::Err } else { Lines::Out };
        let ran = execute(context, &folder, wish, lines).await?;
        if self.json {
            context.ui.json(&document::Document::new(&ran)?)?;
        } else {
            context.ui.data(&summary::summary(&ran)?)?;
            if ran.report.is_good() && ran.report.certificate.is_none() {
                context.ui.data("next: pact run --implement\n")?;
            }
            context.ui.data(&format!("\n{}", summary::ending(&ran, context.ui.out)))?;
        }
        Ok(if ran.report.is_good() { Exit::Good } else { Exit::Wanting })
    }
}
