//! What the language backends render, before formatters and type checkers: `cargo rendered`, and a step of `cargo ci`. Which
//! contracts are rendered is in `tests/rendered`, and so are the versions of the tools, pinned by hash.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use crate::{
    build::BuildErrorKind,
    cache::{self, Cache, CacheError},
    child::{Child, ChildError},
    inputs::{InputError, Inputs},
    layout::Layout,
    python::environment,
    steps::Steps,
};

mod checks;

use checks::checks;

const LISTS: &str = "tests/rendered";

const OF_NPM: [&str; 2] = ["package.json", "package-lock.json"];

/// Its presence says that a folder is whole.
const COMPLETE: &str = ".complete";

/// Seconds are usual; this is for a tool that hangs.
const MAX_TOOL: Duration = Duration::from_secs(300);

/// Rendered code was not looked at, or is not as it must be.
#[derive(Debug, thiserror::Error)]
pub enum RenderedError {
    /// The tools could not be installed.
    #[error("failed to install the formatters and type checkers of rendered code")]
    Tools(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A program could not be run.
    #[error(transparent)]
    Child(#[from] ChildError),
    /// A tool found something.
    #[error("{tool} does not accept what is rendered:\n{said}")]
    Found {
        /// The tool.
        tool: &'static str,
        /// What it says.
        said: String,
        /// A line for a shell that repeats it.
        repeat: String,
    },
    /// A tool that takes everything finds nothing.
    #[error("{tool} accepts `{file}`, which was spoilt to see whether it looks")]
    Blind {
        /// The tool.
        tool: &'static str,
        /// The file that it should have refused.
        file: String,
    },
}

impl RenderedError {
    /// Returns the shell line that repeats what failed, if that was a command.
    pub fn repeat(&self) -> Option<&str> {
        match self {
            Self::Child(error) => Some(error.repeat()),
            Self::Found { repeat, .. } => Some(repeat),
            Self::Tools(_) | Self::Blind { .. } => None,
        }
    }
}

impl From<CacheError> for RenderedError {
    fn from(error: CacheError) -> Self {
        Self::Tools(Box::new(error))
    }
}

impl From<InputError> for RenderedError {
    fn from(error: InputError) -> Self {
        Self::Tools(Box::new(error))
    }
}

impl From<BuildErrorKind> for RenderedError {
    fn from(error: BuildErrorKind) -> Self {
        Self::Tools(Box::new(error))
    }
}

/// Renders, and lets every tool look. Then spoils one file for each tool, and lets it look again.
pub(crate) fn check(layout: &Layout) -> Result<(), RenderedError> {
    let _lock = Cache::open(layout, Steps::waiting)?;
    let lists = layout.root().join(LISTS);
    let tools = Tools {
        python: environment(layout, &lists.join("requirements.txt"))?,
        node: node_packages(layout, &lists)?,
        settings: lists,
    };
    // It stays: who is told of a fault wants to see the file.
    let root = &layout.work().join("rendered");
    if root.exists() {
        fs::remove_dir_all(root).map_err(CacheError::new("remove", root))?;
    }
    fs::create_dir_all(root).map_err(CacheError::new("create", root))?;
    render(layout, root)?;
    cache::link_folder(&tools.node, &root.join("node_modules"))?;
    let checks = checks(&tools, root)?;
    for check in &checks {
        let (accepted, said) = check.run(root)?;
        if !accepted {
            return Err(RenderedError::Found { tool: check.tool, said, repeat: check.child.shell_line() });
        }
    }
    for check in &checks {
        check.must_refuse(root)?;
    }
    Ok(())
}

struct Tools {
    python: PathBuf,
    node: PathBuf,
    settings: PathBuf,
}

/// Writes the files. The program that does it needs the language backends, and so is one of their workspace.
fn render(layout: &Layout, root: &Path) -> Result<(), ChildError> {
    Child::cargo(layout.root())
        .env("CARGO_TARGET_DIR", layout.guest_target())
        .args([
            "run",
            "--quiet",
            "--locked",
            "--manifest-path",
            "plugins/Cargo.toml",
            "--package",
            "pact-rendered",
            "--",
        ])
        .arg(root)
        .run()
}

/// Returns the folder of installed packages, and installs them if they are not there.
fn node_packages(layout: &Layout, lists: &Path) -> Result<PathBuf, RenderedError> {
    let mut inputs = Inputs::new("npm tools");
    for file in OF_NPM {
        inputs.file(&lists.join(file))?;
    }
    // Some of them are programs for this machine.
    inputs.text("machine", &format!("{} {}", std::env::consts::OS, std::env::consts::ARCH));
    let folder = layout.work().join("tools").join(format!("npm-{}", &inputs.digest()[..16]));
    let packages = folder.join("node_modules");
    if folder.join(COMPLETE).is_file() {
        return Ok(packages);
    }
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(CacheError::new("remove", &folder))?;
    }
    for file in OF_NPM {
        cache::copy(&lists.join(file), &folder.join(file))?;
    }
    Child::new("npm", &folder)
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"])
        .arg("--cache")
        .arg(layout.work().join("tools/npm-cache"))
        .run()?;
    cache::write(&folder.join(COMPLETE), b"")?;
    Ok(packages)
}

/// One run of a tool.
struct Check {
    tool: &'static str,
    child: Child,
    /// A file that the run looks at, below the folder of rendered files.
    file: PathBuf,
    /// What no tool of this kind accepts.
    spoilt: &'static str,
}

impl Check {
    /// Returns whether the tool has nothing to say, and what it says.
    fn run(&self, root: &Path) -> Result<(bool, String), RenderedError> {
        let (out, err) = (root.join("stdout"), root.join("stderr"));
        let status = self.child.logged(&out, &err, MAX_TOOL)?;
        let text = |path: &Path| fs::read_to_string(path).map_err(CacheError::new("read", path));
        Ok((status.success(), text(&out)? + &text(&err)?))
    }

    /// Spoils the file, looks whether the tool names it, and writes it back.
    fn must_refuse(&self, root: &Path) -> Result<(), RenderedError> {
        let path = root.join(&self.file);
        let before = fs::read(&path).map_err(CacheError::new("read", &path))?;
        cache::write(&path, &[&before, self.spoilt.as_bytes()].concat())?;
        let (accepted, said) = self.run(root)?;
        cache::write(&path, &before)?;
        let name = self.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if accepted || !said.contains(&name) {
            return Err(RenderedError::Blind { tool: self.tool, file: name });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
