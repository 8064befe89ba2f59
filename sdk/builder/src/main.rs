//! `cargo plugins`, `cargo demo`, `cargo ci`, `cargo rendered`, `cargo compat`: arguments in, words and exit code out.

use std::{error::Error, path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use pact_builder::{
    BuildError, CompatError, CompatOptions, ProjectError, build_folder, build_plugins, build_test_guests,
    check_project, check_rendered, console, run_compat, run_demo,
};

#[derive(Parser)]
#[command(name = "pact-builder", about = "Builds pact and its plugins from a clone")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds all plugins into the target directory
    Plugins,
    /// Builds everything, then runs `pact demo`
    Demo {
        /// Arguments of `pact demo`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Checks everything: format, lints, builds, tests
    Ci,
    /// Lets formatters and type checkers look at what the language backends render
    Rendered,
    /// Runs the suites of well-known packages by pact and by pytest, and compares each test
    Compat {
        /// Packages of tests/compat/packages.toml [default: all]
        names: Vec<String>,
        /// Writes docs/compatibility.md anew
        #[arg(long)]
        write: bool,
        /// A built pact to run, with the plugins it holds [default: pact is built]
        #[arg(long)]
        pact: Option<PathBuf>,
    },
    /// Builds the hostile guests of the tests alone
    Guests,
    /// Builds the plugin in a folder of its own
    Build {
        /// The folder with Cargo.toml and plugin.toml
        folder: PathBuf,
    },
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Plugins => match build_plugins() {
            Ok(built) => {
                for plugin in built {
                    console::print(format_args!("{}\t{}", plugin.id, plugin.path.display()));
                }
                ExitCode::SUCCESS
            }
            Err(error) => project_failed(&error),
        },
        Command::Demo { args } => run_demo(&args).unwrap_or_else(|error| project_failed(&error)),
        Command::Compat { names, write, pact } => {
            run_compat(&CompatOptions { names, write, pact }).unwrap_or_else(|error| compat_failed(&error))
        }
        Command::Guests => match build_test_guests() {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => project_failed(&error),
        },
        Command::Ci => match check_project() {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => project_failed(&error),
        },
        Command::Rendered => match check_rendered() {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => project_failed(&error),
        },
        Command::Build { folder } => match build_folder(&folder) {
            Ok(plugin) => {
                console::print(format_args!("{}\t{}", plugin.id, plugin.path.display()));
                ExitCode::SUCCESS
            }
            Err(error) => build_failed(&error),
        },
    }
}

fn project_failed(error: &ProjectError) -> ExitCode {
    report(error, error.repeat());
    if error.is_setup() { ExitCode::from(2) } else { ExitCode::FAILURE }
}

fn build_failed(error: &BuildError) -> ExitCode {
    report(error, error.repeat());
    ExitCode::FAILURE
}

fn compat_failed(error: &CompatError) -> ExitCode {
    report(error, error.repeat());
    ExitCode::from(2)
}

fn report(error: &dyn Error, repeat: Option<&str>) {
    console::say(format_args!("error: {error}"));
    let mut cause = error.source();
    while let Some(error) = cause {
        console::say(format_args!("  caused by: {error}"));
        cause = error.source();
    }
    if let Some(line) = repeat {
        console::say(format_args!("  hint: to repeat it alone:\n        {line}"));
    }
}
