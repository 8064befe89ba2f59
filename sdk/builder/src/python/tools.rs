//! The private environment of the Python tools, and pip in it. Nothing of the user's own Python is used but the
//! interpreter.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::PythonBuild;
use crate::{
    build::BuildErrorKind,
    cache::{self, CacheError},
    child::Child,
    inputs::Inputs,
    layout::Layout,
};

/// Its presence says that an environment is whole.
const COMPLETE: &str = ".complete";

impl PythonBuild<'_> {
    /// Returns the folder of the tools' programs, and installs them if they are not there.
    pub(super) fn tools(&self) -> Result<PathBuf, BuildErrorKind> {
        environment(self.layout, &self.plugin.folder.join(&self.recipe.tools))
    }

    /// Returns a pip command that takes only what the requirement files pin by hash.
    pub(super) fn pip(&self, command: &[&str]) -> Result<Child, BuildErrorKind> {
        Ok(pip(&self.tools()?, self.layout.root(), &pip_cache(self.layout), command))
    }
}

/// Returns the folder of the programs that a requirement file locks, and installs them if they are not there.
pub(crate) fn environment(layout: &Layout, requirements: &Path) -> Result<PathBuf, BuildErrorKind> {
    let root = layout.root();
    let mut inputs = Inputs::new("python tools");
    inputs.file(requirements)?;
    // An environment is bound to its interpreter: another python3 gets another one.
    let about = "import sys; print(sys.version, sys.base_prefix)";
    inputs.text("interpreter", &isolated(Child::new("python3", root)).args(["-I", "-c", about]).output()?);
    let folder = layout.work().join("tools").join(&inputs.digest()[..16]);
    let programs = folder.join("bin");
    if folder.join(COMPLETE).is_file() {
        return Ok(programs);
    }
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(CacheError::new("remove", &folder))?;
    }
    isolated(Child::new("python3", root)).args(["-I", "-m", "venv"]).arg(&folder).run()?;
    pip(&programs, root, &pip_cache(layout), &["install", "--only-binary=:all:"])
        .arg("--requirement")
        .arg(requirements)
        .run()?;
    cache::write(&folder.join(COMPLETE), b"")?;
    Ok(programs)
}

fn pip_cache(layout: &Layout) -> PathBuf {
    layout.work().join("tools/pip-cache")
}

/// Returns a pip command in an environment; it takes nothing without a hash and nothing that was not asked for.
pub(crate) fn pip(programs: &Path, root: &Path, pip_cache: &Path, command: &[&str]) -> Child {
    isolated(Child::new(programs.join("python"), root))
        // The home folder may be read-only.
        .env("PIP_CACHE_DIR", pip_cache)
        .args(["-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"])
        .args(command)
        .args(["--require-hashes", "--no-deps"])
}

/// Removes from a child's variables what would lead a Python astray.
pub(crate) fn isolated(child: Child) -> Child {
    ["PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PIP_TARGET", "PIP_USER", "PIP_PREFIX"]
        .into_iter()
        .fold(child, Child::unset)
}
