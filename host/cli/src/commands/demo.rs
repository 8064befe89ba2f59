//! `pact demo`: a whole run of a shipped example, from task to verdict, without a model.

mod folder;

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Args, CommandFactory};

use super::Context;
use super::run::document::Document;
use super::run::execute::{Ran, Wish, execute};
use super::run::progress::Lines;
use super::run::summary;
use crate::args::Cli;
use crate::exit::{Exit, Failure};
use crate::project::bad_run;

pub(super) use folder::default_language;
use folder::{Start, languages, prepare};

/// The arguments of `pact demo`.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Where: a new or empty folder, or an earlier demo, which is continued
    #[arg(value_name = "DIR", default_value = "pact-demo")]
    directory: PathBuf,
    // Which languages there are is for the example's files to say.
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(languages()), help = format!(
        "The language of its tests and code [default: that of an earlier demo in DIR, else {}]", default_language()
    ))]
    lang: Option<String>,
    /// Only writes the example
    #[arg(long)]
    no_run: bool,
    /// Starts an earlier demo over: removes what it wrote, and no other file
    #[arg(long)]
    fresh: bool,
    /// Prints the JSON document of the run; what happens meanwhile goes to stderr
    #[arg(long, conflicts_with = "no_run")]
    json: bool,
}

impl Demo {
    /// Writes the example and runs it.
    pub(crate) async fn run(self, context: &Context) -> Result<Exit, Failure> {
        let ui = &context.ui;
        let folder = context.world.path(&self.directory);
        let start = if self.fresh { Start::Over } else { Start::Continue };
        prepare(&folder, &self.directory, self.lang.as_deref(), start, ui)?;
        if self.no_run {
            let shown = self.directory.display();
            ui.data(&format!("the example lies in {shown}\nnext: pact run {shown} --implement\n"))?;
            return Ok(Exit::Good);
        }
        let lines = if self.json { Lines::Err } else { Lines::Out };
        let ran = execute(context, &folder, Wish::Implement, lines).await?;
        if self.json {
            ui.json(&Document::new(&ran)?)?;
        } else {
            let worth_opening = worth_opening(&ran, &folder).await?;
            ui.data(&format!("{}\n{}", summary::summary(&ran)?, next_steps(&worth_opening, &self.directory)))?;
            ui.data(&format!("\n{}", summary::ending(&ran, ui.out)))?;
        }
        Ok(if ran.report.is_good() { Exit::Good } else { Exit::Wanting })
    }
}

/// Files that show what happened, by what is in them.
struct WorthOpening {
    /// Path and what it is; only what is there.
    files: Vec<(String, &'static str)>,
    /// The code of the same component.
    code: Option<String>,
    /// What knows its language.
    plugin: Option<String>,
}

async fn worth_opening(ran: &Ran, folder: &Path) -> Result<WorthOpening, Failure> {
    let mut files = vec![("task.md".to_owned(), "what was to be built")];
    let (mut code, mut plugin) = (None, None);
    // The one that took the most attempts has the most to show.
    if let Some(component) = ran.report.components.iter().max_by_key(|component| component.attempts) {
        let (id, attempts) = (&component.id, component.attempts);
        let backend = &ran.languages.of(id).backend;
        plugin = Some(backend.info().plugin.clone());
        let names = backend.name_files(id).await.map_err(|error| bad_run(error.into()))?;
        code = Some(names.implementation.clone());
        files.extend([
            (names.interface, "its contract, as source"),
            (names.contract_test, "its tests, written before its code"),
            (names.implementation, "its code"),
            (format!(".pact/briefs/implement/{id}/{attempts}.md"), "what its last author was told"),
        ]);
    }
    files.push(("certification/certification.json".to_owned(), "what was judged, with digests"));
    files.retain(|(path, _)| folder.join(path).is_file());
    Ok(WorthOpening { files, code, plugin })
}

fn next_steps(worth_opening: &WorthOpening, folder: &Path) -> String {
    let folder = folder.display();
    let mut text = format!("worth opening, in {folder}:\n");
    let width = worth_opening.files.iter().map(|(path, _)| path.len()).max().unwrap_or(0);
    for (path, what) in &worth_opening.files {
        text.push_str(&format!("  {path:<width$}  {what}\n"));
    }
    text.push_str("\nto try:\n");
    if let Some(code) = &worth_opening.code {
        text.push_str(&format!("  break a line in {folder}/{code}, then: pact test {folder}\n"));
    }
    let inspect = worth_opening.plugin.as_ref().map(|plugin| format!("pact plugin inspect {plugin}"));
    for (path, words) in [(&["plugin", "inspect"][..], inspect), (&["doctor"][..], Some("pact doctor".to_owned()))] {
        if let Some(words) = words.filter(|_| has_command(path)) {
            text.push_str(&format!("  {words}\n"));
        }
    }
    text
}

/// Whether this build has a command, so that nothing is advised that does not exist.
fn has_command(path: &[&str]) -> bool {
    let cli = Cli::command();
    let found = path.iter().try_fold(&cli, |command, name| command.find_subcommand(name));
    found.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_stand_with_what_they_are() {
        let files = vec![("task.md".to_owned(), "what was to be built"), ("src/a/a.x".to_owned(), "its code")];
        let text =
            next_steps(&WorthOpening { files, code: Some("src/a/a.x".to_owned()), plugin: None }, Path::new("here"));
        let without_commands = text.split("  pact ").next().unwrap();
        insta::assert_snapshot!(without_commands, @r"
        worth opening, in here:
          task.md    what was to be built
          src/a/a.x  its code

        to try:
          break a line in here/src/a/a.x, then: pact test here
        ");
    }

    #[test]
    fn a_command_is_advised_only_when_it_exists() {
        assert!(has_command(&["demo"]));
        assert!(!has_command(&["demo", "inspect"]) && !has_command(&["no-such-command"]));
    }
}
