//! The native side of suites in JavaScript and TypeScript: vitest on the machine's node, and packages whose files on the registry
//! hold their own tests. What is fetched is what the lock file pins by hash.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use serde::Deserialize;

use super::{
    CompatError,
    compare::{Ended, Outcomes, plain},
    environment::{COMPLETE, remove},
    list::Package,
    run::{KEPT_AWAY, RunError},
    suite::Suite,
};
use crate::{
    cache::{self, Cache, CacheError},
    child::Child,
    inputs::Inputs,
    layout::Layout,
};

/// Where the lists for npm lie in a clone.
const LISTS: &str = "tests/compat/npm";

const FILES: [&str; 2] = ["package.json", "package-lock.json"];

/// What a suite is given that counts on names without importing them. Its own settings are not among what its package ships.
const GLOBALS: &str = "export default { test: { globals: true } };\n";

/// The suites take a minute at most; this is for one that hangs.
const MAX_NATIVE: Duration = Duration::from_secs(600);

/// Installed packages in the target directory.
pub(super) struct JavaScript {
    layout: Layout,
    folder: PathBuf,
    digest: String,
}

impl JavaScript {
    /// Installs the packages, if they are not there. The cache is locked meanwhile.
    pub(super) fn prepare(layout: &Layout, _cache: &Cache) -> Result<Self, CompatError> {
        let lists = layout.root().join(LISTS);
        let mut inputs = Inputs::new("compatibility packages of npm");
        for file in FILES {
            inputs.file(&lists.join(file))?;
        }
        // Some of them are programs for this machine.
        inputs.text("machine", &format!("{} {}", std::env::consts::OS, std::env::consts::ARCH));
        let digest = inputs.digest();
        let folder = layout.compat().join(format!("npm-{}", &digest[..16]));
        if !folder.join(COMPLETE).is_file() {
            remove(&folder)?;
            for file in FILES {
                cache::copy(&lists.join(file), &folder.join(file))?;
            }
            let quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"];
            Child::new("npm", &folder)
                .args(["ci", "--ignore-scripts"])
                .args(quiet)
                .arg("--cache")
                .arg(layout.work().join("tools/npm-cache"))
                .run()
                .map_err(|source| CompatError::Fetch { package: "every suite of npm".to_owned(), source })?;
            cache::write(&folder.join(COMPLETE), b"")?;
        }
        Ok(Self { layout: layout.clone(), folder, digest })
    }

    fn installed(&self, name: &str) -> PathBuf {
        self.folder.join("node_modules").join(name)
    }

    /// Lays a suite and what it needs out, if they are not there.
    pub(super) fn fetch(&self, package: &Package) -> Result<Suite, CompatError> {
        self.check_version(package)?;
        let mut inputs = Inputs::new("compatibility suite of npm");
        inputs.text("packages", &self.digest);
        inputs.text("needs, and theirs", &package.needs.join(" "));
        inputs.text("globals", if package.globals { "yes" } else { "no" });
        let name = package.name.replace('/', "+");
        let suite = Suite::at(self.layout.compat().join(format!("{name}-{}", &inputs.digest()[..16])));
        if suite.is_complete() {
            return Ok(suite);
        }
        remove(suite.folder())?;
        cache::copy_folder(&self.installed(&package.name), &suite.source())?;
        if package.globals {
            cache::write(&suite.source().join("vitest.config.mjs"), GLOBALS.as_bytes())?;
        }
        fs::create_dir_all(suite.packages()).map_err(CacheError::new("create", &suite.packages()))?;
        // With what they need themselves.
        let mut waiting = package.needs.clone();
        while let Some(need) = waiting.pop() {
            let to = suite.packages().join(&need);
            if !to.exists() {
                waiting.extend(self.describe(&need)?.dependencies.into_keys());
                cache::copy_folder(&self.installed(&need), &to)?;
            }
        }
        cache::write(&suite.folder().join(COMPLETE), b"")?;
        Ok(suite)
    }

    fn check_version(&self, package: &Package) -> Result<(), CompatError> {
        let found = self.describe(&package.name)?;
        if found.version == package.version {
            return Ok(());
        }
        let (name, wanted, found) = (&package.name, &package.version, plain(&found.version));
        Err(CompatError::List(format!("`{name}` is {wanted} here and {found} in `{LISTS}`")))
    }

    fn describe(&self, name: &str) -> Result<Description, CompatError> {
        let path = self.installed(name).join("package.json");
        let text = fs::read_to_string(&path)
            .map_err(|_| CompatError::List(format!("`{name}` is not among the packages of `{LISTS}`")))?;
        serde_json::from_str(&text).map_err(|error| CompatError::List(format!("{}: {error}", path.display())))
    }

