//! The project folder: formats, hashes, atomic writes, the lock.
//!
//! Knows neither plugins nor a terminal. A project is opened as a folder capability: nothing here can reach a path
//! outside of it.

mod attempts;
mod clock;
mod files;
mod folder;
mod json_lines;
mod lines;
mod lock;
mod project;
mod settings;
mod written;

pub use attempts::KeptAttempt;
pub use clock::{InvalidEpoch, SystemClock};
pub use lock::LockError;
pub use project::{OpenError, Project};
pub use settings::{LanguageSetting, LanguageSettings, PluginSetting, Settings, SettingsError, SettingsWarning};
