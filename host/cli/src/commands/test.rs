//! `pact test`: runs the tests of a folder or of a project's components in a sandbox and judges them.

mod document;
mod folder;
mod language;
mod project;
mod receipts;
pub(super) mod report;

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use pact_grants::UserGrants;
use pact_pipeline::judge::{JudgeError, Policy, Suite, judge};

use self::receipts::Receipts;
use super::Context;
use crate::exit::{Exit, Failure};
use crate::project::{Place, Wanted, is_project};
use crate::toolbox::{Language, Toolbox};
use crate::ui::{self, exit_of};

/// The arguments of `pact test`.
#[derive(Debug, Args)]
pub(crate) struct Test {
    /// The folder whose tests to run, a project, or a component of the project around [default: that project, else the
    /// working folder]
    #[arg(value_name = "DIR|COMPONENT")]
    place: Option<PathBuf>,
    /// A component of the project DIR
    #[arg(value_name = "COMPONENT")]
    component: Option<String>,
    /// The language of the tests, where the files do not tell
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
    /// Runs only what matches the test framework's own selection expression
    #[arg(short = 'k', value_name = "EXPR")]
    keyword: Option<String>,
    /// A folder of third-party packages that tests may import
    #[arg(long, value_name = "DIR")]
    packages: Option<PathBuf>,
    /// Seeds all random numbers
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// Units of fuel for the whole suite; one test may use a quarter of it, or of the default where that is more
    #[arg(long, value_name = "N", default_value_t = Policy::SUITE_FUEL, value_parser = clap::value_parser!(u64).range(1..))]
    fuel: u64,
    /// Appends the receipt of each session to FILE, one JSON document a line
    #[arg(long, value_name = "FILE")]
    receipts: Option<PathBuf>,
    /// Prints one JSON document instead of the report
    #[arg(long)]
    json: bool,
}

/// A suite that is ready to be judged: the folder of a person today, a component of a project likewise.
struct Prepared {
    suite: Suite,
    language: Language,
    policy: Policy,
    /// How many files hold tests.
    test_files: usize,
}

impl Test {
    /// Runs the tests.
    pub(crate) async fn run(self, context: &Context) -> Result<Exit, Failure> {
        let wanted = Wanted { first: self.place.as_deref(), second: self.component.as_deref() };
        match Place::find(&context.world, wanted)? {
            Place::Project { folder, component } => project::run(&self, context, &folder, component.as_deref()).await,
            Place::Folder(directory) => {
                if is_project(&directory) {
                    context.ui.say("note: this project has no components yet, so the folder's own tests are run");
                }
                let toolbox = Toolbox::open(context, UserGrants::default())?;
                let prepared = folder::prepare(&self, &directory, context, &toolbox).await?;
                self.judge(context, prepared).await
            }
        }
    }

    async fn judge(&self, context: &Context, prepared: Prepared) -> Result<Exit, Failure> {
        let Prepared { suite, language, policy, test_files } = prepared;
        let ui = &context.ui;
        let receipts = self.receipts(context)?;
        if !self.json {
            ui.data(&report::header(language.runner.info(), &suite, test_files))?;
        }
        let progress = ui.test_progress();
        let began = Instant::now();
        let result = judge(&*language.runner, language.backend.as_deref(), suite, &policy, &progress).await;
        let took = began.elapsed();
        progress.end();
        let verdict = result.map_err(failure)?;
        if self.json {
            ui.json(&document::Document::new(&verdict))?;
        } else {
            let packages = self.packages.as_deref();
            let report = report::report(&verdict, language.runner.info(), packages, took, ui.out);
            ui.data(&(report + &report::ending(&verdict, None, ui.out)))?;
        }
        // Last: a disk that is full does not take the report of a finished run with it.
        if let Some(mut receipts) = receipts {
            receipts.append(&verdict.receipt)?;
        }
        Ok(exit_of(verdict.verdict))
    }

    /// Opens the file of `--receipts`, if it is named.
    fn receipts(&self, context: &Context) -> Result<Option<Receipts>, Failure> {
        self.receipts.as_ref().map(|file| Receipts::open(context.world.path(file))).transpose()
    }
}

fn failure(error: JudgeError) -> Failure {
    match error {
        JudgeError::Plugin(fault) => Failure::plugin(fault),
        JudgeError::InvalidInput { message } => {
            Failure::usage(anyhow::anyhow!("{}", ui::text(&message))).context("run the suite as its settings say")
        }
    }
}
