//! `pact plugin`: plugins as things that one lists, looks into and builds. Running them is for the other commands.

mod build;
mod effective;
mod inspect;
mod inspection;
mod list;

use clap::Subcommand;
use pact_grants::UserGrants;

use super::Context;
use crate::exit::{Exit, Failure};
use crate::project::{self, Opened};
use crate::toolbox::Toolbox;

/// What can be done with plugins.
#[derive(Debug, Subcommand)]
pub(crate) enum Plugin {
    /// Lists the plugins that are shipped, and those of the project
    List(list::List),
    /// Shows what a plugin is, what it asks for and what it may do
    Inspect(inspect::Inspect),
    /// Builds the plugin whose source is a folder into one file
    Build(build::Build),
}

impl Plugin {
    /// Runs the command.
    pub(crate) async fn run(self, context: &Context) -> Result<Exit, Failure> {
        match self {
            Self::List(command) => command.run(context),
            Self::Inspect(command) => command.run(context),
            Self::Build(command) => command.run(context).await,
        }
    }
}

/// Where plugins are looked at: in a project with its grants, or outside of any.
struct Surroundings {
    toolbox: Toolbox,
    grants: UserGrants,
    /// The settings that the grants are from; absent outside a project.
    settings: Option<String>,
}

impl Surroundings {
    /// Finds the shipped plugins, and those of the project around the working folder.
    fn find(context: &Context) -> Result<Self, Failure> {
        let Some(folder) = project::find_above(&context.world.folder) else {
            let toolbox = Toolbox::open(context, UserGrants::default())?;
            return Ok(Self { toolbox, grants: UserGrants::default(), settings: None });
        };
        let settings = Opened::to_read(context, folder)?.settings;
        let toolbox = Toolbox::open_for_project(context, folder, &settings, None)?;
        let grants = toolbox.grants().clone();
        Ok(Self { toolbox, grants, settings: Some(folder.join("pact.yaml").display().to_string()) })
    }
}
