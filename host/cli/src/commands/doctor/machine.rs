//! What `pact doctor` finds without running anything: this binary, its cache, other programs.

use std::path::{Path, PathBuf};

use cap_std::ambient_authority;
use cap_std::fs::Dir;
use pact_runtime::{Runtime, RuntimeOptions};
use serde::Serialize;

use crate::world::World;

/// The machine as pact sees it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Machine {
    /// The version of this binary.
    pub(super) version: &'static str,
    /// Architecture and operating system.
    pub(super) platform: String,
    /// Where this binary lies.
    pub(super) executable: Option<PathBuf>,
    /// Where compiled plugins are kept.
    pub(super) cache: Cache,
    /// Where `git` lies; nothing of pact starts it.
    pub(super) git: Option<PathBuf>,
}

/// The folder of compiled plugins.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Cache {
    /// The folder; absent without a home.
    pub(super) path: Option<PathBuf>,
    /// Why compiled plugins are not kept, when they are not.
    pub(super) error: Option<String>,
    /// How many compiled plugins lie in it.
    pub(super) entries: u64,
    /// What they take.
    pub(super) bytes: u64,
}

/// Looks around.
pub(super) fn look(world: &World) -> Machine {
    Machine {
        version: env!("CARGO_PKG_VERSION"),
        platform: format!("{} {}", std::env::consts::ARCH, std::env::consts::OS),
        executable: world.executable.clone(),
        cache: cache(world.cache.as_ref().map(|cache| cache.join("native"))),
        git: world.program("git"),
    }
}

fn cache(path: Option<PathBuf>) -> Cache {
    let Some(path) = path else {
        let error = Some("neither XDG_CACHE_HOME nor HOME is set".to_owned());
        return Cache { path: None, error, entries: 0, bytes: 0 };
    };
    // The runtime makes the folder and looks at its owner and mode: the same code that a run trusts.
    let runtime = Runtime::new(RuntimeOptions { native_cache: Some(path.clone()), ..RuntimeOptions::default() });
    let error = runtime.cache_error().map(ToString::to_string);
    let (entries, bytes) = contents(&path).unwrap_or_default();
    Cache { path: Some(path), error, entries, bytes }
}

/// Counts compiled plugins and their bytes.
fn contents(folder: &Path) -> std::io::Result<(u64, u64)> {
    let (mut entries, mut bytes) = (0, 0);
    for entry in Dir::open_ambient_dir(folder, ambient_authority())?.entries()? {
        let entry = entry?;
        if Path::new(&entry.file_name()).extension().is_some_and(|extension| extension == "cwasm") {
            entries += 1;
            bytes += entry.metadata()?.len();
        }
    }
    Ok((entries, bytes))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests lay out folders")]
mod tests {
    use super::*;

    #[test]
    fn compiled_plugins_are_counted_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("native");
        assert_eq!(cache(Some(path.clone())).entries, 0, "the folder is made");
        std::fs::write(path.join("a@1.cwasm"), "four").unwrap();
        std::fs::write(path.join(".writing-x"), "five5").unwrap();
        let cache = cache(Some(path));
        assert_eq!((cache.entries, cache.bytes, cache.error), (1, 4, None));
    }

    #[test]
    fn a_folder_that_others_may_write_to_is_an_error() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("native");
        cache(Some(path.clone()));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o777)).unwrap();
        assert!(cache(Some(path)).error.unwrap().contains("chmod 700"));
    }
}
