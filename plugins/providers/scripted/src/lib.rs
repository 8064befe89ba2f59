//! A provider without a model: it answers from a transcript, a folder of replies that were written down before.
//!
//! For demonstrations and tests that must run offline and come out the same each time. Not a cache of a real model's
//! replies: a reply is found by role, component and attempt and never by the text of the brief, so that briefs may change.

#[cfg(target_family = "wasm")]
mod plugin;
mod reply;
mod settings;
mod transcript;

pub use reply::{Part, Reply};
pub use settings::{Settings, SettingsError};
pub use transcript::{Entry, EntryKind, Found, Key, Missing, ReadError, Refusal, Transcript, Workspace};

/// Where replies come from, for people.
pub const TITLE: &str = "scripted, an offline transcript";

/// The only model.
pub const MODEL: &str = "transcript";
