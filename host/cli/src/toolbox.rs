//! The plugins that a command works with, loaded when they are needed.
//!
//! Not for finding their files: that is in [`crate::plugins`].

mod assess;
mod inventory;
mod languages;
mod project;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use pact_grants::{Manifest, PluginId, Profile, UserGrants, World as PluginWorld, decide};
use pact_pipeline::ports::{BackendInfo, LanguageBackend, RunnerInfo, TestRunner};
use pact_runtime::{LoadError, LoadedPlugin, PluginFile, Runtime, RuntimeOptions, SessionSink};

use crate::commands::Context;
use crate::exit::Failure;
use crate::plugins::{self, ShippedPlugin};
use crate::ui::Ui;

use inventory::DOCTOR_GUEST;
pub(crate) use languages::LazyLanguages;
pub(crate) use project::Pair;

/// Compiling less than this takes less than a second, which nobody has to be told.
const NOTED_BYTES: usize = 1 << 20;

/// All plugins that there are, and the runtime that loads them.
pub(crate) struct Toolbox {
    runtime: Runtime,
    plugins: Vec<Plugin>,
    /// Those that were needed so far: without a cache each loading would compile anew.
    loaded: Mutex<BTreeMap<PluginId, LoadedPlugin>>,
    grants: UserGrants,
    ui: Ui,
}

/// A plugin that may be loaded.
pub(crate) struct Plugin {
    manifest: Manifest,
    file: PluginFile,
}

/// What runs and reads the tests of one language.
#[derive(Clone)]
pub(crate) struct Language {
    /// Executes them.
    pub(crate) runner: Arc<dyn TestRunner>,
    /// Reads their source. Without one the checks that need it are not made.
    pub(crate) backend: Option<Arc<dyn LanguageBackend>>,
}

impl Toolbox {
    /// Finds the shipped plugins. Nothing is loaded yet.
    ///
    /// # Errors
    /// When there are none, or one cannot be read.
    pub(crate) fn open(context: &Context, grants: UserGrants) -> Result<Self, Failure> {
        Self::open_observed(context, grants, None)
    }

    /// As [`Toolbox::open`]; `sessions` hears of every session of a plugin.
    ///
    /// # Errors
    /// As [`Toolbox::open`].
    pub(crate) fn open_observed(
        context: &Context,
        grants: UserGrants,
        sessions: Option<Arc<dyn SessionSink>>,
    ) -> Result<Self, Failure> {
        let native_cache = context.world.cache.as_ref().map(|cache| cache.join("native"));
        let descriptions = context.world.cache.as_ref().map(|cache| cache.join("descriptions"));
        if native_cache.is_none() {
            context.ui.say("note: neither XDG_CACHE_HOME nor HOME is set, so compiled plugins are not kept");
        }
        let mut plugins: Vec<_> =
            plugins::shipped(&context.world)?.into_iter().map(Plugin::read).collect::<Result<_, _>>()?;
        plugins.retain(|plugin| plugin.id().as_str() != DOCTOR_GUEST);
        let runtime = Runtime::new(RuntimeOptions { sessions, native_cache, descriptions });
        if let Some(error) = runtime.cache_error() {
            context.ui.say(&format!("note: compiled plugins are not kept, so each run compiles them: {error}"));
        }
        Ok(Self { runtime, plugins, loaded: Mutex::default(), grants, ui: context.ui.clone() })
    }

    /// Returns what runs each language that something runs. A plugin that has said it before is not loaded for it.
    ///
    /// # Errors
    /// When a plugin is refused.
    pub(crate) async fn runners(&self) -> Result<Vec<RunnerInfo>, Failure> {
        let mut infos = Vec::new();
        for plugin in self.of(PluginWorld::TestRunner).chain(self.of(PluginWorld::SplitRunner)) {
            match self.runtime.known_runners(&plugin.file.digest()) {
                Some(known) => infos.extend(known),
                None => {
                    let runners = self.runtime.test_runners(self.load(plugin)?).await.map_err(refused)?;
                    infos.extend(runners.iter().map(|runner| runner.info().clone()));
                }
            }
        }
        Ok(infos)
    }

    /// Loads one of [`Toolbox::runners`].
    ///
    /// # Errors
    /// When the plugin is refused.
    pub(crate) async fn runner_of_info(&self, info: &RunnerInfo) -> Result<Arc<dyn TestRunner>, Failure> {
        let plugin = self.plugin(&info.plugin)?;
        self.runtime.test_runner(self.load(plugin)?, &info.language).await.map_err(refused)
    }

    /// Returns the backend that names this runner as its own, if there is one.
    ///
    /// # Errors
    /// When a plugin is refused.
    pub(crate) async fn backend_for(&self, runner: &RunnerInfo) -> Result<Option<Arc<dyn LanguageBackend>>, Failure> {
        let is_its = |info: &BackendInfo| info.runner == runner.plugin && info.language == runner.language;
        for plugin in self.of(PluginWorld::LanguageBackend) {
            if self.runtime.known_backend(&plugin.file.digest()).is_some_and(|known| !is_its(&known)) {
                continue;
            }
            let backend = self.runtime.language_backend(self.load(plugin)?).await.map_err(refused)?;
            if is_its(backend.info()) {
                return Ok(Some(backend));
            }
        }
        Ok(None)
    }

    /// Returns the manifests of the plugins of one world, in the order of their ids.
    pub(crate) fn manifests(&self, world: PluginWorld) -> impl Iterator<Item = &Manifest> {
        self.of(world).map(|plugin| &plugin.manifest)
    }

    fn of(&self, world: PluginWorld) -> impl Iterator<Item = &Plugin> {
        self.plugins.iter().filter(move |plugin| plugin.manifest.world == world)
    }

    fn find(&self, id: &str) -> Option<&Plugin> {
        self.plugins.iter().find(|plugin| plugin.manifest.id.as_str() == id)
    }

    fn load(&self, plugin: &Plugin) -> Result<LoadedPlugin, Failure> {
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(plugin) = loaded.get(plugin.id()) {
            return Ok(plugin.clone());
        }
        let fresh = self.load_anew(plugin)?;
        Ok(loaded.entry(plugin.id().clone()).or_insert(fresh).clone())
    }

    fn load_anew(&self, plugin: &Plugin) -> Result<LoadedPlugin, Failure> {
        let authority = decide(&plugin.manifest, &self.grants, Profile::Dev).map_err(|refused| {
            let failure = Failure::usage(anyhow::Error::new(refused.clone()));
            refused.denials.iter().fold(failure, |failure, denial| {
                failure.hint(format!("{denial}; to allow it, add to pact.yaml:\n{}", denial.lines_to_add()))
            })
        })?;
        if plugin.file.bytes.len() >= NOTED_BYTES && self.runtime.must_compile(&plugin.file) {
            self.ui.say(&format!("compiling the plugin `{}` for this machine, once", plugin.manifest.id));
        }
        self.runtime.load(&plugin.file, authority).map_err(refused)
    }
}

impl Plugin {
    fn read(shipped: ShippedPlugin) -> Result<Self, Failure> {
        let file = shipped.into_file();
        let manifest = file
            .manifest()
            .map_err(|error| Failure::plugin(error).context(format!("read the plugin {}", file.origin)))?;
        Ok(Self { manifest, file })
    }

    fn id(&self) -> &PluginId {
        &self.manifest.id
    }
}

fn refused(error: LoadError) -> Failure {
    Failure::plugin(error)
}
