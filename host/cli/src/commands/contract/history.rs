//! `pact contract history`: the versions of a contract that pact has written, each with what changed in it.

use std::path::PathBuf;

use anyhow::anyhow;
use clap::Args;
use pact_model::component_id::ComponentId;
use pact_model::contract::ComponentContract;
use pact_model::contract::diff::{Change, Weight, diff};
use pact_pipeline::ports::Workspace;
use serde::Serialize;

use super::diff::named;
use crate::commands::Context;
use crate::exit::{Exit, Failure};
use crate::project::{self, Opened, bad_workspace};
use crate::ui::line;

const EXAMPLES: &str = "Examples:
  pact contract history bank
  pact contract history bank --project ../shop --json

Versions that pact wrote are kept in `contracts/COMPONENT/history`. What a person has changed since stands at the end, as it
lies in the file now.";

/// The arguments of `pact contract history`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct History {
    /// A component of the project
    #[arg(value_name = "COMPONENT")]
    component: String,
    /// The project [default: the project around the working folder]
    #[arg(long, value_name = "DIR")]
    project: Option<PathBuf>,
    /// Prints one JSON document
    #[arg(long)]
    json: bool,
}

/// `pact/contract-history@1`.
#[derive(Debug, Serialize)]
struct Document<'a> {
    schema: &'static str,
    component: &'a str,
    /// The oldest first.
    versions: Vec<Version<'a>>,
}

#[derive(Debug, Serialize)]
struct Version<'a> {
    version: u32,
    /// Relative to the project.
    file: &'a str,
    /// Whether it is what lies in the contract's file now.
    is_current: bool,
    /// None for the first, and where nothing changed.
    weight: Option<Weight>,
    /// Against the one before.
    changes: Vec<Change>,
}

impl History {
    /// Shows the versions.
    pub(crate) fn run(self, context: &Context) -> Result<Exit, Failure> {
        let folder = project::locate(context, self.project.as_deref())?;
        let Opened { project, .. } = Opened::to_read(context, &folder)?;
        let id = ComponentId::new(self.component.as_str()).map_err(Failure::usage)?;
        let kept = project.contract_history(&id).map_err(bad_workspace)?;
        if kept.is_empty() {
            return Err(Failure::usage(anyhow!("the component `{id}` has no contract"))
                .hint("`pact components` lists the components of a project"));
        }
        let current = project.contract(&id).map_err(bad_workspace)?;
        let versions = versions(&kept, current.as_ref());
        if self.json {
            context.ui.json(&Document { schema: "pact/contract-history@1", component: id.as_str(), versions })?;
            return Ok(Exit::Good);
        }
        let mut text = String::new();
        for version in &versions {
            let weight = match version.weight {
                Some(weight) => {
                    let (word, colour) = named(weight);
                    context.ui.out.paint(word, colour).to_string()
                }
                None if text.is_empty() => "the first".to_owned(),
                None => "nothing changed".to_owned(),
            };
            let now = if version.is_current { ", current" } else { "" };
            text.push_str(&format!("version {}: {weight}{now}  {}\n", version.version, line(version.file)));
            for change in &version.changes {
                let pointer = if change.pointer.is_empty() { "/" } else { &change.pointer };
                let (word, _) = named(change.weight);
                text.push_str(&format!("  {}\n", line(&format!("{word}  {pointer}: {}", change.message))));
            }
        }
        context.ui.data(&text)?;
        Ok(Exit::Good)
    }
}

fn versions<'a>(kept: &'a [(String, ComponentContract)], current: Option<&ComponentContract>) -> Vec<Version<'a>> {
    let mut before: Option<&ComponentContract> = None;
    let mut versions = Vec::new();
    for (file, contract) in kept {
        let difference = before.map(|before| diff(before, contract));
        versions.push(Version {
            version: contract.version,
            file,
            is_current: false,
            weight: difference.as_ref().and_then(pact_model::contract::diff::Difference::weight),
            changes: difference.map(|difference| difference.changes).unwrap_or_default(),
        });
        before = Some(contract);
    }
    let is_current = kept.iter().rposition(|(_, contract)| Some(contract) == current);
    if let Some(at) = is_current
        && let Some(version) = versions.get_mut(at)
    {
        version.is_current = true;
    }
    versions
}
