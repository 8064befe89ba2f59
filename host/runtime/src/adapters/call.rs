//! One call of a plugin that answers at once: a fresh session on a thread of its own.

use std::sync::Arc;

use pact_pipeline::ports::PluginFault;
use tokio::runtime::Handle;
use wasmtime::Store;

use super::describe_outcome;
use crate::guest::Guest;
use crate::load::LoadedPlugin;
use crate::session::{self, Caller};

/// Runs a call and returns what it returned, or why it did not.
///
/// A guest computes without a pause, so it gets a thread of its own and the rest of pact stays awake.
pub(super) async fn call<R: Send + 'static>(
    plugin: &Arc<LoadedPlugin>,
    name: &'static str,
    guest: Guest,
    function: impl AsyncFnOnce(&mut Store<Guest>) -> wasmtime::Result<R> + Send + 'static,
) -> Result<R, PluginFault> {
    let handle = Handle::current();
    let running = Arc::clone(plugin);
    let ended = tokio::task::spawn_blocking(move || {
        let caller = Caller { authority: &running.authority, digest: &running.digest, call: name, seed: 0 };
        handle.block_on(session::run(&running.engine, caller, guest, function))
    })
    .await
    .map_err(|error| match error.try_into_panic() {
        // A panic of the host's is a bug of ours, never a plugin's fault.
        Ok(panic) => std::panic::resume_unwind(panic),
        Err(error) => fault(plugin, name, format!("the host's own thread was stopped: {error}")),
    })?;
    plugin.report(&ended.receipt, &ended.log);
    match ended.returned {
        Some(returned) => Ok(returned),
        None => Err(PluginFault {
            receipt: Some(Box::new(ended.receipt.clone())),
            ..fault(plugin, name, describe_outcome(&ended.receipt.outcome))
        }),
    }
}

/// Blames a plugin.
pub(super) fn fault(plugin: &LoadedPlugin, call: &str, reason: String) -> PluginFault {
    PluginFault { plugin: plugin.manifest.id.to_string(), call: call.to_owned(), reason, receipt: None }
}
