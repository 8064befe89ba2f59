//! A project on disk, as commands find and open it.

mod place;
mod plan;
mod standing;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::anyhow;
use pact_pipeline::ports::WorkspaceError;
use pact_pipeline::{Error, Fault};
use pact_store::{LanguageSetting, OpenError, Project, Settings, SettingsError};

use crate::commands::Context;
use crate::exit::Failure;
use crate::plugins;
use crate::world::World;

pub(crate) use place::{Place, Wanted};
pub(crate) use plan::Plan;
pub(crate) use standing::{Code, Standing};

/// A file that makes a folder a project: the settings, or the components of a project that has none.
const SIGNS: [&str; 2] = ["pact.yaml", TREE];
/// The components of a project.
const TREE: &str = "decomposition/tree.json";

/// A project that is open, with its settings.
pub(crate) struct Opened {
    /// Its folder.
    pub(crate) folder: PathBuf,
    /// Its files.
    pub(crate) project: Arc<Project>,
    /// Its `pact.yaml`.
    pub(crate) settings: Settings,
}

/// Whether the folder is a project.
pub(crate) fn is_project(folder: &Path) -> bool {
    SIGNS.iter().any(|sign| folder.join(sign).is_file())
}

/// Whether the folder is a project that has components.
pub(crate) fn has_components(folder: &Path) -> bool {
    folder.join(TREE).is_file()
}

/// Returns the project that a folder lies in: itself, or the nearest above.
pub(crate) fn find_above(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|above| is_project(above))
}

/// Returns the project that a command is about: the named folder, else the one around the working folder.
///
/// # Errors
/// When there is none.
pub(crate) fn locate(context: &Context, named: Option<&Path>) -> Result<PathBuf, Failure> {
    let world = &context.world;
    match named {
        Some(path) if is_project(&world.path(path)) => Ok(world.path(path)),
        Some(path) => Err(no_project(&format!("`{}` is no project: it has no pact.yaml", path.display()))),
        None => find_above(&world.folder).map(Path::to_owned).ok_or_else(|| {
            no_project(&format!("there is no project here: no pact.yaml in `{}` or above", world.folder.display()))
        }),
    }
}

impl Opened {
    /// Opens a project to look at it.
    ///
    /// # Errors
    /// When its files or settings cannot be read.
    pub(crate) fn to_read(context: &Context, folder: &Path) -> Result<Self, Failure> {
        Self::new(context, folder, Project::open_to_read(folder))
    }

    /// Opens a project to work on it.
    ///
    /// # Errors
    /// As [`Opened::to_read`], and when another process works on it.
    pub(crate) fn to_work(context: &Context, folder: &Path) -> Result<Self, Failure> {
        Self::new(context, folder, Project::open_to_work(folder))
    }

    fn new(context: &Context, folder: &Path, opened: Result<Project, OpenError>) -> Result<Self, Failure> {
        let project = opened.map_err(not_opened)?;
        let (mut settings, warnings) = project.settings().map_err(bad_settings)?;
        for warning in warnings {
            context.ui.say(&format!("warning: {}:{}: {}", warning.file, warning.line, warning.message));
        }
        if settings.language.default.is_none() {
            settings.language.default = default_language(&context.world)?;
        }
        Ok(Self { folder: folder.to_owned(), project: Arc::new(project), settings })
    }
}

/// Returns the language of a project whose `pact.yaml` names none: the shipped backend that says so of itself.
fn default_language(world: &World) -> Result<Option<LanguageSetting>, Failure> {
    for shipped in plugins::shipped(world)? {
        let manifest = shipped.manifest()?;
        if manifest.default_language {
            return Ok(Some(LanguageSetting::Named(manifest.id.to_string())));
        }
    }
    Ok(None)
}

/// Returns the failure that an open project means for the edge.
pub(crate) fn not_opened(error: OpenError) -> Failure {
    let is_locked = matches!(&error, OpenError::Locked { source: pact_store::LockError::Held { .. }, .. });
    let failure = Failure::usage(error);
    if is_locked { failure.hint("wait until it is done, or end it; what it has finished is not lost") } else { failure }
}

/// Returns the failure that a fault in the project's files means.
pub(crate) fn bad_workspace(error: WorkspaceError) -> Failure {
    Failure::usage(error)
}

/// Returns the failure that an error of the pipeline means.
pub(crate) fn bad_run(error: Error) -> Failure {
    match error.fault() {
        Fault::User => Failure::usage(error),
        Fault::Artefact => Failure::artefact(error),
        Fault::Plugin => Failure::plugin(error),
        Fault::Provider => Failure::model(error),
        Fault::Ours => Failure::bug(error),
    }
}

fn bad_settings(error: SettingsError) -> Failure {
    let hint = error.hint.clone();
    let failure = Failure::usage(error);
    match hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

fn no_project(words: &str) -> Failure {
    Failure::usage(anyhow!("{words}")).hint("`pact init DIR` makes one; `pact demo` shows a whole one")
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests lay out folders")]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_project_above_is_found() {
        let place = tempfile::tempdir().unwrap();
        let (outer, inner) = (place.path().join("a"), place.path().join("a/b"));
        std::fs::create_dir_all(inner.join("c/d")).unwrap();
        std::fs::write(outer.join("pact.yaml"), "").unwrap();
        assert_eq!(find_above(&inner.join("c/d")), Some(outer.as_path()));
        std::fs::create_dir_all(inner.join("decomposition")).unwrap();
        std::fs::write(inner.join(TREE), "{}").unwrap();
        assert_eq!(find_above(&inner.join("c/d")), Some(inner.as_path()));
        assert!(has_components(&inner) && !has_components(&outer));
    }
}
