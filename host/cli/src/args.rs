//! What can be typed: the command, its global options, and the way from there to a run.

use std::io::ErrorKind;
use std::path::PathBuf;

use clap::Parser;

use crate::commands::{Command, Context};
use crate::exit::{Exit, Failure};
use crate::ui::Ui;
use crate::world::{self, World};

/// Scripts rely on these; `exit.rs` is where they come from.
const EXIT_CODES: &str = "Exit codes: 0 good, 1 judged and found wanting, 2 for you to fix, 3 a plugin's fault or no verdict, \
    4 a provider failed, 70 a bug of ours, 130 interrupted";

/// Builds software contract first; whatever did not come from you runs in a sandbox.
#[derive(Debug, Parser)]
#[command(name = "pact", version, propagate_version = true, arg_required_else_help = true, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    /// Works as if pact had been started in DIR
    // Its name must be no argument's of a command: clap would take one for the other.
    #[arg(short = 'C', value_name = "DIR", global = true)]
    start_in: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

/// Runs the command line of this process.
pub(crate) fn run() -> Result<Exit, Failure> {
    let cli = match Cli::try_parse_from(world::arguments()) {
        Ok(cli) => cli,
        Err(message) => return show(&message),
    };
    let mut world = World::look().map_err(|error| Failure::usage(error).context("find the working folder"))?;
    if let Some(directory) = cli.start_in {
        world.folder = world.path(&directory);
        if !world.folder.is_dir() {
            return Err(Failure::usage(anyhow::anyhow!("`{}` is no folder", directory.display())));
        }
    }
    let ui = Ui::new(&world);
    // The command runs in a task of its own: a guest may keep its thread busy, and an interrupt must still be heard.
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::bug)?;
    let context = Context::new(world, ui.clone());
    let result = runtime.block_on(async {
        let work = tokio::spawn(async move { cli.command.run(&context).await });
        tokio::select! {
            done = work => done,
            _ = tokio::signal::ctrl_c() => Ok(Ok(Exit::Interrupted)),
        }
    });
    // A guest in mid-flight is not waited for.
    runtime.shutdown_background();
    ui.end_progress();
    match result {
        Ok(result) => result,
        Err(panicked) => match panicked.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(cancelled) => Err(Failure::bug(cancelled)),
        },
    }
}

/// Prints help, a version or what was wrong with the arguments, as clap words it.
fn show(message: &clap::Error) -> Result<Exit, Failure> {
    match message.print() {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::bug(error)),
        _ if message.use_stderr() => Ok(Exit::Usage),
        _ => Ok(Exit::Good),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definitions_of_all_commands_fit_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_folder_of_a_command_is_not_the_folder_to_start_in() {
        let cli = Cli::try_parse_from(["pact", "test", "a"]).unwrap();
        assert_eq!(cli.start_in, None);
        let cli = Cli::try_parse_from(["pact", "test", "a", "-C", "b"]).unwrap();
        assert_eq!(cli.start_in, Some("b".into()));
    }
}
