//! A plugin as source: a folder with `plugin.toml` and either `Cargo.toml` or `build.toml`. Only what building needs is
//! read here; the host reads the manifest in full, and refuses what it does not know.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::Deserialize;

/// A plugin folder that cannot be built as it stands.
#[derive(Debug, thiserror::Error)]
#[error("failed to read the plugin in `{folder}`")]
pub(crate) struct PluginError {
    folder: PathBuf,
    #[source]
    kind: PluginErrorKind,
}

#[derive(Debug, thiserror::Error)]
enum PluginErrorKind {
    #[error("`{0}` cannot be read")]
    Read(String, #[source] io::Error),
    #[error("`{0}` is wrong")]
    Parse(String, #[source] Box<toml::de::Error>),
    #[error("`plugin.toml` is missing")]
    NoManifest,
    #[error("there is neither a `Cargo.toml` (a Rust plugin) nor a `build.toml` (any other)")]
    NoRecipe,
    #[error("the id `{0}` in `plugin.toml` is not made of a-z, 0-9 and `-`")]
    Id(String),
}

/// A plugin folder.
#[derive(Debug, Clone)]
pub(crate) struct Plugin {
    pub(crate) folder: PathBuf,
    pub(crate) manifest: Manifest,
    /// The manifest as it was written. It goes into the wasm file unchanged.
    pub(crate) manifest_text: String,
    pub(crate) recipe: Recipe,
}

/// What the builder needs to know of `plugin.toml`.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Manifest {
    pub(crate) id: String,
    pub(crate) world: String,
}

/// How a plugin is built.
#[derive(Debug, Clone)]
pub(crate) enum Recipe {
    Cargo,
    ComponentizePy(Box<PythonRecipe>),
    Snapshot(Box<SnapshotRecipe>),
}

/// What the key `recipe` of `build.toml` says.
#[derive(Debug, Clone, Copy, Deserialize)]
enum RecipeName {
    #[serde(rename = "componentize-py")]
    ComponentizePy,
    #[serde(rename = "rust-snapshot")]
    Snapshot,
}

/// The key of `build.toml` that tells which others it has.
#[derive(Deserialize)]
struct Named {
    recipe: RecipeName,
}

/// `build.toml` of a plugin in Python. Paths are relative to the folder.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PythonRecipe {
    #[serde(rename = "recipe")]
    _recipe: RecipeName,
    /// Version of the interpreter that componentize-py carries, as `3.14`.
    pub(crate) python: String,
    /// The module that implements the world.
    pub(crate) app: String,
    /// What goes onto the import path of the snapshot: files and folders.
    pub(crate) sources: Vec<String>,
    /// Locked requirements of the build's own tools.
    pub(crate) tools: String,
    /// Locked requirements of the pure-Python packages that go in.
    pub(crate) packages: String,
    /// Locked requirements of the source packages that are compiled for wasm.
    pub(crate) native_packages: String,
    #[serde(default)]
    pub(crate) native: Vec<NativePackage>,
    #[serde(default)]
    pub(crate) extension: Vec<Extension>,
    /// What the tools put into the component besides all this.
    pub(crate) bundled: Vec<Bundled>,
}

/// `build.toml` of a plugin in Rust that is set up when it is built. Paths are relative to the folder.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SnapshotRecipe {
    #[serde(rename = "recipe")]
    _recipe: RecipeName,
    /// Locked requirements of the C compiler.
    pub(crate) tools: String,
    /// A header that the C compiler reads before each file.
    pub(crate) c_header: String,
    /// A program for Node that makes the bundle, which the component reads when it is set up.
    pub(crate) bundle: String,
    /// What the bundle is made of, beside the packages: files and folders.
    pub(crate) sources: Vec<String>,
    /// What is in the component besides crates and packages.
    pub(crate) bundled: Vec<Bundled>,
}

/// A Python package whose core is a Rust library.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NativePackage {
    /// The name on the package index.
    pub(crate) package: String,
    /// Its pure-Python files, a folder in the source package.
    pub(crate) python: String,
    /// What cargo calls the library.
    pub(crate) library: String,
    /// Where the import path has to hold it.
    pub(crate) install: String,
}

/// A module of Python that is a Rust library of the plugin's own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Extension {
    /// Its folder in the plugin's.
    pub(crate) folder: String,
    /// What cargo calls the library.
    pub(crate) library: String,
    /// Where the import path has to hold it.
    pub(crate) install: String,
}

/// Something that comes with a tool and has no package of its own to take a notice from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bundled {
    pub(crate) name: String,
    pub(crate) version: String,
    /// An SPDX expression. The standard texts are taken.
    pub(crate) license: String,
    pub(crate) copyright: String,
}

