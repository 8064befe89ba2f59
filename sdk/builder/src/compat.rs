//! `cargo compat`: the own test suites of well-known packages, run by `pact test` and by the machine's own pytest or vitest, compared
//! test by test. Which packages, and which limits explain which differences, stands in `tests/compat/packages.toml`; what
//! came of it is `docs/compatibility.md`.

mod compare;
mod environment;
mod javascript;
mod limits;
mod list;
mod page;
mod run;
mod suite;
mod wildcard;

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use crate::{
    cache::{self, Cache, CacheError},
    child::ChildError,
    console,
    inputs::InputError,
    layout::Layout,
    plugin::PluginError,
    project::{ProjectError, built_pact},
    steps::Steps,
};
use compare::{Comparison, compare};
use environment::Environment;
use javascript::JavaScript;
use list::{Language, List, Package};
use page::Page;
use run::{Pact, RunError};

/// What to compare, and what with.
#[derive(Debug, Default)]
pub struct CompatOptions {
    /// Names of packages; none means all.
    pub names: Vec<String>,
    /// Writes `docs/compatibility.md` anew.
    pub write: bool,
    /// A built `pact`; none means that it is built first.
    pub pact: Option<PathBuf>,
}

/// Why there is no comparison.
#[derive(Debug, thiserror::Error)]
pub enum CompatError {
    /// pact could not be built, or something is missing on this machine.
    #[error(transparent)]
    Project(#[from] ProjectError),
    /// The list of packages is wrong.
    #[error("`{LIST}` is wrong: {0}")]
    List(String),
    /// A file or folder could not be read or written.
    #[error("a file of the comparison")]
    Files(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A program that fetches or starts something failed.
    #[error("what `{package}` needs could not be fetched")]
    Fetch {
        /// The package, or what all of them need.
        package: String,
        /// What happened.
        #[source]
        source: ChildError,
    },
    /// A suite has no outcomes that could be compared.
    #[error("the suite of `{package}` could not be compared")]
    NoOutcomes {
        /// The package.
        package: String,
        /// Which of the two runs, and what it said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl CompatError {
    /// Returns the shell line that repeats what failed, if that was a command.
    pub fn repeat(&self) -> Option<&str> {
        match self {
            Self::Fetch { source, .. } => Some(source.repeat()),
            Self::Project(error) => error.repeat(),
            Self::List(_) | Self::Files(_) | Self::NoOutcomes { .. } => None,
        }
    }
}

impl From<CacheError> for CompatError {
    fn from(error: CacheError) -> Self {
        Self::Files(Box::new(error))
    }
}

impl From<PluginError> for CompatError {
    fn from(error: PluginError) -> Self {
        Self::Files(Box::new(error))
    }
}

impl From<InputError> for CompatError {
    fn from(error: InputError) -> Self {
        Self::Files(Box::new(error))
    }
}

/// Where the list lies in a clone.
const LIST: &str = "tests/compat/packages.toml";

/// Where the page lies in a clone.
const PAGE: &str = "docs/compatibility.md";

/// Runs the suites and compares. Returns failure when a difference is unexplained, an explanation explains nothing, or the
/// page says something else.
///
/// # Errors
/// When there is nothing that could be compared.
pub fn run_compat(options: &CompatOptions) -> Result<ExitCode, CompatError> {
    let layout = Layout::of_clone().map_err(ProjectError::from)?;
    let list = List::read(&layout.root().join(LIST))?;
    limits::check(&list, layout.root())?;
    let packages = list.choose(&options.names)?;
    if options.write && packages.len() < list.packages.len() {
        return Err(CompatError::List("the page is about all packages: `--write` takes no names".to_owned()));
    }
    let pact = match &options.pact {
        Some(program) => Pact::itself(program),
        None => Pact::built(&built_pact()?),
    };
    let natives;
    let mut suites = Vec::new();
    {
        let cache = Cache::open(&layout, Steps::waiting)?;
        natives = Natives {
            python: Environment::prepare(&layout, &cache)?,
            javascript: JavaScript::prepare(&layout, &cache)?,
        };
        for package in &packages {
            suites.push(match package.language {
                Language::Python => suite::fetch(&natives.python, &cache, &list, package)?,
                Language::JavaScript => natives.javascript.fetch(package)?,
            });
        }
    }
    let python = natives.python.python_version()?;
    pact.warm_up(&layout.root().join("tests/projects/python-bank"))
        .map_err(|error| CompatError::NoOutcomes { package: "python-bank".to_owned(), source: error.into() })?;

    let mut done = Vec::new();
    for (number, (package, suite)) in packages.iter().zip(&suites).enumerate() {
        console::say(format_args!("[{}/{}] {} {}", number + 1, packages.len(), package.name, package.version));
        let compared = one(&pact, &natives, &list, package, suite)?;
        tell(&compared);
        done.push(compared);
    }
    let page = Page::new(&list, &python, &done);
    console::print(page.table());
    let mut is_good = verdict(&list, &python, &done);
    if packages.len() == list.packages.len() {
        is_good &= keep(&page, &layout.root().join(PAGE), options.write && is_good, list.python == python)?;
    }
    Ok(if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What runs suites outside of the sandbox.
struct Natives {
    python: Environment,
    javascript: JavaScript,
}

fn one(
    pact: &Pact,
    natives: &Natives,
    list: &List,
    package: &Package,
    suite: &suite::Suite,
) -> Result<Comparison, CompatError> {
    let failed = |error: RunError| CompatError::NoOutcomes { package: package.name.clone(), source: error.into() };
    let native = match package.language {
        Language::Python => natives.python.run(package, suite),
        Language::JavaScript => natives.javascript.run(package, suite),
    };
    let native = native.map_err(failed)?;
    let sandbox = pact.run(package, suite).map_err(failed)?;
    Ok(compare(list, package, &native, &sandbox))
}

fn tell(compared: &Comparison) {
    console::say(format_args!(
        "    {} tests, {} with the same outcome, {:.1} times as long",
        compared.tests,
        compared.same,
        compared.ratio()
    ));
    for difference in &compared.unexplained {
        console::say(format_args!("    unexplained: {difference}"));
    }
}

/// Says what makes the run fail, and returns whether nothing does.
fn verdict(list: &List, python: &str, done: &[Comparison]) -> bool {
    let unexplained: usize = done.iter().map(|one| one.unexplained.len()).sum();
    let mut idle = Vec::new();
    for one in done {
        for (limit, tests) in &one.idle {
            // Another version of Python than the list was written for may well agree with the sandbox's.
            if list.python == python || !list.limit(limit).is_some_and(|limit| limit.by_version) {
                idle.push(format!("{}: `{limit}` for {}", one.name, tests.join(", ")));
            }
        }
    }
    if unexplained > 0 {
        console::say(format_args!("{unexplained} differences are explained by no entry of `{LIST}`"));
    }
    for entry in &idle {
        console::say(format_args!("this entry of `{LIST}` explains nothing: {entry}"));
    }
    if list.python != python {
        console::say(format_args!("the list was written for CPython {}, and this is {python}", list.python));
    }
    unexplained == 0 && idle.is_empty()
}

/// Writes the page, or looks whether it says what was found. Times do not count.
fn keep(page: &Page<'_>, path: &Path, write: bool, is_comparable: bool) -> Result<bool, CompatError> {
    if write {
        cache::write(path, page.text().as_bytes())?;
        return Ok(true);
    }
    let is_current = fs::read_to_string(path).is_ok_and(|text| page.agrees_with(&text));
    if is_comparable && !is_current {
        console::say(format_args!("`{PAGE}` says something else; to write it anew: cargo compat --write"));
    }
    Ok(is_current || !is_comparable)
}
