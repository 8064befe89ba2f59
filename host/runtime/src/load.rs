//! From a file to a plugin that may run: compile or map, audit, link. Nothing of the guest's runs here.

use std::sync::Arc;

use pact_grants::{Authority, Manifest};
use pact_model::receipt::Receipt;
use wasmtime::component::{Component, InstancePre, Linker};

use crate::audit::{AuditError, audit};
use crate::capabilities;
use crate::engine::ProfiledEngine;
use crate::guest::{Guest, LogLine};
use crate::native_cache::NativeCache;
use crate::native_code;
use crate::plugin_file::{PluginFile, PluginFileError};

/// Why a plugin was refused before any of its code ran.
#[derive(Debug, thiserror::Error)]
#[error("load plugin `{plugin}` from {origin}")]
pub struct LoadError {
    /// The id, or the file's name when it has none that can be read.
    pub plugin: String,
    /// Where the file came from.
    pub origin: String,
    /// Why.
    #[source]
    pub kind: LoadErrorKind,
}

/// The reasons for a refusal.
#[derive(Debug, thiserror::Error)]
pub enum LoadErrorKind {
    /// The file is no plugin.
    #[error(transparent)]
    File(#[from] PluginFileError),
    /// The engine does not accept the component.
    #[error("the engine refuses it: {0}")]
    Engine(String),
    /// Its imports or exports do not fit its world.
    #[error(transparent)]
    Audit(#[from] AuditError),
    /// It is of another world than the one that is wanted.
    #[error("it is a `{found}`, but a `{wanted}` is wanted here")]
    OtherWorld {
        /// The world of its manifest.
        found: pact_grants::World,
        /// The world that is wanted.
        wanted: pact_grants::World,
    },
    /// It has no model of that name.
    #[error("it has no model `{wanted}`; it offers {}", offered.join(", "))]
    NoSuchModel {
        /// What was asked for.
        wanted: String,
        /// What it has.
        offered: Vec<String>,
    },
    /// It does not execute tests of that language.
    #[error("it runs no tests in `{wanted}`; it runs those in {}", offered.join(", "))]
    NoSuchLanguage {
        /// What was asked for.
        wanted: String,
        /// What it has.
        offered: Vec<String>,
    },
    /// It does not answer `describe`.
    #[error("it does not describe itself: {0}")]
    Describe(String),
}

/// A plugin that was compiled, audited and linked. Each session instantiates it anew.
#[derive(Clone)]
pub struct LoadedPlugin {
    pub(crate) manifest: Arc<Manifest>,
    pub(crate) authority: Authority,
    pub(crate) digest: Arc<str>,
    pub(crate) origin: Arc<str>,
    pub(crate) engine: ProfiledEngine,
    pub(crate) instance: InstancePre<Guest>,
    pub(crate) sink: Arc<dyn SessionSink>,
}

/// Hears of every session when it has ended.
pub trait SessionSink: Send + Sync {
    /// A session ended. The lines of its log are untrusted text.
    fn ended(&self, receipt: &Receipt, log: &[LogLine]);
}

/// Nobody listens.
pub(crate) struct NoSink;

impl SessionSink for NoSink {
    fn ended(&self, _receipt: &Receipt, _log: &[LogLine]) {}
}

impl LoadedPlugin {
    /// Returns its `plugin.toml`.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Returns what it may do.
    #[must_use]
    pub fn authority(&self) -> &Authority {
        &self.authority
    }

    /// Returns SHA-256 of its file in hexadecimal.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    pub(crate) fn report(&self, receipt: &Receipt, log: &[LogLine]) {
        self.sink.ended(receipt, log);
    }

    pub(crate) fn refuse(&self, kind: LoadErrorKind) -> LoadError {
        LoadError { plugin: self.manifest.id.to_string(), origin: self.origin.to_string(), kind }
    }
}

/// Compiles or maps a component, and links it.
pub(crate) fn load(
    file: &PluginFile,
    manifest: Manifest,
    authority: Authority,
    engine: &ProfiledEngine,
    cache: Option<&NativeCache>,
    sink: &Arc<dyn SessionSink>,
) -> Result<LoadedPlugin, LoadError> {
    let plugin = manifest.id.to_string();
    let refuse = |kind| LoadError { plugin: plugin.clone(), origin: file.origin.clone(), kind };
    let digest = file.digest();
    let kept = || cache.and_then(|cache| cache.load(&plugin, &digest, engine));
    let component = match kept().or_else(|| shipped(file, &plugin, &digest, engine, cache)) {
        Some(component) => component,
        None => {
            let component = Component::new(&engine.engine, &file.bytes)
                .map_err(|error| refuse(LoadErrorKind::Engine(format!("{error:#}"))))?;
            if let (Some(cache), Ok(code)) = (cache, component.serialize()) {
                cache.store(&plugin, &digest, engine, &code);
            }
            component
        }
    };
    audit(&engine.engine, &component, &authority).map_err(|error| refuse(error.into()))?;
    let mut linker = Linker::new(&engine.engine);
    capabilities::link(&mut linker, authority.world())
        .and_then(|()| linker.instantiate_pre(&component))
        .map(|instance| LoadedPlugin {
            manifest: Arc::new(manifest),
            authority,
            digest: digest.into(),
            origin: file.origin.as_str().into(),
            engine: engine.clone(),
            instance,
            sink: Arc::clone(sink),
        })
        .map_err(|error| refuse(LoadErrorKind::Engine(format!("{error:#}"))))
}

/// Takes the compiled code that came with the executable, and keeps it unpacked for the next time.
fn shipped(
    file: &PluginFile,
    plugin: &str,
    digest: &str,
    engine: &ProfiledEngine,
    cache: Option<&NativeCache>,
) -> Option<Component> {
    let code = native_code::unpack(file.native_code?)?;
    if let Some(cache) = cache {
        cache.store(plugin, digest, engine, &code);
        // Mapped, several processes share it.
        if let Some(component) = cache.load(plugin, digest, engine) {
            return Some(component);
        }
    }
    native_code::in_memory(&code, engine)
}
