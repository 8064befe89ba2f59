//! The plugins of one project: what `language`, `models` and `plugins` of its `pact.yaml` name.

use std::path::Path;
use std::sync::Arc;

use anyhow::anyhow;
use cap_std::ambient_authority;
use cap_std::fs::Dir;
use pact_grants::{PluginId, UserGrants, World as PluginWorld};
use pact_pipeline::ports::{ContractBackend, TestRunner};
use pact_pipeline::record::PluginDigests;
use pact_runtime::{ProviderSettings, SessionSink, WasmProvider};
use pact_store::{LanguageSetting, Settings};

use super::{Plugin, Toolbox, refused};
use crate::commands::Context;
use crate::exit::Failure;
use crate::plugins::ShippedPlugin;

/// A backend, and the runner that belongs to it: loaded only when something is to be executed.
pub(crate) struct Pair<'toolbox> {
    /// Knows the project's language.
    pub(crate) backend: Arc<dyn ContractBackend>,
    /// Both plugins with their digests, under which verdicts know them.
    pub(crate) digests: PluginDigests,
    runner: &'toolbox Plugin,
}

impl Pair<'_> {
    /// Tells whether the runner can hold the tested code in an instance of its own. Asks its manifest: nothing is loaded.
    pub(crate) fn can_split(&self) -> bool {
        self.runner.manifest.world == PluginWorld::SplitRunner
    }
}

impl Toolbox {
    /// Finds the plugins of a project: those that are shipped, and the files that its settings name.
    ///
    /// # Errors
    /// When a plugin cannot be read, or the settings speak of one that is not there.
    pub(crate) fn open_for_project(
        context: &Context,
        folder: &Path,
        settings: &Settings,
        sessions: Option<Arc<dyn SessionSink>>,
    ) -> Result<Self, Failure> {
        let grants: UserGrants = serde_json::from_value(settings.grants.clone())
            .map_err(|error| Failure::usage(error).context("read `grants` in pact.yaml"))?;
        let mut toolbox = Self::open_observed(context, grants.clone(), sessions)?;
        for (id, plugin) in &settings.plugins {
            let found = toolbox.resolve(plugin.reference.as_deref().unwrap_or(id), folder)?;
            if found.as_str() != id {
                return Err(Failure::usage(anyhow!("the plugin `{id}` in pact.yaml calls itself `{found}`"))
                    .hint(format!("write `{found}:` under `plugins`: grants and receipts go by that id")));
            }
        }
        for language in settings.language.all() {
            if let LanguageSetting::Pair { backend, runner } = language {
                toolbox.resolve(backend, folder)?;
                toolbox.resolve(runner, folder)?;
            }
        }
        for id in grants.plugins() {
            if toolbox.find(id.as_str()).is_none() {
                return Err(toolbox.unknown(id.as_str()).context("read `grants` in pact.yaml"));
            }
        }
        Ok(toolbox)
    }

