//! The port to models: a brief goes out, a text comes back.

use async_trait::async_trait;
use pact_model::component_id::ComponentId;
use pact_model::phase::Phase;
use serde::{Deserialize, Serialize};

use super::PluginFault;

/// Asks models. Which one answers for which role is its own business.
#[async_trait]
pub trait Provider: Send + Sync {
    /// Asks for one reply.
    ///
    /// # Errors
    /// [`ProviderError`]; then nothing was answered.
    async fn complete(&self, request: &CompletionRequest) -> Result<Completion, ProviderError>;
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompletionRequest {
    /// The role: the phase that asks.
    pub role: Phase,
    /// What it is about; absent for the whole task.
    pub component: Option<ComponentId>,
    /// How often this role is asked about this component, counting from one.
    pub attempt: u32,
    /// What the model is told.
    pub brief: Brief,
    /// The most tokens of the reply.
    pub max_output_tokens: u32,
}

/// What a model is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief {
    /// The same for every component of a run, so that providers can cache it.
    pub system: String,
    /// About this one question.
    pub user: String,
}

impl Brief {
    /// Returns both parts as one text, as they are kept and shown.
    #[must_use]
    pub fn as_one_text(&self) -> String {
        format!("{}\n{}", self.system, self.user)
    }
}

/// A reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completion {
    /// The model's words: untrusted.
    pub text: String,
    /// Provider and model, for example `scripted/transcript`.
    pub model: String,
    /// What it cost in tokens.
    pub usage: Usage,
    /// Whether the model came to its end by itself.
    pub is_complete: bool,
}

/// Tokens of one reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Usage {
    /// Of the brief.
    pub input_tokens: u64,
    /// Of the reply.
    pub output_tokens: u64,
}

/// Why there is no reply.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// No provider is set for the role.
    #[error("no model is configured for `{role}`")]
    NotConfigured {
        /// The role.
        role: Phase,
    },
    /// The provider lacks a grant. The text says which.
    #[error("the provider for `{role}` was denied something that it needs: {message}")]
    Denied {
        /// The role.
        role: Phase,
        /// The provider's words.
        message: String,
    },
    /// The settings or the request are wrong, and asking again cannot help.
    #[error("the provider for `{role}` does not accept what it was asked: {message}")]
    InvalidInput {
        /// The role.
        role: Phase,
        /// The provider's words.
        message: String,
    },
    /// What stands behind the provider does not answer.
    #[error("the provider for `{role}` does not answer: {message}")]
    Unavailable {
        /// The role.
        role: Phase,
        /// The provider's words.
        message: String,
    },
    /// The plugin failed.
    #[error(transparent)]
    Plugin(#[from] PluginFault),
}
