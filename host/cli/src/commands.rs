//! The commands, one file each. A new one is a file, a variant and a line in [`Command::run`].

mod assess;
mod completion;
mod components;
mod contract;
mod demo;
mod design;
mod diff;
mod doctor;
mod explain;
mod handoff;
mod init;
mod licenses;
mod plugin;
mod render;
mod run;
mod status;
mod test;
mod tree;
mod validate;
mod verify;

use std::sync::OnceLock;

use clap::Subcommand;
use pact_pipeline::judge::CanaryKey;

use crate::canary_key;
use crate::exit::{Exit, Failure};
use crate::ui::Ui;
use crate::world::World;

/// What pact can be told to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Shows a whole run of an example, from task to verdict, without a model
    Demo(demo::Demo),
    /// Writes the files that a project begins with; keeps those that exist
    Init(init::Init),
    /// Takes a project through its phases, from where it stands
    Run(run::Run),
    /// Shows where a project stands, and what is next
    Status(status::Status),
    /// Lists the components of a project
    Components(components::Components),
    /// Shows the components as a tree, each with a sign of how far it is
    Tree(tree::Tree),
    /// Checks the contracts, suites and components of a project, and runs nothing
    Validate(validate::Validate),
    /// Says why a finding is one, and how to mend it
    Explain(explain::Explain),
    /// Renders a contract as source text of a language, into a folder
    Render(render::Render),
    /// Prints what an author of code is told about a component
    Handoff(handoff::Handoff),
    /// Prints the project as one document for people
    Design(design::DesignDocument),
    /// Shows what one attempt at a component has that another has not
    Diff(diff::Diff),
    /// Looks at contracts
    #[command(subcommand)]
    Contract(contract::Contract),
    /// Runs the tests of a folder in a sandbox and judges them
    Test(test::Test),
    /// Compares a project with its certificate
    Verify(verify::Verify),
    /// Lists plugins, looks into them, builds them
    #[command(subcommand)]
    Plugin(plugin::Plugin),
    /// Says what is installed and whether the sandbox holds on this machine
    Doctor(doctor::Doctor),
    /// Prints the notices of everything that pact and its plugins are made of
    Licenses(licenses::Licenses),
    /// Says what assessors find in the sources of a folder or a project
    Assess(assess::Assess),
    /// Prints the completion script of a shell
    Completion(completion::Completion),
}

/// What every command is given.
#[derive(Debug)]
pub(crate) struct Context {
    /// The surroundings of the process.
    pub(crate) world: World,
    /// The way out.
    pub(crate) ui: Ui,
    canary_key: OnceLock<CanaryKey>,
}

impl Context {
    /// Makes the surroundings of a command.
    pub(crate) fn new(world: World, ui: Ui) -> Self {
        Self { world, ui, canary_key: OnceLock::new() }
    }

    /// Returns the secret from which canaries are drawn; says once where it cannot be kept.
    ///
    /// # Errors
    /// When the operating system has no random numbers.
    pub(crate) fn canary_key(&self) -> Result<CanaryKey, Failure> {
        if let Some(key) = self.canary_key.get() {
            return Ok(*key);
        }
        let found = canary_key::find(self.world.config.as_deref())
            .map_err(|error| Failure::bug(error).context("draw the key of the canaries"))?;
        if let Some(note) = found.note {
            self.ui.say(&note);
        }
        Ok(*self.canary_key.get_or_init(|| found.key))
    }
}

impl Command {
    /// Runs the command.
    ///
    /// # Errors
    /// [`Failure`], when it could not do what it was asked. A bad judgement is an [`Exit`], not a failure.
    pub(crate) async fn run(self, context: &Context) -> Result<Exit, Failure> {
        match self {
            Self::Demo(command) => command.run(context).await,
            Self::Init(command) => command.run(context).await,
            Self::Run(command) => command.run(context).await,
            Self::Status(command) => command.run(context).await,
            Self::Components(command) => command.run(context).await,
            Self::Tree(command) => command.run(context).await,
            Self::Validate(command) => command.run(context).await,
            Self::Explain(command) => command.run(context),
            Self::Render(command) => command.run(context).await,
            Self::Handoff(command) => command.run(context).await,
            Self::Design(command) => command.run(context).await,
            Self::Diff(command) => command.run(context).await,
            Self::Contract(command) => command.run(context),
            Self::Test(command) => command.run(context).await,
            Self::Verify(command) => command.run(context).await,
            Self::Plugin(command) => command.run(context).await,
            Self::Doctor(command) => command.run(context).await,
            Self::Licenses(command) => command.run(context),
            Self::Assess(command) => command.run(context).await,
            Self::Completion(command) => command.run(context),
        }
    }
}
