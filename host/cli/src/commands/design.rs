//! `pact design`: the project as one document for people.

mod markdown;

use std::path::PathBuf;

use cap_std::ambient_authority;
use cap_std::fs::Dir;
use clap::Args;
use pact_pipeline::ports::Workspace;

use self::markdown::Design;
use super::Context;
use super::status::Stand;
use crate::exit::{Exit, Failure};
use crate::project::{self, Plan, Wanted, bad_workspace};
use crate::ui::whole_text;

const EXAMPLES: &str = "Examples:
  pact design
  pact design ../shop -o design.md

The document is Markdown: the components as they call each other, how far each is, what its
functions take and give, what was decided, and what did not pass. What pact-agents noted in
`design.json` (a summary, failures, lessons) stands in it too.";

/// The arguments of `pact design`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DesignDocument {
    /// The project [default: the project around the working folder]
    #[arg(value_name = "DIR")]
    place: Option<PathBuf>,
    /// Writes the document to FILE, which may exist
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl DesignDocument {
    /// Prints or writes the document.
    pub(crate) async fn run(self, context: &Context) -> Result<Exit, Failure> {
        let folder = project::locate(context, self.place.as_deref())?;
        let Stand { standings, project, .. } =
            Stand::look(context, Wanted { first: Some(&folder), second: None }).await?;
        let tree = project.tree().map_err(bad_workspace)?;
        let plan = Plan::read(&project)?;
        let design = Design {
            name: folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            // A project of the reference may have lost its task.
            task: project.read("task.md").map_err(bad_workspace)?.unwrap_or_default(),
            tree: tree.as_ref(),
            contracts: plan.map(|plan| plan.contracts).unwrap_or_default(),
            standings,
            decisions: project.decisions().map_err(bad_workspace)?,
            notes: project.design_notes().map_err(bad_workspace)?.unwrap_or_default(),
        };
        // What models wrote goes into a file that people open: no control characters there either.
        let text = whole_text(&design.markdown());
        match &self.output {
            None => context.ui.data(&text)?,
            Some(file) => write(context, file, &text)?,
        }
        Ok(Exit::Good)
    }
}

fn write(context: &Context, file: &std::path::Path, text: &str) -> Result<(), Failure> {
    let path = context.world.path(file);
    let write = || -> std::io::Result<()> {
        let name = path.file_name().ok_or_else(|| std::io::Error::other("it has no name"))?;
        let folder = path.parent().ok_or_else(|| std::io::Error::other("it has no folder"))?;
        Dir::open_ambient_dir(folder, ambient_authority())?.write(name, text)
    };
    write().map_err(|error| Failure::usage(error).context(format!("write the file `{}`", file.display())))?;
    context.ui.say(&format!("wrote {}", file.display()));
    Ok(())
}
