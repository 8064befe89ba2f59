//! `pact validate`: every mechanical check of a project's artefacts. Nothing is executed and nothing is written.

mod artefacts;
mod document;
mod language;
mod sarif;

use std::path::PathBuf;

use clap::Args;
use pact_model::finding::{Finding, Severity};
use pact_model::validation::{Artefacts, File, check_project};
use pact_pipeline::ports::{Artefact, Workspace};
use pact_store::Project;

use super::Context;
use crate::exit::{Exit, Failure};
use crate::project::{self, Opened};
use crate::ui::{Colour, Ui, line};

use document::{Document, Placed};

/// The arguments of `pact validate`.
#[derive(Debug, Args)]
pub(crate) struct Validate {
    /// The project [default: the project around the working folder]
    #[arg(value_name = "DIR")]
    place: Option<PathBuf>,
    /// Prints one JSON document
    #[arg(long, conflicts_with = "sarif")]
    json: bool,
    /// Prints a SARIF 2.1.0 document, as code scanning reads it
    #[arg(long)]
    sarif: bool,
}

impl Validate {
    /// Checks the project.
    pub(crate) async fn run(self, context: &Context) -> Result<Exit, Failure> {
        let folder = project::locate(context, self.place.as_deref())?;
        let Opened { folder, project, settings } = Opened::to_read(context, &folder)?;
        let artefacts = artefacts::read(&project)?;
        let mut findings = check_project(&artefacts, |file| path_of(&project, file));
        findings.extend(language::findings(context, (&folder, &settings), &artefacts, &findings, &project).await?);
        let placed: Vec<Placed> = findings
            .into_iter()
            .map(|finding| Placed { line: project.line_of(&finding.file, &finding.pointer), finding })
            .collect();
        let has_errors = placed.iter().any(|placed| placed.finding.is_error());
        if self.json {
            context.ui.json(&Document::new(&placed))?;
        } else if self.sarif {
            context.ui.json(&sarif::log(&placed))?;
        } else {
            context.ui.data(&words(&context.ui, &artefacts, &placed))?;
        }
        Ok(if has_errors { Exit::Wanting } else { Exit::Good })
    }
}

fn path_of(project: &Project, file: File<'_>) -> String {
    match file {
        File::Task => project.path_of(&Artefact::Task),
        File::Tree => project.path_of(&Artefact::Tree),
        File::Registry => project.type_registry_path().to_owned(),
        File::Contract(id) => project.path_of(&Artefact::Contract(id.clone())),
        File::TestSuite(id) => project.path_of(&Artefact::TestSuite(id.clone())),
    }
}

fn words(ui: &Ui, artefacts: &Artefacts, placed: &[Placed]) -> String {
    let mut text = String::new();
    for Placed { line: number, finding } in placed {
        let (word, colour) = match finding.severity {
            Severity::Error => ("error", Colour::Red),
            Severity::Warning => ("warning", Colour::Yellow),
        };
        let number = number.map_or_else(String::new, |number| format!(":{number}"));
        let pointer = if finding.pointer.is_empty() { String::new() } else { format!(" (at {})", finding.pointer) };
        let Finding { file, message, code, .. } = finding;
        text.push_str(&format!(
            "{}: {}\n",
            ui.out.paint(word, colour),
            line(&format!("{file}{number}: {message}{pointer} [{code}]"))
        ));
    }
    let count = |severity| placed.iter().filter(|placed| placed.finding.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let contracts = artefacts.contracts.len();
    let several = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    text.push_str(&format!(
        "{}, {}, {}\n",
        several(contracts, "contract"),
        several(errors, "error"),
        several(warnings, "warning")
    ));
    if !placed.is_empty() {
        text.push_str("why, and how to mend it: pact explain CODE\n");
    }
    text
}
