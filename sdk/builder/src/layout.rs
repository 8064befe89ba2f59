//! Where things lie: the folder that is built, cargo's target directory, and our own corner of it. Builds nothing.

use std::{
    env,
    path::{Path, PathBuf},
};

use cargo_metadata::MetadataCommand;

/// The folders of a build could not be found.
#[derive(Debug, thiserror::Error)]
pub enum LayoutError {
    /// The working folder is not in a clone.
    #[error("failed to find the project: neither `{0}` nor a folder above it holds `sdk/builder` and `wit/v0`")]
    NotInAClone(PathBuf),
    /// The working folder could not be read.
    #[error("failed to read the working folder")]
    WorkingFolder(#[source] std::io::Error),
    /// Cargo does not know its target directory.
    #[error("failed to ask cargo about `{folder}`")]
    Cargo {
        /// Whose target directory was asked for.
        folder: PathBuf,
        /// What cargo said.
        #[source]
        source: Box<cargo_metadata::Error>,
    },
}

/// The folders of one build.
#[derive(Debug, Clone)]
pub struct Layout {
    root: PathBuf,
    target: PathBuf,
}

impl Layout {
    /// The clone around the working folder.
    ///
    /// # Errors
    /// Outside a clone, and when cargo cannot be asked for its target directory.
    pub fn of_clone() -> Result<Self, LayoutError> {
        let folder = env::current_dir().map_err(LayoutError::WorkingFolder)?;
        let root = folder
            .ancestors()
            .find(|folder| folder.join("sdk/builder/Cargo.toml").is_file() && folder.join("wit/v0").is_dir())
            .ok_or_else(|| LayoutError::NotInAClone(folder.clone()))?;
        Self::of_plugin(root)
    }

    /// A folder with a `Cargo.toml` of its own, whose target directory is used.
    ///
    /// # Errors
    /// When cargo cannot be asked for its target directory.
    pub fn of_plugin(folder: &Path) -> Result<Self, LayoutError> {
        let folder = folder.canonicalize().map_err(LayoutError::WorkingFolder)?;
        let metadata = MetadataCommand::new()
            .current_dir(&folder)
            .no_deps()
            .exec()
            .map_err(|source| LayoutError::Cargo { folder: folder.clone(), source: Box::new(source) })?;
        Ok(Self::new(folder, metadata.target_directory.into_std_path_buf()))
    }

    pub(crate) fn new(root: PathBuf, target: PathBuf) -> Self {
        Self { root, target }
    }

    /// Returns the folder that is built. Child processes start here.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns cargo's target directory.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Returns where the finished plugins of a clone lie, as `ID.wasm`.
    pub fn plugins(&self) -> PathBuf {
        self.work().join("plugins")
    }

    /// Returns where the compiled code of the plugins lies, as `ID.native`. `host/cli/build.rs` embeds these files.
    pub(crate) fn native_code(&self) -> PathBuf {
        self.work().join("native")
    }

    /// Returns the program that compiles plugins for other machines.
    pub(crate) fn precompiler(&self) -> PathBuf {
        self.target.join("release/pact-precompile")
    }

    /// Returns the program that takes snapshots of components.
    pub(crate) fn snapshot_taker(&self) -> PathBuf {
        self.target.join("release/pact-snapshot")
    }

    /// Returns where the guests of the tests lie, as `NAME.wasm`.
    pub fn test_guests(&self) -> PathBuf {
        self.work().join("guests")
    }

    /// Returns where the notices of what pact itself is made of lie. `host/cli/build.rs` embeds this file.
    pub(crate) fn host_licences(&self) -> PathBuf {
        self.work().join("host-licenses.txt")
    }

    /// Returns the variables that say where pact keeps settings, cache and state while its own tests run.
    pub(crate) fn xdg_variables(&self) -> [(&'static str, PathBuf); 4] {
        let folder = |kind: &str| self.work().join("xdg").join(kind);
        [
            ("XDG_CONFIG_HOME", folder("config")),
            ("XDG_CACHE_HOME", folder("cache")),
            ("XDG_STATE_HOME", folder("state")),
            ("XDG_DATA_HOME", folder("data")),
        ]
    }

    /// Returns where the packages and suites of the compatibility run lie.
    pub(crate) fn compat(&self) -> PathBuf {
        self.work().join("compat")
    }

    /// Returns the workspace of the Rust plugins.
    pub(crate) fn guest_workspace(&self) -> PathBuf {
        self.root.join("plugins/Cargo.toml")
    }

    /// Returns the target directory for everything compiled for wasm.
    pub(crate) fn guest_target(&self) -> PathBuf {
        self.work().join("cargo")
    }

    /// Makes the target directory as cargo does, tag included: backups, and our own list of inputs, skip what carries it.
    pub(crate) fn create_target(&self) -> std::io::Result<()> {
        if self.target.is_dir() {
            return Ok(());
        }
        std::fs::create_dir_all(&self.target)?;
        let text = "Signature: 8a477f597d28d172789f06886806bc55\n# The target directory of cargo. https://bford.info/cachedir/\n";
        std::fs::write(self.target.join("CACHEDIR.TAG"), text)
    }

    pub(crate) fn work(&self) -> PathBuf {
        self.target.join("pact")
    }
}