    /// Returns the backend of a language, with the runner that it names.
    ///
    /// # Errors
    /// When the language is not known, or the backend is refused.
    pub(crate) async fn pair(&self, language: &LanguageSetting, folder: &Path) -> Result<Pair<'_>, Failure> {
        let (backend, runner) = match language {
            LanguageSetting::Named(name) => (self.backend_named(name)?, None),
            LanguageSetting::Pair { backend, runner } => {
                (self.referenced(backend, folder)?, Some(self.referenced(runner, folder)?))
            }
        };
        let loaded = self.load(backend)?;
        let backend_digest = loaded.digest().to_owned();
        let port = self.runtime.language_backend(loaded).await.map_err(refused)?;
        let runner = match runner {
            Some(runner) => runner,
            None => {
                let id = &pact_pipeline::ports::LanguageBackend::info(&*port).runner;
                self.find(id).ok_or_else(|| {
                    Failure::plugin(anyhow!(
                        "the backend `{}` names the runner `{id}`, which is not here",
                        backend.id()
                    ))
                })?
            }
        };
        let digests = [(backend.id().to_string(), backend_digest), (runner.id().to_string(), runner.file.digest())];
        Ok(Pair { backend: port, digests: digests.into_iter().collect(), runner })
    }

    /// Loads the runner of a pair.
    ///
    /// # Errors
    /// When it is refused.
    pub(crate) async fn runner_of(&self, pair: &Pair<'_>) -> Result<Arc<dyn TestRunner>, Failure> {
        let language = &pact_pipeline::ports::LanguageBackend::info(&*pair.backend).language;
        self.runtime.test_runner(self.load(pair.runner)?, language).await.map_err(refused)
    }

    /// Loads the provider that `models` names as `PROVIDER` or `PROVIDER/MODEL`.
    ///
    /// # Errors
    /// When there is none of that name, it lacks a grant, or it has no such model.
    pub(crate) async fn provider(
        &self,
        name: &str,
        settings: &Settings,
        folder: &Path,
    ) -> Result<Arc<WasmProvider>, Failure> {
        let (id, model) = match name.split_once('/') {
            Some((id, model)) => (id, Some(model.to_owned())),
            None => (name, None),
        };
        let context = format!("find the model `{name}`, which `models` in pact.yaml names");
        let Some(plugin) = self.find(id) else { return Err(self.unknown(id).context(context)) };
        let own = settings.plugins.get(id).map_or_else(|| "{}".to_owned(), |plugin| plugin.settings.to_string());
        let dir = Dir::open_ambient_dir(folder, ambient_authority())
            .map_err(|error| Failure::usage(error).context(format!("open the folder `{}`", folder.display())))?;
        let project = Some(Arc::new(dir));
        let provider_settings = ProviderSettings { model, settings: own, project };
        self.runtime
            .provider(self.load(plugin)?, provider_settings)
            .await
            .map_err(|error| refused(error).context(context))
    }

    pub(super) fn backend_named(&self, name: &str) -> Result<&Plugin, Failure> {
        self.of(PluginWorld::LanguageBackend).find(|plugin| plugin.id().as_str() == name).ok_or_else(|| {
            let known: Vec<&str> = self.of(PluginWorld::LanguageBackend).map(|plugin| plugin.id().as_str()).collect();
            Failure::usage(anyhow!("no backend for the language `{name}`"))
                .hint(format!("there is: {}", known.join(", ")))
        })
    }

    pub(super) fn referenced(&self, reference: &str, folder: &Path) -> Result<&Plugin, Failure> {
        let origin = folder.join(reference).display().to_string();
        let is_meant = |plugin: &&Plugin| match is_path(reference) {
            true => plugin.file.origin == origin,
            false => plugin.id().as_str() == reference,
        };
        self.plugins.iter().find(is_meant).ok_or_else(|| self.unknown(reference))
    }

    /// Finds what a reference names, and returns its id. A file takes the place of a shipped plugin of its id.
    fn resolve(&mut self, reference: &str, folder: &Path) -> Result<PluginId, Failure> {
        if !is_path(reference) {
            return self.find(reference).map(|plugin| plugin.id().clone()).ok_or_else(|| self.unknown(reference));
        }
        let path = folder.join(reference);
        let read = || -> std::io::Result<Vec<u8>> {
            let above = path.parent().unwrap_or(folder);
            let name = path.file_name().ok_or_else(|| std::io::Error::other("it has no name"))?;
            Dir::open_ambient_dir(above, ambient_authority())?.read(name)
        };
        let origin = path.display().to_string();
        let bytes = read().map_err(|error| Failure::usage(error).context(format!("read the plugin `{origin}`")))?;
        let plugin = Plugin::read(ShippedPlugin { origin, bytes: bytes.into(), sha256: None, native_code: None })?;
        let id = plugin.id().clone();
        self.plugins.retain(|other| other.id() != &id);
        self.plugins.push(plugin);
        self.plugins.sort_by(|left, right| left.id().cmp(right.id()));
        Ok(id)
    }

    fn unknown(&self, reference: &str) -> Failure {
        let failure = Failure::usage(anyhow!("no plugin is called `{reference}`"));
        if reference.contains('/') {
            return failure.hint("this version loads shipped plugins by name and files by a path that ends in `.wasm`");
        }
        let known: Vec<&str> = self.plugins.iter().map(|plugin| plugin.id().as_str()).collect();
        failure.hint(format!("there is: {}", known.join(", ")))
    }

    /// Says what to write where no language is set.
    pub(super) fn no_language(&self) -> Failure {
        let example = self.of(PluginWorld::LanguageBackend).next().map_or("LANGUAGE", |plugin| plugin.id().as_str());
        Failure::usage(anyhow!("no language is set"))
            .hint(format!("add to pact.yaml, for example:\nlanguage: {example}"))
    }
}

fn is_path(reference: &str) -> bool {
    Path::new(reference).extension().is_some_and(|extension| extension == "wasm")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_a_path_when_it_names_a_wasm_file() {
        assert!(is_path("./mine.wasm") && is_path("/opt/mine.wasm"));
        assert!(!is_path("python") && !is_path("ghcr.io/somebody/mine:1"));
    }
}
