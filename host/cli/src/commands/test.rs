//! `pact test`: runs the tests of a folder or of a project's components in a sandbox and judges them.

mod asked;
mod chosen;
mod document;
mod folder;
mod judging;
mod junit;
mod kept;
mod key;
mod known;
mod language;
mod plots;
mod profile;
mod project;
mod receipts;
pub(super) mod report;
mod seeds;
mod watch;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::Args;
use pact_grants::UserGrants;
use pact_pipeline::judge::{JudgeError, Policy, Suite};
use pact_pipeline::ports::RunnerInfo;

use self::asked::Asked;
use self::chosen::Chosen;
use self::judging::{Bench, Judged, Shows};
use self::junit::{Junit, Part};
use self::kept::{Kept, Witness};
use self::known::Known;
use self::receipts::Receipts;
use super::Context;
use crate::exit::{Exit, Failure};
use crate::project::is_project;
use crate::toolbox::{Language, Toolbox};
use crate::ui::{self, exit_of};

/// What a folder is called where components have their ids.
const FOLDER: &str = "folder";

/// The arguments of `pact test`.
#[derive(Debug, Args)]
pub(crate) struct Test {
    /// The folder whose tests to run, or a project and components of it, or components of the project around, or test files
    /// of the working folder, or single tests of them [default: the project around, else the working folder]
    #[arg(value_name = "DIR|COMPONENT|FILE[::TEST]")]
    places: Vec<PathBuf>,
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
    /// Runs the suite with N seeds from --seed on: after the plain run, each with other random numbers, in another order and
    /// on another date. A test that does not end the same every time is named, and fails the suite
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=1000))]
    seeds: Option<u32>,
    /// Units of fuel for the whole suite; one test may use a quarter of it, or of the default where that is more
    #[arg(long, value_name = "N", default_value_t = Policy::SUITE_FUEL, value_parser = clap::value_parser!(u64).range(1..))]
    fuel: u64,
    /// Appends the receipt of each session to FILE, one JSON document a line
    #[arg(long, value_name = "FILE")]
    receipts: Option<PathBuf>,
    /// Writes the results to FILE as JUnit XML, also when tests fail
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Runs again whenever a file of the suite changes, in a project those components that a change concerns. Ends when it is
    /// interrupted, with code 130
    #[arg(long, conflicts_with = "json")]
    watch: bool,
    /// Gives each test a new instance of the tested code, in a project. By default only its modules are imported anew
    #[arg(long)]
    isolate: bool,
    /// Judges so many components at the same time, each in sandboxes of its own [default: one a core]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Judges every suite anew: neither takes a verdict from the cache nor keeps one. Compiled plugins are kept all the same
    #[arg(long)]
    no_cache: bool,
    /// Writes a plot of every measured complexity bound into DIR, as COMPONENT-FUNCTION.svg
    #[arg(long, value_name = "DIR", conflicts_with_all = ["keyword", "seeds"])]
    plots: Option<PathBuf>,
    /// Runs each suite once more, after it was judged, and writes where its fuel goes into DIR: SUITE.svg, a flame graph, and
    /// SUITE.json; SUITE is the component or `tests`. Prints the tests and functions that used most. To be told of each call
    /// costs fuel; that is taken off the numbers, but an average, so they differ a little from those of the judged run, and
    /// a profiled suite may use four times the fuel. The first call of a library function counts somewhat too much. What lies
    /// below the tested folder is part of its suite: for two equal profiles, name a DIR elsewhere
    #[arg(long, value_name = "DIR", conflicts_with_all = ["watch", "seeds"])]
    profile: Option<PathBuf>,
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
        let asked = Asked::find(&context.world, &self.places)?;
        if self.watch {
            return watch::run(&self, context, &asked).await;
        }
        let exit = self.once(context, &asked, &mut Known::default()).await?;
        exit.ok_or_else(|| Failure::bug(anyhow::anyhow!("nothing was known, and nothing was new")))
    }

    /// Runs what is not known yet. Returns nothing where nothing ran.
    async fn once(&self, context: &Context, asked: &Asked, known: &mut Known) -> Result<Option<Exit>, Failure> {
        match asked {
            Asked::Project { folder, components } => project::run(self, context, folder, components, known).await,
            Asked::Folder { folder, chosen } => self.folder(context, folder, chosen.as_ref(), known).await,
        }
    }

    async fn folder(
        &self,
        context: &Context,
        directory: &Path,
        chosen: Option<&Chosen>,
        known: &mut Known,
    ) -> Result<Option<Exit>, Failure> {
        for (option, is_given) in
            [("--isolate", self.isolate), ("--plots", self.plots.is_some()), ("--jobs", self.jobs.is_some())]
        {
            if is_given {
                return Err(Failure::usage(anyhow::anyhow!("{option} is for components of a project")).hint(
                    "a plain folder is one suite without a contract: its tests and code share one interpreter, and it has no bounds",
                ));
            }
        }
        if is_project(directory) {
            context.ui.say(match chosen {
                Some(_) => "note: files are run as those of a plain folder; name a component to have it judged",
                None => "note: this project has no components yet, so the folder's own tests are run",
            });
        }
        let toolbox = Toolbox::open(context, UserGrants::default())?;
        let read = folder::read(self, directory, chosen, context)?;
        let key = read.key(self, context, &toolbox);
        if !known.is_new(FOLDER, key.clone()) {
            return Ok(None);
        }
        let cache = self.verdicts(context);
        if let Some(kept) = cache.as_ref().and_then(|cache| cache.get::<Kept>(&key)) {
            read.note(self, context, &kept.runner, kept.has_backend)?;
            let (receipts, junit) = (self.receipts(context)?, self.junit(context)?);
            self.say_first(context, &kept.header)?;
            return self.report(context, directory, &kept.judged(), &kept.runner, receipts, junit).map(Some);
        }
        let Prepared { suite, language, policy, test_files } = folder::prepare(self, read, context, &toolbox).await?;
        self.profile(context)?;
        let (receipts, junit) = (self.receipts(context)?, self.junit(context)?);
        let info = language.runner.info();
        let header = report::header(info, &suite, test_files);
        self.say_first(context, &header)?;
        let (witness, backend) = (Witness::new(&*language.runner), language.backend.as_deref());
        let bench = Bench { runner: &witness, backend, policy: &policy, shows: Shows::Live(&context.ui) };
        let mut judged = bench.judge(suite.clone(), self.seeds).await?;
        if let Some(cache) = cache.filter(|_| witness.vouches_for(&judged.verdict)) {
            cache.put(&key, &Kept::new(&judged, header, info.clone(), backend.is_some(), &[]));
        }
        if self.profile.is_some() {
            judged.profiled = Some(bench.profile(&suite).await?);
        }
        self.report(context, directory, &judged, info, receipts, junit).map(Some)
    }

    /// Says what will be run. Nothing where a document is wanted.
    fn say_first(&self, context: &Context, header: &str) -> Result<(), Failure> {
        if self.json { Ok(()) } else { context.ui.data(header) }
    }

    fn report(
        &self,
        context: &Context,
        directory: &Path,
        judged: &Judged,
        info: &RunnerInfo,
        receipts: Option<Receipts>,
        junit: Option<Junit>,
    ) -> Result<Exit, Failure> {
        let (ui, judgement) = (&context.ui, judged.judgement());
        let profile = self.profile(context)?;
        let name = directory.canonicalize().ok();
        let name =
            name.as_deref().and_then(Path::file_name).map_or_else(|| FOLDER.into(), |name| name.to_string_lossy());
        if self.json {
            ui.json(&document::Document::new(judged))?;
        } else {
            let report = report::report(judged, info, self.packages.as_deref(), ui.out);
            ui.data(&(report + &report::ending(judgement, judged.reason().as_deref(), None, ui.out)))?;
        }
        // Last: a disk that is full does not take the report of a finished run with it, nor one file the other.
        let part = Part { name: &name, judged: Some(judged), missing: None, source: &[], judgement };
        let appended = receipts.map_or(Ok(()), |mut receipts| receipts.append(judged));
        let profiled = profile.zip(judged.profiled.as_ref());
        let drawn = profiled.map_or(Ok(()), |(folder, profiled)| profile::write(&folder, profile::FOLDER, profiled));
        junit.map_or(Ok(()), |junit| junit.write(&[part])).and(appended).and(drawn)?;
        Ok(exit_of(judgement))
    }

    /// Opens the file of `--receipts`, if it is named.
    fn receipts(&self, context: &Context) -> Result<Option<Receipts>, Failure> {
        self.receipts.as_ref().map(|file| Receipts::open(context.world.path(file))).transpose()
    }

    /// Makes sure that the folder of `--profile` can be written, if it is named.
    fn profile(&self, context: &Context) -> Result<Option<PathBuf>, Failure> {
        let folder = self.profile.as_ref().map(|folder| context.world.path(folder));
        folder.as_deref().map_or(Ok(()), profile::prepare)?;
        Ok(folder)
    }

    /// Makes sure that the file of `--junit` can be written, if it is named.
    fn junit(&self, context: &Context) -> Result<Option<Junit>, Failure> {
        self.junit.as_ref().map(|file| Junit::open(context.world.path(file))).transpose()
    }
}

pub(super) fn failure(error: JudgeError) -> Failure {
    match error {
        JudgeError::Plugin(fault) => Failure::plugin(fault),
        JudgeError::InvalidInput { message } => {
            Failure::usage(anyhow::anyhow!("{}", ui::text(&message))).context("run the suite as its settings say")
        }
    }
}
