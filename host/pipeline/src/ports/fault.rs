//! What goes wrong on the far side of a port.

use pact_model::receipt::Receipt;

/// A plugin did not answer, or answered something that it must not.
///
/// Always the plugin's fault (exit code 3), never a judgement of anybody's code.
#[derive(Debug, thiserror::Error)]
#[error("plugin `{plugin}` failed in `{call}`: {reason}")]
pub struct PluginFault {
    /// The plugin's id.
    pub plugin: String,
    /// The exported function.
    pub call: String,
    /// What happened. May contain text of the guest: untrusted.
    pub reason: String,
    /// The session's receipt, when the guest ran at all.
    pub receipt: Option<Box<Receipt>>,
}
