//! Finds the plugins that are shipped with pact: inside the executable, else beside it.
//!
//! Not for loading them: that is in [`crate::toolbox`].

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use cap_std::ambient_authority;
use cap_std::fs::Dir;
use pact_grants::Manifest;
use pact_runtime::PluginFile;

use crate::exit::Failure;
use crate::world::World;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// A plugin inside the executable. The list of them is written by `build.rs`.
struct Embedded {
    /// The file's name without its ending.
    name: &'static str,
    /// The whole file.
    bytes: &'static [u8],
    /// Of the bytes, computed when they were embedded: reading 100 MB again at each start would cost more than a test run.
    sha256: &'static str,
    /// The same, compiled for machines of this kind, where the build has made that.
    native_code: Option<&'static [u8]>,
}

/// The file of a plugin, not looked into yet.
#[derive(Debug, Clone)]
pub(crate) struct ShippedPlugin {
    /// Where it was found, for messages.
    pub(crate) origin: String,
    /// The whole file.
    pub(crate) bytes: Cow<'static, [u8]>,
    /// SHA-256 in hexadecimal, where it is known already.
    pub(crate) sha256: Option<&'static str>,
    /// Compiled code that came with the executable.
    pub(crate) native_code: Option<&'static [u8]>,
}

impl ShippedPlugin {
    /// Returns the file as the runtime takes it.
    pub(crate) fn into_file(self) -> PluginFile {
        let Self { origin, bytes, sha256, native_code } = self;
        PluginFile { origin, bytes, known_digest: sha256.map(str::to_owned), native_code }
    }

    /// Reads its `plugin.toml`.
    ///
    /// # Errors
    /// When it is no plugin.
    pub(crate) fn manifest(self) -> Result<Manifest, Failure> {
        let file = self.into_file();
        file.manifest().map_err(|error| Failure::plugin(error).context(format!("read the plugin {}", file.origin)))
    }
}

/// Finds all shipped plugins, sorted by name.
///
/// # Errors
/// When there are none, with where they were looked for; when a file cannot be read.
pub(crate) fn shipped(world: &World) -> Result<Vec<ShippedPlugin>, Failure> {
    if !EMBEDDED.is_empty() {
        return Ok(EMBEDDED.iter().map(from_executable).collect());
    }
    let beside = world.executable.as_deref().and_then(beside);
    let found = match &beside {
        Some(folder) if folder.is_dir() => from_folder(folder)?,
        _ => Vec::new(),
    };
    if !found.is_empty() {
        return Ok(found);
    }
    let beside = beside.map_or_else(|| "no place beside it".to_owned(), |folder| format!("`{}`", folder.display()));
    Err(Failure::usage(anyhow::anyhow!("no plugins built: run cargo plugins"))
        .hint(format!("looked inside this executable and in {beside}; after `cargo plugins`, build pact again")))
}

fn from_executable(plugin: &Embedded) -> ShippedPlugin {
    ShippedPlugin {
        origin: format!("{} (inside this executable)", plugin.name),
        bytes: Cow::Borrowed(plugin.bytes),
        sha256: Some(plugin.sha256),
        native_code: plugin.native_code,
    }
}

/// `bin/pact` has its plugins in `plugins/`.
fn beside(executable: &Path) -> Option<PathBuf> {
    Some(executable.parent()?.parent()?.join("plugins"))
}

fn from_folder(folder: &Path) -> Result<Vec<ShippedPlugin>, Failure> {
    let failed =
        |error: std::io::Error| Failure::usage(error).context(format!("read the plugins in `{}`", folder.display()));
    let dir = Dir::open_ambient_dir(folder, ambient_authority()).map_err(failed)?;
    let mut found = Vec::new();
    for entry in dir.entries().map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        if Path::new(&name).extension().is_some_and(|extension| extension == "wasm") {
            let bytes = dir.read(&name).map_err(failed)?;
            found.push(ShippedPlugin {
                origin: folder.join(&name).display().to_string(),
                bytes: Cow::Owned(bytes),
                sha256: None,
                native_code: None,
            });
        }
    }
    found.sort_by(|a, b| a.origin.cmp(&b.origin));
    Ok(found)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests lay out folders")]
mod tests {
    use super::*;

    #[test]
    fn plugins_lie_beside_the_folder_of_the_executable() {
        assert_eq!(beside(Path::new("/opt/pact/bin/pact")), Some("/opt/pact/plugins".into()));
    }

    #[test]
    fn only_wasm_files_are_plugins() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.wasm", "a.wasm", "notes.txt"] {
            std::fs::write(folder.path().join(name), name).unwrap();
        }
        let found = from_folder(folder.path()).unwrap();
        let contents: Vec<&[u8]> = found.iter().map(|plugin| plugin.bytes.as_ref()).collect();
        assert_eq!(contents, [b"a.wasm", b"b.wasm"]);
    }
}
