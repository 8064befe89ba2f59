//! `pact diff`: what one attempt at a component has that another has not.

mod changes;

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use clap::Args;
use pact_model::component_id::ComponentId;
use pact_pipeline::ports::{ProjectFile, Workspace};
use pact_store::{KeptAttempt, Project};
use serde::Serialize;

use self::changes::{Change, changes};
use super::Context;
use crate::exit::{Exit, Failure};
use crate::project::{self, Opened, Plan, bad_run, bad_workspace};
use crate::toolbox::{LazyLanguages, Toolbox};
use crate::ui::line;

const EXAMPLES: &str = "Examples:
  pact diff bank
  pact diff bank 1 2 --project ../shop
  pact diff bank 1 --json

`pact run --implement` keeps what each attempt wrote in
`.pact/implementations/COMPONENT/attempts`, until the next round begins; what pact-agents kept
there is read too. `current` is what lies in the component's folder now.";

/// What lies in the component's folder.
const CURRENT: &str = "current";

/// The arguments of `pact diff`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Diff {
    /// A component of the project
    #[arg(value_name = "COMPONENT")]
    component: String,
    /// An attempt [default: the last one that is not the same as TO]
    #[arg(value_name = "FROM")]
    from: Option<String>,
    /// An attempt, or `current`
    #[arg(value_name = "TO", default_value = CURRENT)]
    to: String,
    /// The project [default: the project around the working folder]
    #[arg(long, value_name = "DIR")]
    project: Option<PathBuf>,
    /// Prints one JSON document
    #[arg(long)]
    json: bool,
}

/// `pact/diff@1`.
#[derive(Debug, Serialize)]
struct Document<'a> {
    schema: &'static str,
    component: &'a str,
    /// What can be compared, the earliest first.
    known: Vec<&'a str>,
    from: &'a str,
    to: &'a str,
    /// By path. Empty where both are the same.
    changes: Vec<Change>,
}

impl Diff {
    /// Shows the difference. That there is one is no fault.
    pub(crate) async fn run(self, context: &Context) -> Result<Exit, Failure> {
        if project::is_project(&context.world.path(Path::new(&self.component))) {
            let typed = &self.component;
            return Err(Failure::usage(anyhow!("`{typed}` is a project")).hint(match &self.from {
                Some(component) => format!("write: pact diff {component} --project {typed}"),
                None => format!("write: pact diff COMPONENT --project {typed}"),
            }));
        }
        let folder = project::locate(context, self.project.as_deref())?;
        let opened = Opened::to_read(context, &folder)?;
        let id = ComponentId::new(self.component.as_str()).map_err(Failure::usage)?;
        let mut known = opened.project.attempts(&id).map_err(bad_workspace)?;
        if let Some(files) = current(context, &opened, &id).await? {
            known.push(KeptAttempt { name: CURRENT.to_owned(), files });
        }
        let to = self.find(&known, &self.to)?;
        let from = match &self.from {
            Some(name) => self.find(&known, name)?,
            None => {
                let others = known.iter().rev().filter(|attempt| attempt.name != to.name && attempt.name != CURRENT);
                let mut others = others.peekable();
                let last = others.peek().copied();
                others.find(|attempt| attempt.files != to.files).or(last).ok_or_else(|| {
                    Failure::usage(anyhow!("no other attempt at `{id}` is kept"))
                        .hint("`pact run --implement` keeps each that it makes")
                })?
            }
        };
        let changes = changes(&from.files, &to.files);
        if self.json {
            context.ui.json(&Document {
                schema: "pact/diff@1",
                component: id.as_str(),
                known: known.iter().map(|attempt| attempt.name.as_str()).collect(),
                from: &from.name,
                to: &to.name,
                changes,
            })?;
        } else if changes.is_empty() {
            context.ui.data(&format!("{}\n", line(&format!("{} and {} are the same", from.name, to.name))))?;
        } else {
            let paint = context.ui.out;
            let text: String = changes.iter().map(|change| change.drawn(&from.name, &to.name, paint)).collect();
            context.ui.data(&text)?;
        }
        Ok(Exit::Good)
    }

    fn find<'a>(&self, known: &'a [KeptAttempt], name: &str) -> Result<&'a KeptAttempt, Failure> {
        known.iter().find(|attempt| attempt.name == name).ok_or_else(|| {
            let names: Vec<&str> = known.iter().map(|attempt| attempt.name.as_str()).collect();
            let failure = match name == CURRENT {
                true => Failure::usage(anyhow!("the component `{}` has no code", self.component)),
                false => Failure::usage(anyhow!("no attempt at `{}` is called `{name}`", self.component)),
            };
            match names.is_empty() {
                true => failure.hint("`pact run --implement` writes code and keeps each attempt"),
                false => failure.hint(format!("there is: {}", line(&names.join(", ")))),
            }
        })
    }
}

/// Reads what lies in the component's folder; none where there is no code.
async fn current(context: &Context, opened: &Opened, id: &ComponentId) -> Result<Option<Vec<ProjectFile>>, Failure> {
    let Opened { folder, project, settings } = opened;
    let unknown = || {
        Failure::usage(anyhow!("the component `{id}` is none of this project"))
            .hint("`pact components` lists the components of a project")
    };
    let plan = Plan::read(project)?.ok_or_else(unknown)?;
    if !plan.ids().any(|known| known == id) {
        return Err(unknown());
    }
    let toolbox = Toolbox::open_for_project(context, folder, settings, None)?;
    let languages = LazyLanguages::of_components(&toolbox, settings, folder, plan.ids())?;
    let backend = &languages.pair(id).await?.backend;
    let names = backend.name_files(id).await.map_err(|error| bad_run(error.into()))?;
    files_of(project, names.source_folder()).map(|files| (!files.is_empty()).then_some(files))
}

fn files_of(project: &Project, folder: &str) -> Result<Vec<ProjectFile>, Failure> {
    let files = project.files_below(folder).map_err(bad_workspace)?.into_iter();
    let inner = |file: ProjectFile| {
        let path = file.path.strip_prefix(folder)?.strip_prefix('/')?.to_owned();
        Some(ProjectFile { path, content: file.content })
    };
    Ok(files.filter_map(inner).collect())
}
