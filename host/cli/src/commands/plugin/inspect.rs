//! `pact plugin inspect`: what a plugin is, what it asks for, and with `--effective` what it may do here.

use std::path::Path;

use anyhow::anyhow;
use clap::Args;

use super::Surroundings;
use super::effective;
use super::inspection::Inspection;
use crate::commands::Context;
use crate::exit::{Exit, Failure};
use crate::toolbox::Plugin;

/// The arguments of `pact plugin inspect`.
#[derive(Debug, Args)]
pub(crate) struct Inspect {
    /// The id of a plugin, or a file
    #[arg(value_name = "ID|FILE")]
    plugin: String,
    /// Shows each line of the decision about what it may do here, and what cut it
    #[arg(long)]
    effective: bool,
    /// Prints one JSON document instead of the report
    #[arg(long)]
    json: bool,
}

/// What an argument means.
#[derive(Debug, PartialEq, Eq)]
enum Meaning {
    Id,
    File,
    /// Both are there.
    Either,
}

impl Inspect {
    pub(super) fn run(self, context: &Context) -> Result<Exit, Failure> {
        let surroundings = Surroundings::find(context)?;
        let path = context.world.path(Path::new(&self.plugin));
        let is_id = surroundings.toolbox.plugin(&self.plugin).is_ok();
        let from_file;
        let plugin = match meaning(&self.plugin, path.is_file(), is_id) {
            Meaning::Id => surroundings.toolbox.plugin(&self.plugin)?,
            Meaning::File => {
                from_file = Plugin::from_file(&path)?;
                &from_file
            }
            Meaning::Either => {
                let failure = Failure::usage(anyhow!("`{}` is a plugin and a file", self.plugin));
                let id = format!("for the plugin, run it in another folder: pact -C / plugin inspect {}", self.plugin);
                return Err(failure.hint(format!("for the file: pact plugin inspect ./{}\n{id}", self.plugin)));
            }
        };
        let mut inspection = Inspection::of(plugin)?;
        if self.effective {
            inspection.authority =
                Some(effective::decision(plugin.manifest(), &surroundings.grants, surroundings.settings.as_deref()));
        }
        if self.json {
            context.ui.json(&inspection)?;
        } else {
            context.ui.data(&inspection.report())?;
        }
        Ok(Exit::Good)
    }
}

/// What contains a `/` is a path; so is what exists, unless it is an id too.
fn meaning(argument: &str, is_file: bool, is_id: bool) -> Meaning {
    match (argument.contains('/'), is_file, is_id) {
        (false, true, true) => Meaning::Either,
        (true, ..) | (_, true, false) => Meaning::File,
        (false, false, _) => Meaning::Id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_both_is_asked_back() {
        assert_eq!(meaning("python", false, true), Meaning::Id);
        assert_eq!(meaning("python", true, true), Meaning::Either);
        assert_eq!(meaning("./python", true, true), Meaning::File);
        assert_eq!(meaning("mine.wasm", true, false), Meaning::File);
        assert_eq!(meaning("nothing", false, false), Meaning::Id);
    }
}
