//! What the toolbox holds, for the commands that look at plugins instead of working with them.

use std::time::{Duration, Instant};

use anyhow::anyhow;
use cap_std::ambient_authority;
use cap_std::fs::Dir;
use pact_grants::{Grant, Manifest, Profile, UserGrants, World as PluginWorld, decide};
use pact_runtime::{LoadedPlugin, PluginFile};

use super::{NOTED_BYTES, Plugin, Toolbox, refused};
use crate::exit::Failure;
use crate::plugins::{self, ShippedPlugin};
use crate::world::World;

/// The plugin that attacks the host for `pact doctor`. No other command may take it for a test runner.
pub(super) const DOCTOR_GUEST: &str = "doctor-guest";

/// How a plugin came to be ready to run.
pub(crate) struct Loading {
    /// Whether it was compiled now, or its compiled form was kept from before.
    pub(crate) was_compiled: bool,
    /// From the file to a plugin that could run.
    pub(crate) took: Duration,
    /// The plugin, or why it was refused.
    pub(crate) result: Result<LoadedPlugin, Failure>,
}

impl Toolbox {
    /// Returns all plugins, in the order of their ids.
    pub(crate) fn plugins(&self) -> &[Plugin] {
        &self.plugins
    }

    /// Returns id and digest of every plugin that a verdict may depend on.
    pub(crate) fn judging_plugins(&self) -> Vec<(String, String)> {
        let worlds = [PluginWorld::TestRunner, PluginWorld::SplitRunner, PluginWorld::LanguageBackend];
        let judging = self.plugins.iter().filter(|plugin| worlds.contains(&plugin.manifest.world));
        judging.map(|plugin| (plugin.id().to_string(), plugin.file.digest())).collect()
    }

    /// Returns what the user allows them.
    pub(crate) fn grants(&self) -> &UserGrants {
        &self.grants
    }

    /// Returns the plugin of this id.
    ///
    /// # Errors
    /// When there is none, with those that there are.
    pub(crate) fn plugin(&self, id: &str) -> Result<&Plugin, Failure> {
        self.find(id).ok_or_else(|| {
            let known: Vec<&str> = self.plugins.iter().map(|plugin| plugin.id().as_str()).collect();
            Failure::usage(anyhow!("no plugin is called `{id}`")).hint(format!("there is: {}", known.join(", ")))
        })
    }

    /// Compiles or maps, audits and links a plugin with all that it asks for. Nothing of it runs: this is for looking.
    pub(crate) fn try_load(&self, plugin: &Plugin) -> Loading {
        let began = Instant::now();
        let was_compiled = self.runtime.must_compile(&plugin.file);
        if was_compiled && plugin.file.bytes.len() >= NOTED_BYTES {
            self.ui.say(&format!("compiling the plugin `{}` for this machine, once", plugin.manifest.id));
        }
        let result = decide(&plugin.manifest, &all_asked(&plugin.manifest), Profile::Dev)
            .map_err(Failure::bug)
            .and_then(|authority| self.runtime.load(&plugin.file, authority).map_err(refused));
        Loading { was_compiled, took: began.elapsed(), result }
    }

    /// Makes a test runner of what [`Toolbox::try_load`] loaded: of the first language that it executes.
    ///
    /// # Errors
    /// When it does not describe itself.
    pub(crate) async fn runner(
        &self,
        plugin: LoadedPlugin,
    ) -> Result<std::sync::Arc<dyn pact_pipeline::ports::TestRunner>, Failure> {
        let mut runners = self.runtime.test_runners(plugin).await.map_err(refused)?;
        Ok(runners.swap_remove(0))
    }
}

impl Plugin {
    /// Returns the hostile plugin of `pact doctor`.
    ///
    /// # Errors
    /// When it is not among the shipped ones, or cannot be read.
    pub(crate) fn doctor_guest(world: &World) -> Result<Self, Failure> {
        for shipped in plugins::shipped(world)? {
            let plugin = Self::read(shipped)?;
            if plugin.id().as_str() == DOCTOR_GUEST {
                return Ok(plugin);
            }
        }
        Err(Failure::usage(anyhow!("the plugin `{DOCTOR_GUEST}` is not among those that were built"))
            .hint("run `cargo plugins`, then build pact again"))
    }

    /// Reads a file that somebody named.
    ///
    /// # Errors
    /// When it cannot be read or is no plugin.
    pub(crate) fn from_file(path: &std::path::Path) -> Result<Self, Failure> {
        let read = || -> std::io::Result<Vec<u8>> {
            let name = path.file_name().ok_or_else(|| std::io::Error::other("it has no name"))?;
            let folder = path.parent().ok_or_else(|| std::io::Error::other("it has no folder"))?;
            Dir::open_ambient_dir(folder, ambient_authority())?.read(name)
        };
        let origin = path.display().to_string();
        let bytes = read().map_err(|error| Failure::usage(error).context(format!("read the plugin `{origin}`")))?;
        Self::read(ShippedPlugin { origin, bytes: bytes.into(), sha256: None, native_code: None })
    }

    /// Returns its `plugin.toml`.
    pub(crate) fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Returns its file.
    pub(crate) fn file(&self) -> &PluginFile {
        &self.file
    }
}

/// Grants a plugin everything that it asks for.
fn all_asked(manifest: &Manifest) -> UserGrants {
    let scope = |capability| manifest.ask(capability).map(|ask| ask.scope.clone());
    let mut grants = UserGrants::default();
    let grant = Grant { workspace_read: scope(pact_grants::Capability::WorkspaceRead) };
    grants.insert(manifest.id.clone(), grant);
    grants
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plugin_that_is_granted_all_that_it_asks_for_lacks_nothing() {
        let manifest = Manifest::parse(
            "id = 'p'\nversion = '1'\nworld = 'llm-provider'\nlicense = 'MIT'\n\
             [[ask]]\ncapability = 'workspace.read'\nscope = 'a/**'\nreason = 'reads a'\n",
        )
        .unwrap();
        let authority = decide(&manifest, &all_asked(&manifest), Profile::Dev).unwrap();
        assert!(authority.workspace().unwrap().allows("a/b"));
        assert!(!authority.workspace().unwrap().allows("b"));
    }
}
