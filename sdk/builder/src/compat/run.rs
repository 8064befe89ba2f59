//! One suite by `pact test`, and what both runs say as outcomes.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::ExitStatus,
    time::{Duration, Instant},
};

use serde::Deserialize;

use super::{
    compare::{Ended, NOT_COLLECTED, Outcomes, plain},
    list::Package,
    suite::Suite,
};
use crate::{
    cache::CacheError,
    child::{Child, ChildError},
    layout::Layout,
};

/// Variables of a person that would change what pytest does.
pub(super) const KEPT_AWAY: [&str; 6] = [
    "PYTEST_ADDOPTS",
    "PYTEST_PLUGINS",
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD",
    "PYTHONHASHSEED",
    "PYTHONWARNINGS",
    "COLUMNS",
];

/// pact stops by itself after ten minutes, for which its first compilation does not count.
const MAX_SANDBOX: Duration = Duration::from_secs(900);

/// Where a suite lies in the sandbox. In words about a test, its files are named from there.
const SANDBOX_ROOT: &str = "/work/";

/// Why a run has no outcomes.
#[derive(Debug, thiserror::Error)]
pub(super) enum RunError {
    #[error(transparent)]
    Files(#[from] CacheError),
    #[error(transparent)]
    Child(#[from] ChildError),
    #[error("the target directory has a name that cannot stand in PYTHONPATH")]
    Path,
    #[error("native pytest ended with {status}; what it said is in `{log}`", log = log.display())]
    Native { status: ExitStatus, log: PathBuf },
    #[error("natively `{0}` cannot be collected; its packages or its tests must change in the list")]
    NotCollectedNatively(String),
    #[error("what was written about the tests cannot be read")]
    Unreadable(#[source] serde_json::Error),
    #[error("pact ended with {status}; what it said is in `{log}`", log = log.display())]
    Sandbox { status: ExitStatus, log: PathBuf },
    #[error("pact gave no verdict: {0}")]
    NoVerdict(String),
}

/// A built pact.
pub(super) struct Pact {
    program: PathBuf,
    variables: Vec<(&'static str, PathBuf)>,
}

impl Pact {
    /// The one of this clone, with the plugins of this clone.
    pub(super) fn built(layout: &Layout) -> Self {
        let mut variables = layout.xdg_variables().to_vec();
        variables.push(("PACT_PLUGINS_DIR", layout.plugins()));
        Self { program: layout.target().join("release/pact"), variables }
    }

    /// Another one, with what it holds.
    pub(super) fn itself(program: &Path) -> Self {
        let program = program.canonicalize().unwrap_or_else(|_| program.to_owned());
        Self { program, variables: Vec::new() }
    }

    /// Runs a suite that passes, so that plugins are compiled before anything is measured.
    pub(super) fn warm_up(&self, project: &Path) -> Result<(), RunError> {
        let folder = tempfile::tempdir().map_err(CacheError::new("create", Path::new("a temporary folder")))?;
        let log = folder.path().join("log");
        let child = self
            .variables
            .iter()
            .fold(Child::new(&self.program, project), |child, (name, value)| child.env(name, value));
        let child = child.args(["test", "--no-cache", "--json"]);
        let status = child.logged(&log, &log.with_extension("err"), MAX_SANDBOX)?;
        if status.success() { Ok(()) } else { Err(RunError::Child(child.failure(status))) }
    }

    /// Runs a suite by `pact test`. As in pytest, no test runs when a file cannot be collected: the suite is run once more
    /// without such files, and each is an outcome.
    pub(super) fn run(&self, package: &Package, suite: &Suite) -> Result<Outcomes, RunError> {
        let copy = suite.copy()?;
        let mut without = BTreeSet::new();
        loop {
            let start = Instant::now();
            let document = self.test(package, suite, &copy.suite())?;
            let took = start.elapsed();
            let failed: Vec<&CollectionError> = document.collection_errors.iter().collect();
            if document.tests.is_empty() && !failed.is_empty() {
                for error in failed {
                    let path = &error.location.path;
                    let is_new = without.insert((path.clone(), error.message.clone()));
                    // Without its conftest.py a suite would be another one.
                    if !is_new || path.ends_with("conftest.py") || !is_below(path) {
                        return Err(RunError::NoVerdict(format!("{}: {}", plain(path), plain(&error.message))));
                    }
                    let file = copy.suite().join(path);
                    fs::remove_file(&file).map_err(CacheError::new("remove", &file))?;
                }
                continue;
            }
            return Ok(sandbox_outcomes(document, without, took));
        }
    }

    fn test(&self, package: &Package, suite: &Suite, folder: &Path) -> Result<Document, RunError> {
        let mut child = self
            .variables
            .iter()
            .fold(Child::new(&self.program, folder), |child, (name, value)| child.env(name, value));
        child = child.args(["test", "--no-cache", "--json", "--packages"]).arg(suite.packages());
        if let Some(deselect) = &package.deselect {
            child = child.args(["-k", &deselect.keyword]);
        }
        if let Some(fuel) = package.fuel {
            child = child.args(["--fuel", &fuel.to_string()]);
        }
        let log = suite.log("sandbox");
        let status = child.logged(&log, &log.with_extension("err"), MAX_SANDBOX)?;
        let text = fs::read_to_string(&log).map_err(CacheError::new("read", &log))?;
        // 0 and 1 are judgements, 3 is a verdict of none with its reason. The rest says why on stderr.
        if !matches!(status.code(), Some(0 | 1 | 3)) || text.is_empty() {
            return Err(RunError::Sandbox { status, log: log.with_extension("err") });
        }
        let document: Document = serde_json::from_str(&text).map_err(RunError::Unreadable)?;
        if document.verdict == "none" {
            return Err(RunError::NoVerdict(plain(document.reason.as_deref().unwrap_or_default())));
        }
        Ok(document)
    }
}

/// Paths come from the guest.
fn is_below(path: &str) -> bool {
    Path::new(path).components().all(|part| matches!(part, std::path::Component::Normal(_)))
}

/// What this needs of `pact test --json`.
#[derive(Debug, Deserialize)]
struct Document {
    verdict: String,
    #[serde(default)]
    reason: Option<String>,
    checks: Vec<Check>,
    tests: Vec<Test>,
    #[serde(default)]
    collection_errors: Vec<CollectionError>,
}

#[derive(Debug, Deserialize)]
struct Check {
    name: String,
    held: bool,
    detail: String,
}

/// A test in both formats.
#[derive(Debug, Deserialize)]
struct Test {
    id: String,
    outcome: String,
    message: String,
}

#[derive(Debug, Deserialize)]
struct CollectionError {
    location: Location,
    message: String,
}

#[derive(Debug, Deserialize)]
struct Location {
    path: String,
}

fn sandbox_outcomes(document: Document, without: BTreeSet<(String, String)>, took: Duration) -> Outcomes {
    let mut outcomes = Outcomes { took, ..Outcomes::default() };
    for test in document.tests {
        let message = test.message.replace(SANDBOX_ROOT, "");
        outcomes.tests.insert(test.id, Ended { outcome: test.outcome, message });
    }
    let errors = document.collection_errors.into_iter().map(|error| (error.location.path, error.message));
    for (path, message) in without.into_iter().chain(errors) {
        outcomes.tests.insert(path, Ended { outcome: NOT_COLLECTED.to_owned(), message });
    }
    let broken = document.checks.into_iter().filter(|check| !check.held);
    outcomes.broken_checks = broken.map(|check| (check.name, check.detail)).collect();
    outcomes
}

/// Reads the lines of `outcomes.py`.
pub(super) fn native_outcomes(text: &str, took: Duration) -> Result<Outcomes, RunError> {
    let mut outcomes = Outcomes { took, ..Outcomes::default() };
    for line in text.lines() {
        let test: Test = serde_json::from_str(line).map_err(RunError::Unreadable)?;
        if test.outcome == NOT_COLLECTED {
            return Err(RunError::NotCollectedNatively(plain(&test.id)));
        }
        outcomes.tests.insert(test.id, Ended { outcome: test.outcome, message: test.message });
    }
    Ok(outcomes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_pact_says_becomes_outcomes_files_without_tests_and_checks_that_broke() {
        let text = r#"{
            "schema": "pact/test@1", "verdict": "failed", "passed": 1,
            "checks": [{"name": "typed-results", "held": true, "detail": ""},
                       {"name": "skip-marks", "held": false, "detail": "`a`"}],
            "tests": [{"id": "a.py::test[x]", "outcome": "passed", "seconds": 0.1, "fuel": 3, "message": "in /work/a.py"}],
            "collection_errors": [{"location": {"path": "b.py", "line": 1}, "message": "SyntaxError", "detail": "..."}]
        }"#;
        let without = BTreeSet::from([("c.py".to_owned(), "ImportError".to_owned())]);
        let outcomes = sandbox_outcomes(serde_json::from_str(text).unwrap(), without, Duration::from_secs(1));
        let told: Vec<(&str, &str)> = outcomes.tests.iter().map(|(id, ended)| (&**id, &*ended.outcome)).collect();
        assert_eq!(told, [("a.py::test[x]", "passed"), ("b.py", NOT_COLLECTED), ("c.py", NOT_COLLECTED)]);
        assert_eq!(outcomes.tests["a.py::test[x]"].message, "in a.py");
        assert_eq!(outcomes.broken_checks, [("skip-marks".to_owned(), "`a`".to_owned())]);
    }

    #[test]
    fn native_lines_become_outcomes() {
        let text = "{\"id\": \"a.py::test\", \"outcome\": \"xfailed\", \"message\": \"é\"}\n";
        let outcomes = native_outcomes(text, Duration::ZERO).unwrap();
        assert_eq!(outcomes.tests["a.py::test"], Ended { outcome: "xfailed".to_owned(), message: "é".to_owned() });
    }

    #[test]
    fn a_suite_that_is_not_whole_natively_is_no_measure() {
        let text = "{\"id\": \"a.py\", \"outcome\": \"not collected\", \"message\": \"ModuleNotFoundError\"}\n";
        assert!(matches!(native_outcomes(text, Duration::ZERO), Err(RunError::NotCollectedNatively(_))));
        assert!(native_outcomes("{\"id\": ", Duration::ZERO).is_err());
    }

    #[test]
    fn a_path_of_the_guest_never_leads_out_of_the_copy() {
        assert!(is_below("tests/a.py"));
        assert!(!is_below("../a.py") && !is_below("/a.py") && !is_below("tests/../../a.py"));
    }
}