    /// Runs a suite as `vitest run` in its folder.
    pub(super) fn run(&self, package: &Package, suite: &Suite) -> Result<Outcomes, RunError> {
        let work = suite.copy()?;
        let (root, told) = (work.suite(), work.path().join("outcomes.json"));
        let link = root.join("node_modules");
        std::os::unix::fs::symlink(self.folder.join("node_modules"), &link).map_err(CacheError::new("make", &link))?;
        let child = KEPT_AWAY.into_iter().fold(Child::new("node", &root), Child::unset);
        let mut child = child.env("CI", "true").arg(self.installed("vitest/vitest.mjs"));
        child = child.args(["run", "--no-cache", "--reporter=json"]).arg(format!("--outputFile={}", told.display()));
        if let Some(deselect) = &package.deselect {
            child = child.args(["-t", &deselect.keyword]);
        }
        let log = suite.log("native");
        let start = Instant::now();
        let status = child.logged(&log, &log.with_extension("err"), MAX_NATIVE)?;
        let took = start.elapsed();
        let text = fs::read_to_string(&told).map_err(|_| RunError::Native { status, log: log.clone() })?;
        // 1: some tests failed, which is for the comparison to say. Anything else is no run.
        if !matches!(status.code(), Some(0 | 1)) {
            return Err(RunError::Native { status, log });
        }
        native_outcomes(&text, &root, took)
    }
}

/// What a package says of itself.
#[derive(Debug, Deserialize)]
struct Description {
    version: String,
    #[serde(default)]
    dependencies: BTreeMap<String, String>,
}

/// What vitest's JSON reporter writes, as far as it is needed.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    test_results: Vec<File>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct File {
    name: PathBuf,
    assertion_results: Vec<Test>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Test {
    ancestor_titles: Vec<String>,
    title: String,
    status: String,
    #[serde(default)]
    failure_messages: Vec<String>,
}

fn native_outcomes(text: &str, root: &Path, took: Duration) -> Result<Outcomes, RunError> {
    let report: Report = serde_json::from_str(text).map_err(RunError::Unreadable)?;
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let mut outcomes = Outcomes { took, ..Outcomes::default() };
    for file in report.test_results {
        let path = file.name.strip_prefix(&root).unwrap_or(&file.name).to_string_lossy().into_owned();
        if file.assertion_results.is_empty() {
            return Err(RunError::NotCollectedNatively(plain(&path)));
        }
        // As the runner names them: what has the name of an earlier one gets a number.
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for test in file.assertion_results {
            let titles: Vec<&str> = test.ancestor_titles.iter().chain([&test.title]).map(String::as_str).collect();
            let name = format!("{path}::{}", titles.join(" > "));
            let count = seen.entry(name.clone()).or_default();
            *count += 1;
            let id = if *count == 1 { name } else { format!("{name}#{count}") };
            let outcome = match test.status.as_str() {
                "passed" | "failed" => test.status,
                _ => "skipped".to_owned(),
            };
            let message = test.failure_messages.first().and_then(|text| text.lines().next()).unwrap_or_default();
            outcomes.tests.insert(id, Ended { outcome, message: message.to_owned() });
        }
    }
    Ok(outcomes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn native_results_get_the_ids_of_the_sandbox() {
        let text = r#"{"testResults": [{"name": "/w/src/a.test.ts", "status": "failed", "assertionResults": [
            {"ancestorTitles": ["a", "b"], "title": "c", "status": "passed", "failureMessages": []},
            {"ancestorTitles": ["a", "b"], "title": "c", "status": "failed", "failureMessages": ["Error: x\n at y"]},
            {"ancestorTitles": [], "title": "d", "status": "todo"}]}]}"#;
        let outcomes = native_outcomes(text, Path::new("/w"), Duration::ZERO).unwrap();
        let told: Vec<(&str, &str, &str)> =
            outcomes.tests.iter().map(|(id, ended)| (&**id, &*ended.outcome, &*ended.message)).collect();
        assert_eq!(
            told,
            [
                ("src/a.test.ts::a > b > c", "passed", ""),
                ("src/a.test.ts::a > b > c#2", "failed", "Error: x"),
                ("src/a.test.ts::d", "skipped", "")
            ]
        );
    }

    #[test]
    fn a_file_that_is_not_collected_natively_is_no_measure() {
        let text = r#"{"testResults": [{"name": "/w/a.test.ts", "status": "failed", "assertionResults": []}]}"#;
        let error = native_outcomes(text, Path::new("/w"), Duration::ZERO).unwrap_err();
        assert!(matches!(error, RunError::NotCollectedNatively(path) if path == "a.test.ts"));
    }
}
