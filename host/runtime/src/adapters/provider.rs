//! World `llm-provider` as the port [`Provider`].

use std::sync::Arc;

use async_trait::async_trait;
use cap_std::fs::Dir;
use pact_model::phase::Phase;
use pact_pipeline::ports::{Completion, CompletionRequest, Provider, ProviderError, Usage};

use super::call::{call, fault};
use super::{DESCRIBE_FUEL, describe_outcome};
use crate::bindings::llm_provider::LlmProviderPre;
use crate::bindings::llm_provider::exports::pact::plugin::provider as wit;
use crate::capabilities::workspace::Workspace;
use crate::guest::Guest;
use crate::load::{LoadError, LoadErrorKind, LoadedPlugin};
use crate::session::{self, Caller};

/// The longest reply that is taken.
const REPLY_BYTES: usize = 8 << 20;

/// How a provider is set up.
#[derive(Debug, Clone)]
pub struct ProviderSettings {
    /// The name of a model; the provider's first one when absent.
    pub model: Option<String>,
    /// The provider's own settings, a JSON object.
    pub settings: String,
    /// The project's folder, for what the provider was granted of it.
    pub project: Option<Arc<Dir>>,
}

/// A model provider in a sandbox.
pub struct WasmProvider {
    plugin: Arc<LoadedPlugin>,
    instance: LlmProviderPre<Guest>,
    workspace: Option<Workspace>,
    title: String,
    model: String,
    settings: String,
}

impl WasmProvider {
    pub(crate) async fn new(plugin: LoadedPlugin, settings: ProviderSettings) -> Result<Self, LoadError> {
        let instance = LlmProviderPre::new(plugin.instance.clone())
            .map_err(|error| plugin.refuse(LoadErrorKind::Engine(format!("{error:#}"))))?;
        let authority = plugin.authority.clone().with_fuel(DESCRIBE_FUEL);
        let caller = Caller { authority: &authority, digest: &plugin.digest, call: "provider.describe", seed: 0 };
        let ended = session::run(&plugin.engine, caller, Guest::new(&authority, 0), async |store| {
            let provider = instance.instantiate_async(&mut *store).await?;
            provider.pact_plugin_provider().call_describe(store).await
        })
        .await;
        plugin.report(&ended.receipt, &ended.log);
        let Some(described) = ended.returned else {
            return Err(plugin.refuse(LoadErrorKind::Describe(describe_outcome(&ended.receipt.outcome))));
        };
        let names: Vec<String> = described.models.into_iter().map(|model| model.name).collect();
        let model = match settings.model {
            Some(wanted) if names.contains(&wanted) => wanted,
            Some(wanted) => return Err(plugin.refuse(LoadErrorKind::NoSuchModel { wanted, offered: names })),
            None => names
                .into_iter()
                .next()
                .ok_or_else(|| plugin.refuse(LoadErrorKind::Describe("it offers no model".to_owned())))?,
        };
        let workspace = plugin
            .authority
            .workspace()
            .zip(settings.project)
            .map(|(scope, folder)| Workspace::new(folder, scope.clone()));
        Ok(Self {
            plugin: Arc::new(plugin),
            instance,
            workspace,
            title: described.title,
            model,
            settings: settings.settings,
        })
    }

    /// Returns one line that says where replies come from. Untrusted text.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Returns provider and model, for example `scripted/transcript`.
    #[must_use]
    pub fn model(&self) -> String {
        format!("{}/{}", self.plugin.manifest.id, self.model)
    }
}

#[async_trait]
impl Provider for WasmProvider {
    async fn complete(&self, request: &CompletionRequest) -> Result<Completion, ProviderError> {
        let guest = Guest::new(&self.plugin.authority, 0).with_workspace(self.workspace.clone());
        let instance = self.instance.clone();
        let asked = wit::Request {
            model: self.model.clone(),
            role: request.role.to_string(),
            component: request.component.as_ref().map(ToString::to_string),
            attempt: request.attempt,
            brief: wit::Brief { system: request.brief.system.clone(), user: request.brief.user.clone() },
            max_tokens: request.max_output_tokens,
            settings: self.settings.clone(),
        };
        let reply = call(&self.plugin, "provider.complete", guest, async move |store| {
            let provider = instance.instantiate_async(&mut *store).await?;
            let provider = provider.pact_plugin_provider();
            let completion = match provider.call_complete(&mut *store, &asked).await? {
                Ok(completion) => completion,
                Err(error) => return Ok(Err(error)),
            };
            let mut reply = Reply::default();
            loop {
                match provider.completion().call_next(&mut *store, completion).await? {
                    Ok(Some(event)) => reply.take(event),
                    Ok(None) => break,
                    Err(error) => return Ok(Err(error)),
                }
                if reply.text.len() > REPLY_BYTES {
                    return Ok(Err(wit::Error::Internal(format!("a reply of more than {REPLY_BYTES} bytes"))));
                }
            }
            completion.resource_drop_async(store).await?;
            Ok(Ok(reply))
        })
        .await?;
        let reply = reply.map_err(|error| self.refused(request.role, error))?;
        let Some(finished) = reply.finished else {
            return Err(fault(&self.plugin, "provider.complete", "its reply has no end".to_owned()).into());
        };
        Ok(Completion {
            text: reply.text,
            model: self.model(),
            usage: reply.usage,
            is_complete: finished == wit::FinishReason::Complete,
        })
    }
}

impl WasmProvider {
    fn refused(&self, role: Phase, error: wit::Error) -> ProviderError {
        match error {
            wit::Error::Denied(message) => ProviderError::Denied { role, message },
            wit::Error::InvalidInput(message) => ProviderError::InvalidInput { role, message },
            wit::Error::Unavailable(outage) => ProviderError::Unavailable { role, message: outage.message },
            wit::Error::Internal(message) => fault(&self.plugin, "provider.complete", message).into(),
        }
    }
}

/// A reply while it arrives.
#[derive(Default)]
struct Reply {
    text: String,
    usage: Usage,
    finished: Option<wit::FinishReason>,
}

impl Reply {
    fn take(&mut self, event: wit::Event) {
        match event {
            wit::Event::Text(text) => self.text.push_str(&text),
            wit::Event::Usage(usage) => {
                self.usage = Usage { input_tokens: usage.input_tokens, output_tokens: usage.output_tokens };
            }
            wit::Event::Finished(reason) => self.finished = Some(reason),
        }
    }
}
