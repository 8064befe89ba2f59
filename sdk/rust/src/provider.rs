//! World `llm-provider`: answers for a model. Export one with [`llm_provider!`](crate::llm_provider!).

pub use crate::bindings::llm_provider::exports::pact::plugin::provider::{
    Abilities, Brief, Completion, Description, Error, Event, FinishReason, Guest as LlmProvider,
    GuestCompletion as Completing, Model, Outage, Prices, Request, Usage,
};
pub use crate::bindings::shared::pact::plugin::workspace;

/// Exports a type that implements [`LlmProvider`](crate::provider::LlmProvider) as the plugin.
#[macro_export]
macro_rules! llm_provider {
    ($plugin:ident) => {
        #[cfg(target_family = "wasm")]
        $crate::bindings::llm_provider::export!($plugin with_types_in $crate::bindings::llm_provider);
    };
}
