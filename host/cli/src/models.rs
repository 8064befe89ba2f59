//! Which provider answers for which role, as `models` of `pact.yaml` says.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use pact_grants::World as PluginWorld;
use pact_model::phase::Phase;
use pact_pipeline::ports::{Completion, CompletionRequest, Provider, ProviderError};
use pact_runtime::WasmProvider;
use pact_store::Settings;

use crate::exit::Failure;
use crate::toolbox::Toolbox;
use crate::ui::line;

/// The roles of this version: the phases that ask a model.
pub(crate) const ROLES: [Phase; 4] = [Phase::Decompose, Phase::Contract, Phase::AuthorTests, Phase::Implement];

/// The providers of a project by role. A role without one answers that it is not configured.
pub(crate) struct Models {
    providers: BTreeMap<Phase, Arc<WasmProvider>>,
}

impl Models {
    /// Loads the providers that the settings name, each once.
    ///
    /// # Errors
    /// When one is not there or is refused.
    pub(crate) async fn load(toolbox: &Toolbox, settings: &Settings, folder: &Path) -> Result<Self, Failure> {
        let mut by_name: BTreeMap<&str, Arc<WasmProvider>> = BTreeMap::new();
        let mut providers = BTreeMap::new();
        for role in ROLES {
            let Some(name) = settings.model_of(role.as_str()) else { continue };
            if !by_name.contains_key(name) {
                by_name.insert(name, toolbox.provider(name, settings, folder).await?);
            }
            providers.insert(role, Arc::clone(&by_name[name]));
        }
        Ok(Self { providers })
    }

    /// Returns where models come from, in words for a person. Made safe.
    pub(crate) fn words(&self) -> String {
        let mut words: Vec<String> = Vec::new();
        for provider in self.providers.values() {
            let (model, title) = (provider.model(), line(provider.title()));
            let id = model.split_once('/').map_or(model.as_str(), |(id, _)| id);
            // The title is the plugin's own word; whose word it is stands before it in any case.
            let said = if title.starts_with(id) { title } else { format!("{id}: {title}") };
            if !words.contains(&said) {
                words.push(said);
            }
        }
        if words.is_empty() { "none".to_owned() } else { words.join("; ") }
    }
}

#[async_trait]
impl Provider for Models {
    async fn complete(&self, request: &CompletionRequest) -> Result<Completion, ProviderError> {
        match self.providers.get(&request.role) {
            Some(provider) => provider.complete(request).await,
            None => Err(ProviderError::NotConfigured { role: request.role }),
        }
    }
}

/// Says what to write into `pact.yaml` where no model is configured.
pub(crate) fn how_to_configure(toolbox: &Toolbox) -> String {
    let known: Vec<String> = toolbox
        .manifests(PluginWorld::LlmProvider)
        .map(|manifest| match &manifest.description {
            Some(description) => format!("  {}: {description}", manifest.id),
            None => format!("  {}", manifest.id),
        })
        .collect();
    format!(
        "name a provider in pact.yaml, for all roles or for each ({}):\nmodels:\n  default: PROVIDER/MODEL\nproviders of this pact:\n{}",
        ROLES.map(Phase::as_str).join(", "),
        known.join("\n"),
    )
}

#[cfg(test)]
mod tests {
    use pact_pipeline::ports::Brief;

    use super::*;

    #[tokio::test]
    async fn a_role_without_a_provider_is_not_configured() {
        let models = Models { providers: BTreeMap::new() };
        let request = CompletionRequest {
            role: Phase::Contract,
            component: None,
            attempt: 1,
            brief: Brief { system: String::new(), user: String::new() },
            max_output_tokens: 1,
        };
        let error = models.complete(&request).await.unwrap_err();
        assert!(matches!(error, ProviderError::NotConfigured { role: Phase::Contract }), "{error}");
        assert_eq!(models.words(), "none");
    }
}
