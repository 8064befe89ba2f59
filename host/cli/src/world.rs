//! What the process finds around itself: folders, environment, terminal. Read once, here and nowhere else.

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

/// The surroundings of a run.
#[derive(Debug, Clone)]
pub(crate) struct World {
    /// Relative paths of the command line start here: the working folder, or what `-C` says.
    pub(crate) folder: PathBuf,
    /// The running executable.
    pub(crate) executable: Option<PathBuf>,
    /// Where things that can be made again are kept; absent without a home.
    pub(crate) cache: Option<PathBuf>,
    /// Where what the user keeps about pact lies; absent without a home.
    pub(crate) config: Option<PathBuf>,
    /// `SOURCE_DATE_EPOCH`, which reproducible builds agree on as the time.
    pub(crate) source_date_epoch: Option<String>,
    /// Where programs are looked for.
    pub(crate) search_path: Option<OsString>,
    /// Whether words go to a person's terminal.
    pub(crate) stderr_is_terminal: bool,
    /// Whether stdout may have colour.
    pub(crate) stdout_colour: bool,
    /// Whether stderr may have colour.
    pub(crate) stderr_colour: bool,
}

impl World {
    /// Looks around.
    ///
    /// # Errors
    /// When the working folder is gone.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment and the working folder")]
    pub(crate) fn look() -> io::Result<Self> {
        let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let colour = variable("NO_COLOR").is_none() && variable("TERM").is_none_or(|term| term != "dumb");
        let cache = own_folder(variable("XDG_CACHE_HOME"), variable("HOME"), ".cache");
        let config = own_folder(variable("XDG_CONFIG_HOME"), variable("HOME"), ".config");
        Ok(Self {
            folder: std::env::current_dir()?,
            executable: std::env::current_exe().ok(),
            cache,
            config,
            source_date_epoch: variable("SOURCE_DATE_EPOCH").map(|value| value.to_string_lossy().into_owned()),
            search_path: variable("PATH"),
            stderr_is_terminal: io::stderr().is_terminal(),
            stdout_colour: colour && io::stdout().is_terminal(),
            stderr_colour: colour && io::stderr().is_terminal(),
        })
    }

    /// Returns where a program lies, as a shell would find it. Starts nothing.
    pub(crate) fn program(&self, name: &str) -> Option<PathBuf> {
        let folders = self.search_path.as_ref()?;
        std::env::split_paths(folders).map(|folder| folder.join(name)).find(|path| path.is_file())
    }

    /// Returns the path as seen from [`World::folder`].
    pub(crate) fn path(&self, path: &Path) -> PathBuf {
        self.folder.join(path)
    }
}

/// Returns the arguments of the process.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the arguments")]
pub(crate) fn arguments() -> impl Iterator<Item = OsString> {
    std::env::args_os()
}

/// A folder of the XDG base directory specification, which also says that a relative path is to be ignored.
fn own_folder(xdg: Option<OsString>, home: Option<OsString>, name: &str) -> Option<PathBuf> {
    let absolute = |path: OsString| Some(PathBuf::from(path)).filter(|path| path.is_absolute());
    let base = xdg.and_then(absolute).or_else(|| Some(home.and_then(absolute)?.join(name)))?;
    Some(base.join("pact"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_follows_xdg_then_home() {
        let folder =
            |xdg: Option<&str>, home: Option<&str>| own_folder(xdg.map(Into::into), home.map(Into::into), ".cache");
        assert_eq!(folder(Some("/x"), Some("/h")), Some("/x/pact".into()));
        assert_eq!(folder(Some("relative"), Some("/h")), Some("/h/.cache/pact".into()));
        assert_eq!(folder(None, None), None);
    }
}
