//! The runtime as its users see it: load a plugin, get a port.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use pact_grants::{Authority, World};
use pact_pipeline::ports::{BackendInfo, RunnerInfo, TestRunner};

use crate::adapters::assessor::WasmAssessor;
use crate::adapters::backend::{Described, WasmLanguageBackend};
use crate::adapters::provider::{ProviderSettings, WasmProvider};
use crate::adapters::runner::WasmTestRunner;
use crate::descriptions::Descriptions;
use crate::engine::{EngineProfile, ProfiledEngine};
use crate::load::{self, LoadError, LoadErrorKind, LoadedPlugin, NoSink, SessionSink};
use crate::native_cache::NativeCache;
use crate::plugin_file::PluginFile;
use crate::private_folder::CacheError;

/// How a runtime is set up.
#[derive(Clone, Default)]
pub struct RuntimeOptions {
    /// Hears of every session when it has ended. Without it receipts go nowhere but into results.
    pub sessions: Option<Arc<dyn SessionSink>>,
    /// Where compiled plugins are kept. Without it each run compiles what it loads.
    pub native_cache: Option<PathBuf>,
    /// Where it is kept what runners and backends say of themselves. Without it, or when it cannot be used, each run asks them.
    pub descriptions: Option<PathBuf>,
}

/// Why there is no runtime.
#[derive(Debug, thiserror::Error)]
pub enum RuntimeError {
    /// The engine cannot be built on this machine.
    #[error("the engine cannot be started on this machine: {0}")]
    Engine(String),
}

/// Loads plugins. Engines are built when the first plugin needs them.
pub struct Runtime {
    cache: Option<NativeCache>,
    cache_error: Option<CacheError>,
    descriptions: Option<Descriptions>,
    sink: Arc<dyn SessionSink>,
    runner_engine: OnceLock<ProfiledEngine>,
    plugin_engine: OnceLock<ProfiledEngine>,
    #[cfg(feature = "engines")]
    variant: Option<crate::engine::Variant>,
}

impl Runtime {
    /// Sets up a runtime. A cache folder that cannot be used is not fatal: see [`Self::cache_error`].
    #[must_use]
    pub fn new(options: RuntimeOptions) -> Self {
        let (cache, cache_error) = match options.native_cache.as_deref().map(NativeCache::open).transpose() {
            Ok(cache) => (cache, None),
            Err(error) => (None, Some(error)),
        };
        let sink = options.sessions.unwrap_or_else(|| Arc::new(NoSink));
        let descriptions = options.descriptions.as_deref().and_then(|path| Descriptions::open(path).ok());
        Self {
            cache,
            cache_error,
            descriptions,
            sink,
            runner_engine: OnceLock::new(),
            plugin_engine: OnceLock::new(),
            #[cfg(feature = "engines")]
            variant: None,
        }
    }

    /// As [`Self::new`], with engines that pact does not ship: for a benchmark of what their settings cost.
    #[cfg(feature = "engines")]
    #[must_use]
    pub fn with_engines(options: RuntimeOptions, variant: crate::engine::Variant) -> Self {
        Self { variant: Some(variant), ..Self::new(options) }
    }

    /// Returns why compiled plugins are not kept, when they are not.
    #[must_use]
    pub fn cache_error(&self) -> Option<&CacheError> {
        self.cache_error.as_ref()
    }

    /// Tells whether loading the plugin has to compile it first, which takes seconds for a large one.
    #[must_use]
    pub fn must_compile(&self, file: &PluginFile) -> bool {
        if file.native_code.is_some() {
            return false;
        }
        let Ok(manifest) = file.manifest() else { return false };
        let Ok(engine) = self.engine(manifest.world) else { return false };
        let cached = self.cache.as_ref().and_then(|cache| cache.load(manifest.id.as_str(), &file.digest(), engine));
        cached.is_none()
    }

    /// Compiles, audits and links a plugin. Nothing of the guest's runs.
    ///
    /// # Errors
    /// [`LoadError`] when the file is no plugin, or one that this authority does not fit.
    pub fn load(&self, file: &PluginFile, authority: Authority) -> Result<LoadedPlugin, LoadError> {
        let refuse = |plugin: &str, kind| LoadError { plugin: plugin.to_owned(), origin: file.origin.clone(), kind };
        let manifest = file.manifest().map_err(|error| refuse("?", error.into()))?;
        let plugin = manifest.id.to_string();
        let engine =
            self.engine(manifest.world).map_err(|error| refuse(&plugin, LoadErrorKind::Engine(error.to_string())))?;
        load::load(file, manifest, authority, engine, self.cache.as_ref(), &self.sink)
    }

