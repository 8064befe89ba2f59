//! The worlds of the plugin interface, as names of interfaces. Types and functions are the business of the bindings.

use std::{collections::BTreeSet, fs, io};

use wit_parser::{PackageId, Resolve};

include!(concat!(env!("OUT_DIR"), "/wit.rs"));

/// Why the plugin interface, or a world of it, could not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WorldError {
    /// The temporary folder could not be written.
    #[error("failed to unpack the plugin interface")]
    Unpack(#[from] io::Error),
    /// The `.wit` files are wrong.
    #[error("failed to read the plugin interface: {0}")]
    Parse(String),
    /// A manifest names a world that does not exist.
    #[error("failed to find the world `{name}`; there are: {}", known.join(", "))]
    Unknown {
        /// What the manifest says.
        name: String,
        /// All worlds.
        known: Vec<String>,
    },
}

/// The plugin interface that this crate was compiled with.
pub(crate) struct Worlds {
    resolve: Resolve,
    package: PackageId,
    folder: tempfile::TempDir,
}

/// The interfaces of one world, by full name (`pact:plugin/log@0.1.0`).
pub(crate) struct World {
    pub(crate) name: String,
    pub(crate) imports: BTreeSet<String>,
    pub(crate) exports: BTreeSet<String>,
}

impl Worlds {
    pub(crate) fn embedded() -> Result<Self, WorldError> {
        let folder = tempfile::tempdir()?;
        for (name, text) in FILES {
            let path = folder.path().join(name);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(path, text)?;
        }
        let mut resolve = Resolve::default();
        let (package, _) = resolve.push_dir(folder.path()).map_err(|error| WorldError::Parse(format!("{error:#}")))?;
        Ok(Self { resolve, package, folder })
    }

    /// Returns a folder with the `.wit` files, for tools that want one. It lives as long as `self`.
    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Returns the world called `name`, with or without the package in front.
    pub(crate) fn find(&self, name: &str) -> Result<World, WorldError> {
        let id = self.resolve.select_world(&[self.package], Some(name)).map_err(|_| WorldError::Unknown {
            name: name.to_owned(),
            known: self.resolve.packages[self.package].worlds.keys().cloned().collect(),
        })?;
        let world = &self.resolve.worlds[id];
        let names = |items: &wit_parser::IndexMap<wit_parser::WorldKey, wit_parser::WorldItem>| {
            items.keys().map(|key| self.resolve.name_world_key(key)).collect()
        };
        Ok(World { name: world.name.clone(), imports: names(&world.imports), exports: names(&world.exports) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_world_lists_what_it_uses_indirectly() {
        let world = Worlds::embedded().unwrap().find("test-runner").unwrap();
        assert!(world.imports.contains("pact:plugin/observe@0.1.0"), "{:?}", world.imports);
        // Only `observe` and `runner` use it; the component imports it all the same.
        assert!(world.imports.contains("pact:plugin/tests@0.1.0"), "{:?}", world.imports);
        assert!(world.exports.contains("pact:plugin/runner@0.1.0"), "{:?}", world.exports);
    }

    #[test]
    fn an_unknown_world_is_answered_with_the_known_ones() {
        let error = Worlds::embedded().unwrap().find("test-walker").err().unwrap().to_string();
        assert!(error.contains("test-walker") && error.contains("test-runner"), "{error}");
    }
}