impl Plugin {
    pub(crate) fn open(folder: &Path) -> Result<Self, PluginError> {
        Self::read(folder).map_err(|kind| PluginError { folder: folder.to_owned(), kind })
    }

    fn read(folder: &Path) -> Result<Self, PluginErrorKind> {
        if !folder.join("plugin.toml").is_file() {
            return Err(PluginErrorKind::NoManifest);
        }
        let manifest_text = text(folder, "plugin.toml")?;
        let manifest: Manifest = parse("plugin.toml", &manifest_text)?;
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if manifest.id.is_empty() || !manifest.id.chars().all(allowed) {
            return Err(PluginErrorKind::Id(manifest.id));
        }
        let recipe = if folder.join("build.toml").is_file() {
            let text = text(folder, "build.toml")?;
            match parse::<Named>("build.toml", &text)?.recipe {
                RecipeName::ComponentizePy => Recipe::ComponentizePy(Box::new(parse("build.toml", &text)?)),
                RecipeName::Snapshot => Recipe::Snapshot(Box::new(parse("build.toml", &text)?)),
            }
        } else if folder.join("Cargo.toml").is_file() {
            Recipe::Cargo
        } else {
            return Err(PluginErrorKind::NoRecipe);
        };
        Ok(Self { folder: folder.to_owned(), manifest, manifest_text, recipe })
    }

    /// Returns the plugins of a clone: `plugins/KIND/NAME` with a `plugin.toml`, sorted by path.
    pub(crate) fn find_all(plugins: &Path) -> Result<Vec<Self>, PluginError> {
        let mut found = Vec::new();
        for kind in folders(plugins)? {
            for folder in folders(&kind)? {
                if folder.join("plugin.toml").is_file() {
                    found.push(Self::open(&folder)?);
                }
            }
        }
        Ok(found)
    }

    pub(crate) fn id(&self) -> &str {
        &self.manifest.id
    }
}

fn folders(folder: &Path) -> Result<Vec<PathBuf>, PluginError> {
    let failed = |error| PluginError { folder: folder.to_owned(), kind: PluginErrorKind::Read(".".to_owned(), error) };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn text(folder: &Path, name: &str) -> Result<String, PluginErrorKind> {
    fs::read_to_string(folder.join(name)).map_err(|error| PluginErrorKind::Read(name.to_owned(), error))
}

fn parse<T: serde::de::DeserializeOwned>(name: &str, text: &str) -> Result<T, PluginErrorKind> {
    toml::from_str(text).map_err(|error| PluginErrorKind::Parse(name.to_owned(), Box::new(error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        folder
    }

    fn why(folder: &tempfile::TempDir) -> String {
        Plugin::open(folder.path()).unwrap_err().kind.to_string()
    }

    const MANIFEST: &str = "id = 'a-1'\nworld = 'assessor'\nlicense = 'MIT'\n[[ask]]\ncapability = 'log'\n";

    #[test]
    fn a_folder_with_cargo_toml_is_a_rust_plugin() {
        let plugin = Plugin::open(folder(&[("plugin.toml", MANIFEST), ("Cargo.toml", "")]).path()).unwrap();
        assert_eq!(plugin.id(), "a-1");
        assert!(matches!(plugin.recipe, Recipe::Cargo));
        assert_eq!(plugin.manifest_text, MANIFEST);
    }

    #[test]
    fn a_folder_without_a_recipe_or_a_manifest_is_refused() {
        assert!(why(&folder(&[("plugin.toml", MANIFEST)])).contains("build.toml"));
        assert!(why(&folder(&[("Cargo.toml", "")])).contains("plugin.toml"));
    }

    #[test]
    fn an_id_that_could_leave_the_folder_is_refused() {
        let text = MANIFEST.replace("a-1", "../a");
        assert!(why(&folder(&[("plugin.toml", &text), ("Cargo.toml", "")])).contains("../a"));
    }

    #[test]
    fn a_recipe_says_by_its_name_which_keys_it_has() {
        let text = "recipe = 'rust-snapshot'\ntools = 't'\nc_header = 'c.h'\nbundle = 'b.mjs'\nsources = ['js']\nbundled = []\n";
        let open = |text: &str| Plugin::open(folder(&[("plugin.toml", MANIFEST), ("build.toml", text)]).path());
        assert!(matches!(open(text).unwrap().recipe, Recipe::Snapshot(_)));
        assert!(open(&text.replace("rust-snapshot", "componentize-py")).is_err());
    }

    #[test]
    fn an_unknown_recipe_is_refused() {
        assert!(why(&folder(&[("plugin.toml", MANIFEST), ("build.toml", "recipe = 'make'")])).contains("build.toml"));
    }
}