    /// Tells what the runners of a plugin are, one for each language, if that is known without loading it.
    #[must_use]
    pub fn known_runners(&self, digest: &str) -> Option<Vec<RunnerInfo>> {
        self.descriptions.as_ref()?.get(digest).filter(|infos: &Vec<_>| !infos.is_empty())
    }

    /// Tells what a language backend is, if that is known without loading it.
    #[must_use]
    pub fn known_backend(&self, digest: &str) -> Option<BackendInfo> {
        let described: Described = self.descriptions.as_ref()?.get(digest)?;
        Some(described.info)
    }

    /// Makes test runners of a plugin, one for each language that it executes, and asks it what they are if that is not known.
    ///
    /// # Errors
    /// [`LoadError`] when it is of another world or does not describe itself.
    pub async fn test_runners(&self, plugin: LoadedPlugin) -> Result<Vec<Arc<dyn TestRunner>>, LoadError> {
        if !plugin.manifest.world.runs_tests() {
            check_world(&plugin, World::TestRunner)?;
        }
        let digest = Arc::clone(&plugin.digest);
        let known = self.known_runners(&digest);
        let is_new = known.is_none();
        let runners = WasmTestRunner::of(plugin, known).await?;
        if let (true, Some(descriptions)) = (is_new, &self.descriptions) {
            descriptions.keep(&digest, &runners.iter().map(TestRunner::info).collect::<Vec<_>>());
        }
        Ok(runners.into_iter().map(|runner| Arc::new(runner) as Arc<dyn TestRunner>).collect())
    }

    /// Makes the test runner of a plugin for a language.
    ///
    /// # Errors
    /// As [`Runtime::test_runners`], and when it does not execute the language.
    pub async fn test_runner(&self, plugin: LoadedPlugin, language: &str) -> Result<Arc<dyn TestRunner>, LoadError> {
        let refuse = |known: Vec<String>| {
            let wanted = language.to_owned();
            plugin.refuse(LoadErrorKind::NoSuchLanguage { wanted, offered: known })
        };
        let runners = self.test_runners(plugin.clone()).await?;
        let known = runners.iter().map(|runner| runner.info().language.clone()).collect();
        runners.into_iter().find(|runner| runner.info().language == language).ok_or_else(|| refuse(known))
    }

    /// Makes a language backend of a plugin and asks it what it is if that is not known.
    ///
    /// # Errors
    /// [`LoadError`] when it is of another world or does not describe itself.
    pub async fn language_backend(&self, plugin: LoadedPlugin) -> Result<Arc<WasmLanguageBackend>, LoadError> {
        check_world(&plugin, World::LanguageBackend)?;
        let digest = Arc::clone(&plugin.digest);
        let known: Option<Described> = self.descriptions.as_ref().and_then(|descriptions| descriptions.get(&digest));
        let is_new = known.is_none();
        let backend = WasmLanguageBackend::new(plugin, known).await?;
        if let (true, Some(descriptions)) = (is_new, &self.descriptions) {
            descriptions.keep(&digest, backend.described());
        }
        Ok(Arc::new(backend))
    }

    /// Makes a model provider of a plugin and asks it what it is.
    ///
    /// # Errors
    /// [`LoadError`] when it is of another world, does not describe itself, or has no such model.
    pub async fn provider(
        &self,
        plugin: LoadedPlugin,
        settings: ProviderSettings,
    ) -> Result<Arc<WasmProvider>, LoadError> {
        check_world(&plugin, World::LlmProvider)?;
        Ok(Arc::new(WasmProvider::new(plugin, settings).await?))
    }

    /// Makes an assessor of a plugin and asks it what it is. `settings` are its own, a JSON object.
    ///
    /// # Errors
    /// [`LoadError`] when it is of another world or does not describe itself.
    pub async fn assessor(&self, plugin: LoadedPlugin, settings: String) -> Result<Arc<WasmAssessor>, LoadError> {
        check_world(&plugin, World::Assessor)?;
        Ok(Arc::new(WasmAssessor::new(plugin, settings).await?))
    }

    fn engine(&self, world: World) -> Result<&ProfiledEngine, RuntimeError> {
        let cell = if world.runs_tests() { &self.runner_engine } else { &self.plugin_engine };
        if let Some(engine) = cell.get() {
            return Ok(engine);
        }
        let profile = EngineProfile::of(world);
        #[cfg(feature = "engines")]
        let profile = match self.variant {
            Some(variant) => profile.varied(variant),
            None => profile,
        };
        let engine = profile.build().map_err(|error| RuntimeError::Engine(format!("{error:#}")))?;
        Ok(cell.get_or_init(|| engine))
    }
}

fn check_world(plugin: &LoadedPlugin, wanted: World) -> Result<(), LoadError> {
    let found = plugin.manifest.world;
    if found == wanted { Ok(()) } else { Err(plugin.refuse(LoadErrorKind::OtherWorld { found, wanted })) }
}
