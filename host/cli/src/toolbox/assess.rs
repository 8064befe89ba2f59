//! What `pact assess` works with: backends that find facts, and assessors that judge them.

use std::path::Path;
use std::sync::Arc;

use anyhow::anyhow;
use pact_grants::World as PluginWorld;
use pact_pipeline::ports::LanguageBackend as _;
use pact_runtime::{WasmAssessor, WasmLanguageBackend};
use pact_store::{LanguageSetting, Settings};

use super::{Plugin, Toolbox, refused};
use crate::exit::Failure;

impl Toolbox {
    /// Returns the backends of the languages that are set, each with its language; all that there are when none is set.
    ///
    /// # Errors
    /// When a plugin is refused, or the language is not known.
    pub(crate) async fn facts_backends<'a>(
        &self,
        settings: &'a Settings,
        folder: &Path,
    ) -> Result<Vec<(Option<&'a LanguageSetting>, Arc<WasmLanguageBackend>)>, Failure> {
        let mut plugins: Vec<(Option<&LanguageSetting>, &Plugin)> = Vec::new();
        for language in settings.language.all() {
            let backend = match language {
                LanguageSetting::Named(name) => self.backend_named(name)?,
                LanguageSetting::Pair { backend, .. } => self.referenced(backend, folder)?,
            };
            plugins.push((Some(language), backend));
        }
        if plugins.is_empty() {
            plugins.extend(self.of(PluginWorld::LanguageBackend).map(|plugin| (None, plugin)));
        }
        let mut backends = Vec::new();
        for (language, plugin) in plugins {
            backends.push((language, self.runtime.language_backend(self.load(plugin)?).await.map_err(refused)?));
        }
        Ok(backends)
    }

    /// Returns the patterns by which the backend's runner knows files that hold tests.
    ///
    /// # Errors
    /// When the runner is not here or is refused.
    pub(crate) async fn test_patterns(
        &self,
        backend: &WasmLanguageBackend,
        language: Option<&LanguageSetting>,
        folder: &Path,
    ) -> Result<Vec<String>, Failure> {
        let info = backend.info();
        let runner = match language {
            Some(LanguageSetting::Pair { runner, .. }) => self.referenced(runner, folder)?,
            _ => self.find(&info.runner).ok_or_else(|| {
                Failure::plugin(anyhow!(
                    "the backend `{}` names the runner `{}`, which is not here",
                    info.plugin,
                    info.runner
                ))
            })?,
        };
        let runner = self.runtime.test_runner(self.load(runner)?, &info.language).await.map_err(refused)?;
        Ok(runner.info().test_patterns.clone())
    }

    /// Returns all assessors, in the order of their ids, with their settings of `pact.yaml`.
    ///
    /// # Errors
    /// When there is none, or one is refused.
    pub(crate) async fn assessors(&self, settings: &Settings) -> Result<Vec<Arc<WasmAssessor>>, Failure> {
        let mut assessors = Vec::new();
        for plugin in self.of(PluginWorld::Assessor) {
            let own = settings.plugins.get(plugin.id().as_str());
            let own = own.map_or_else(|| "{}".to_owned(), |plugin| plugin.settings.to_string());
            assessors.push(self.runtime.assessor(self.load(plugin)?, own).await.map_err(refused)?);
        }
        if assessors.is_empty() {
            return Err(Failure::usage(anyhow!("no assessor was built"))
                .hint("run `cargo plugins` and build pact again, or name one under `plugins` in pact.yaml"));
        }
        Ok(assessors)
    }
}
