//! The three commands of a clone: build the plugins, show the demo, check everything.

use std::process::ExitCode;

use crate::{
    build::{BuildError, Built, Lockfiles, ShippedPlugins},
    child::{Child, ChildError},
    console, host_licences,
    layout::{Layout, LayoutError},
    native_code,
    other_clone::{self, OtherCloneError},
    preflight::{self, Missing, Plan},
    rendered::{self, RenderedError},
    steps::{Cost, Steps},
    test_guests,
    test_summary::TestSummary,
};

const GIGABYTE: u64 = 1 << 30;

/// Packages that stand in no workspace, as those of plugin authors do.
const ALONE: [&str; 4] = [
    "sdk/rust/Cargo.toml",
    "tests/outsider/Cargo.toml",
    "tests/outsider/python-dataclasses/Cargo.toml",
    "tests/outsider/postfix/Cargo.toml",
];

/// A library of the Python runner. It stands alone too, and exists only inside of an interpreter: nothing can link its tests.
const EXTENSION: &str = "plugins/runners/python/native/Cargo.toml";

/// A command of the clone that failed.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// The folders could not be found.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// The machine lacks something.
    #[error(transparent)]
    Missing(#[from] Missing),
    /// The plugins could not be found.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// What another clone has left in the target directory is in the way.
    #[error(transparent)]
    OtherClone(#[from] Box<OtherCloneError>),
    /// A step that builds plugins failed.
    #[error("step {step} failed")]
    BuildStep {
        /// Number and name.
        step: String,
        /// What happened.
        #[source]
        source: BuildError,
    },
    /// What the language backends render is not as it must be.
    #[error("step {step} failed")]
    Rendered {
        /// Number and name.
        step: String,
        /// What happened.
        #[source]
        source: RenderedError,
    },
    /// A step that runs a command failed.
    #[error("step {step} failed")]
    Step {
        /// Number and name.
        step: String,
        /// What happened.
        #[source]
        source: ChildError,
    },
}

impl ProjectError {
    /// Returns the shell line that repeats what failed, if that was a command.
    pub fn repeat(&self) -> Option<&str> {
        match self {
            Self::Step { source, .. } => Some(source.repeat()),
            Self::Rendered { source, .. } => source.repeat(),
            Self::BuildStep { source, .. } | Self::Build(source) => source.repeat(),
            Self::Layout(_) | Self::Missing(_) | Self::OtherClone(_) => None,
        }
    }

    /// Returns whether the user's machine or folder is the reason, rather than the code that was built.
    pub fn is_setup(&self) -> bool {
        matches!(self, Self::Layout(_) | Self::Missing(_) | Self::OtherClone(_))
    }
}

/// Builds all shipped plugins.
///
/// # Errors
/// When something is missing on this machine, or a plugin cannot be built.
pub fn build_plugins() -> Result<Vec<Built>, ProjectError> {
    let project = Project::open()?;
    project.preflight(Need { disk: 3, ..Need::default() })?;
    let mut steps = Steps::new(project.build_steps());
    project.build(&mut steps, Lockfiles::MayChange)
}

/// Builds the guests that our own tests attack the host with, as [`check_project`] does.
///
/// # Errors
/// When something is missing on this machine, or they cannot be built.
pub fn build_test_guests() -> Result<(), ProjectError> {
    let project = Project::open()?;
    project.preflight(Need { disk: 3, ..Need::default() })?;
    let mut steps = Steps::new(1);
    steps.begin("guests of the tests", Cost::Minutes(1));
    let built = test_guests::build(&project.layout, Lockfiles::MayChange);
    built.map_err(|source| ProjectError::BuildStep { step: steps.current(), source })
}

/// Lets formatters and type checkers look at what the language backends render, as [`check_project`] does.
///
/// # Errors
/// When something is missing on this machine, the tools cannot be installed, or one of them finds something.
pub fn check_rendered() -> Result<(), ProjectError> {
    let project = Project::open()?;
    project.preflight(Need { disk: 3, looks_at_rendered: true, ..Need::default() })?;
    project.rendered(&mut Steps::new(1))
}

/// Builds the plugins and pact, and runs `pact demo` with `args`.
///
/// # Errors
/// As [`build_plugins`], and when pact cannot be built or started. The demo's own exit code is returned.
pub fn run_demo(args: &[String]) -> Result<ExitCode, ProjectError> {
    let project = Project::open()?;
    project.preflight(Need { disk: 4, ..Need::default() })?;
    let mut steps = Steps::new(project.build_steps() + 2);
    project.build(&mut steps, Lockfiles::MayChange)?;
    project.build_pact(&mut steps, Lockfiles::MayChange)?;
    steps.begin("the demo", Cost::Little);
    let here = std::env::current_dir().map_err(LayoutError::WorkingFolder)?;
    let pact = Child::new(project.layout.target().join("release/pact"), &here)
        .env("PACT_PLUGINS_DIR", project.layout.plugins())
        .arg("demo")
        .args(args);
    let status = pact.status().map_err(|source| ProjectError::Step { step: steps.current(), source })?;
    // A signal has no code; by convention of shells it counts as failure.
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Builds the plugins and pact, and returns where the clone and its target directory are.
pub(crate) fn built_pact() -> Result<Layout, ProjectError> {
    let project = Project::open()?;
    project.preflight(Need { disk: 4, ..Need::default() })?;
    let mut steps = Steps::new(project.build_steps() + 1);
    project.build(&mut steps, Lockfiles::MayChange)?;
    project.build_pact(&mut steps, Lockfiles::MayChange)?;
    Ok(project.layout)
}

/// Checks everything: format, lints, builds, tests. The last line on stdout is the sum of all tests.
///
/// # Errors
/// At the first step that fails; tests run to their end before.
pub fn check_project() -> Result<(), ProjectError> {
    let project = Project::open()?;
    project.preflight(Need { disk: 8, lints: true, looks_at_rendered: true })?;
    other_clone::forget(&project.layout).map_err(Box::new)?;
    let guests = project.layout.root().join("tests/guests/Cargo.toml").is_file();
    let mut steps = Steps::new(project.build_steps() + 7 + usize::from(guests));
    let plugins = ["--manifest-path", "plugins/Cargo.toml"];
    let locked = Lockfiles::AsTheyAre;

    steps.begin("format", Cost::Little);
    project.run(&steps, &project.cargo().args(["fmt", "--all", "--check"]))?;
    project.run(&steps, &project.cargo().args(["fmt", "--all", "--check"]).args(plugins))?;
    for manifest in ALONE.into_iter().chain([EXTENSION]) {
        project.run(&steps, &project.cargo().args(["fmt", "--check", "--manifest-path", manifest]))?;
    }
    for manifest in project.plugins.own_workspaces() {
        project.run(&steps, &project.cargo().args(["fmt", "--check", "--manifest-path"]).arg(&manifest))?;
    }

    steps.begin("lints", Cost::Once(4));
    let deny = ["--", "--deny", "warnings"];
    let all = ["--locked", "--release", "--workspace"];
    project.run(&steps, &project.cargo().arg("clippy").args(all).arg("--all-targets").args(deny))?;
    // What only the benchmark of engines compiles.
    let engines = ["--locked", "--release", "--package", "pact-bench", "--features", "engines"];
    project.run(&steps, &project.cargo().arg("clippy").args(engines).args(deny))?;
    let wasm = ["--target", "wasm32-wasip2"];
    project.run(
        &steps,
        &project
            .guest_cargo()
            .arg("clippy")
            .args(plugins)
            .args(all)
            .args(["--lib", "--examples"])
            .args(wasm)
            .args(deny),
    )?;
    for manifest in project.plugins.own_workspaces() {
        // For this machine: their C code is compiled for wasm by the recipe only.
        let lints =
            project.guest_cargo().args(["clippy", "--locked", "--all-targets", "--manifest-path"]).arg(&manifest);
        project.run(&steps, &lints.args(deny))?;
    }
    for manifest in ALONE.into_iter().chain([EXTENSION]) {
        let lints = project.guest_cargo().args(["clippy", "--locked", "--lib", "--manifest-path", manifest]);
        project.run(&steps, &lints.args(wasm).args(deny))?;
    }

    project.build(&mut steps, locked)?;
    if guests {
        steps.begin("guests of the tests", Cost::Minutes(1));
        let built = test_guests::build(&project.layout, locked);
        built.map_err(|source| ProjectError::BuildStep { step: steps.current(), source })?;
    }
    project.build_pact(&mut steps, locked)?;

    let mut summary = TestSummary::default();
    steps.begin("tests", Cost::Minutes(5));
    let host = project.test(project.cargo().arg("test").args(all).arg("--no-fail-fast"), &steps, &mut summary);
    steps.begin("unit tests of the plugins and of the SDK", Cost::Once(3));
    let tests = project.guest_cargo().arg("test").args(plugins).args(["--locked", "--workspace", "--no-fail-fast"]);
    let mut result = host.and(project.test(tests, &steps, &mut summary));
    for manifest in project.plugins.own_workspaces() {
        let tests =
            project.guest_cargo().args(["test", "--locked", "--no-fail-fast", "--manifest-path"]).arg(&manifest);
        result = result.and(project.test(tests, &steps, &mut summary));
    }
    for manifest in ALONE {
        let tests = project.guest_cargo().args(["test", "--locked", "--no-fail-fast", "--manifest-path", manifest]);
        result = result.and(project.test(tests, &steps, &mut summary));
    }
    console::print(summary);
    result.and(project.rendered(&mut steps))
}

struct Project {
    layout: Layout,
    plugins: ShippedPlugins,
}

/// What a command needs besides what building the plugins needs.
#[derive(Default)]
struct Need {
    disk: u64,
    lints: bool,
    /// Formatters and type checkers of Python and of npm.
    looks_at_rendered: bool,
}

impl Project {
    fn open() -> Result<Self, ProjectError> {
        let layout = Layout::of_clone()?;
        let plugins = ShippedPlugins::find(&layout)?;
        Ok(Self { layout, plugins })
    }

    fn preflight(&self, need: Need) -> Result<(), Missing> {
        // What was built before needs no room again.
        let is_first =
            !self.layout.plugins().is_dir() || (need.disk > 3 && !self.layout.target().join("release/pact").is_file());
        let disk_bytes = if is_first { need.disk } else { 1 } * GIGABYTE;
        preflight::check(
            &self.layout,
            Plan {
                python: need.looks_at_rendered || self.plugins.need_python(),
                node: need.looks_at_rendered || self.plugins.need_node(),
                lints: need.lints,
                disk_bytes,
            },
        )
    }

    /// Returns how many steps [`Project::build`] announces.
    fn build_steps(&self) -> usize {
        self.plugins.steps() + 2
    }

    /// Makes everything that pact embeds.
    fn build(&self, steps: &mut Steps, lockfiles: Lockfiles) -> Result<Vec<Built>, ProjectError> {
        let built = host_licences::collect(&self.layout, lockfiles, steps)
            .and_then(|()| self.plugins.build(&self.layout, lockfiles, steps))
            .and_then(|built| native_code::make(&self.layout, &built, lockfiles, steps).map(|()| built));
        built.map_err(|source| ProjectError::BuildStep { step: steps.current(), source })
    }

    fn build_pact(&self, steps: &mut Steps, lockfiles: Lockfiles) -> Result<(), ProjectError> {
        if self.layout.target().join("release/pact").is_file() {
            steps.begin("compiling pact", Cost::Minutes(1));
        } else {
            steps.begin("compiling the engine and pact", Cost::Once(7));
        }
        self.run(steps, &self.cargo().args(["build", "--release", "--package", "pact"]).args(lockfiles.flag()))
    }

    fn rendered(&self, steps: &mut Steps) -> Result<(), ProjectError> {
        steps.begin("formatters and type checkers over rendered code", Cost::Once(1));
        rendered::check(&self.layout).map_err(|source| ProjectError::Rendered { step: steps.current(), source })
    }

    fn cargo(&self) -> Child {
        Child::cargo(self.layout.root())
    }

    /// Cargo for the workspace of the plugins, which has its own target directory: sharing one would mix lock files.
    fn guest_cargo(&self) -> Child {
        self.cargo().env("CARGO_TARGET_DIR", self.layout.guest_target())
    }

    fn run(&self, steps: &Steps, child: &Child) -> Result<(), ProjectError> {
        child.run().map_err(|source| ProjectError::Step { step: steps.current(), source })
    }

    fn test(&self, child: Child, steps: &Steps, summary: &mut TestSummary) -> Result<(), ProjectError> {
        // The tests see our plugins and guests, and nothing of the user's own settings, cache or state.
        let mut child =
            child.env("PACT_PLUGINS_DIR", self.layout.plugins()).env("PACT_TEST_GUESTS", self.layout.test_guests());
        for (name, folder) in self.layout.xdg_variables() {
            child = child.env(name, folder);
        }
        let failed = |source| ProjectError::Step { step: steps.current(), source };
        let status = child
            .lines(|line| {
                console::print(line);
                summary.line(line);
            })
            .map_err(failed)?;
        if status.success() { Ok(()) } else { Err(failed(child.failure(status))) }
    }
}
