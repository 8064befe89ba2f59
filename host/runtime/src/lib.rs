//! Wasmtime, the host functions, and adapters from worlds to the pipeline's ports.
//!
//! Knows neither a terminal nor how a project is laid out.

mod adapters;
mod audit;
mod bindings;
mod capabilities;
mod conduct;
mod descriptions;
mod engine;
mod fuel;
mod guest;
mod interfaces;
mod load;
mod memory_fs;
mod meter;
mod native_cache;
mod native_code;
mod plugin_file;
mod private_folder;
mod profiler;
mod runtime;
mod session;
#[cfg(feature = "snapshot")]
mod snapshot;
mod tested_side;

pub use adapters::assessor::WasmAssessor;
pub use adapters::backend::WasmLanguageBackend;
pub use adapters::provider::{ProviderSettings, WasmProvider};
pub use audit::AuditError;
#[cfg(feature = "engines")]
pub use engine::Variant;
pub use engine::engines;
pub use guest::LogLine;
pub use interfaces::{Import, ImportKind, Interfaces};
pub use load::{LoadError, LoadErrorKind, LoadedPlugin, SessionSink};
pub use native_code::{PrecompileError, precompile};
pub use plugin_file::{LICENSES_SECTION, MANIFEST_SECTION, PluginFile, PluginFileError};
pub use private_folder::{CacheError, PrivateFolder};
pub use runtime::{Runtime, RuntimeError, RuntimeOptions};
#[cfg(feature = "snapshot")]
pub use snapshot::{SnapshotError, snapshot};
