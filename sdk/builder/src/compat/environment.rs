//! The machine's own Python with the runner's pytest: an environment without pip and setuptools, which suites would find. A
//! second one holds pip.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use super::{
    CompatError,
    compare::Outcomes,
    list::Package,
    run::{self, RunError, native_outcomes},
    suite::Suite,
};
use crate::{
    cache::{self, Cache, CacheError},
    child::{Child, ChildError},
    inputs::Inputs,
    layout::Layout,
    plugin::{Plugin, Recipe},
    python::{isolated, pip},
};

/// The runner: what it carries also runs natively.
const RUNNER: &str = "plugins/runners/python";

/// The plugin that writes down what pytest says of each test.
const PLUGIN: &str = "pact_compat_outcomes";

/// The suites take a minute at most; this is for one that hangs.
const MAX_NATIVE: Duration = Duration::from_secs(600);

/// Environments in the target directory.
pub(super) struct Environment {
    layout: Layout,
    folder: PathBuf,
    sandbox_python: String,
}

impl Environment {
    /// Makes the environments, if they are not there. The cache is locked meanwhile.
    pub(super) fn prepare(layout: &Layout, _cache: &Cache) -> Result<Self, CompatError> {
        let root = layout.root();
        let failed = |source| CompatError::Fetch { package: "every suite".to_owned(), source };
        let mut inputs = Inputs::new("compatibility environment");
        let runner = Plugin::open(&root.join(RUNNER))?;
        let Recipe::ComponentizePy(recipe) = runner.recipe else {
            return Err(CompatError::List(format!("`{RUNNER}` is no plugin in Python")));
        };
        let requirements = runner.folder.join(&recipe.packages);
        inputs.file(&requirements)?;
        inputs.text("plugin", include_str!("outcomes.py"));
        // An environment is bound to its interpreter.
        let about = ["-I", "-c", "import sys; print(sys.version, sys.base_prefix)"];
        let about = isolated(Child::new("python3", root)).args(about).output().map_err(failed)?;
        inputs.text("interpreter", &about);
        let digest = inputs.digest();
        let environment = |folder| Self { layout: layout.clone(), folder, sandbox_python: recipe.python };
        let complete = layout.compat().join(format!("environment-{}", &digest[..16]));
        if complete.join(COMPLETE).is_file() {
            return Ok(environment(complete));
        }
        remove(&complete)?;
        let made = environment(complete);
        let venv = || isolated(Child::new("python3", root)).args(["-I", "-m", "venv"]);
        venv().arg(made.folder.join("tools")).run().map_err(failed)?;
        venv().arg("--without-pip").arg(made.native()).run().map_err(failed)?;
        made.pip(&["install", "--ignore-installed", "--only-binary=:all:"])
            .arg("--prefix")
            .arg(made.native())
            .arg("--requirement")
            .arg(&requirements)
            .run()
            .map_err(failed)?;
        cache::write(&made.plugins().join(format!("{PLUGIN}.py")), include_bytes!("outcomes.py"))?;
        cache::write(&made.folder.join(COMPLETE), b"")?;
        Ok(made)
    }

    /// Returns the native version, as `3.11`.
    pub(super) fn python_version(&self) -> Result<String, CompatError> {
        let version = ["-I", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"];
        let text = Child::new(self.python(), &self.folder).args(version).output();
        let failed = |source| CompatError::Fetch { package: "every suite".to_owned(), source };
        Ok(text.map_err(failed)?.trim().to_owned())
    }

    /// Returns the version in the sandbox, as `3.14`.
    pub(super) fn sandbox_python(&self) -> &str {
        &self.sandbox_python
    }

    /// Returns a pip command that takes only what is pinned by hash.
    pub(super) fn pip(&self, command: &[&str]) -> Child {
        let pip_cache = self.layout.work().join("tools/pip-cache");
        pip(&self.folder.join("tools/bin"), self.layout.root(), &pip_cache, command)
    }

    /// Returns where fetched packages lie.
    pub(super) fn fetched(&self) -> PathBuf {
        self.layout.compat()
    }

    /// Unpacks a source package.
    pub(super) fn unpack(&self, archive: &Path, into: &Path) -> Result<(), ChildError> {
        Child::new(self.folder.join("tools/bin/python"), &self.folder)
            .args(["-I", "-m", "tarfile", "-e"])
            .arg(archive)
            .arg(into)
            .run()
    }

    /// Runs a suite as `python -m pytest` in its folder.
    pub(super) fn run(&self, package: &Package, suite: &Suite) -> Result<Outcomes, RunError> {
        let work = suite.copy()?;
        let told = work.path().join("outcomes.jsonl");
        let path = std::env::join_paths([suite.packages(), self.plugins()]).map_err(|_| RunError::Path)?;
        let child = run::KEPT_AWAY.into_iter().fold(isolated(Child::new(self.python(), &work.suite())), Child::unset);
        let mut child = child
            .env("PYTHONPATH", path)
            .env("PACT_COMPAT_OUTCOMES", &told)
            // hypothesis then takes the same examples each time, and has no deadlines that a busy machine misses.
            .env("CI", "true")
            .args(["-m", "pytest", "-p", PLUGIN]);
        if let Some(deselect) = &package.deselect {
            child = child.args(["-k", &deselect.keyword]);
        }
        let log = suite.log("native");
        let start = Instant::now();
        let status = child.logged(&log, &log.with_extension("err"), MAX_NATIVE)?;
        let took = start.elapsed();
        // 1: some tests failed, which is for the comparison to say. Anything else is no run.
        if !matches!(status.code(), Some(0 | 1)) {
            return Err(RunError::Native { status, log });
        }
        let text = fs::read_to_string(&told).map_err(CacheError::new("read", &told))?;
        native_outcomes(&text, took)
    }

    fn native(&self) -> PathBuf {
        self.folder.join("native")
    }

    fn python(&self) -> PathBuf {
        self.native().join("bin/python")
    }

    fn plugins(&self) -> PathBuf {
        self.folder.join("plugin")
    }
}

/// Its presence says that a folder is whole.
pub(super) const COMPLETE: &str = ".complete";

/// Removes what an interrupted run left.
pub(super) fn remove(folder: &Path) -> Result<(), CacheError> {
    if folder.exists() { fs::remove_dir_all(folder).map_err(CacheError::new("remove", folder)) } else { Ok(()) }
}
