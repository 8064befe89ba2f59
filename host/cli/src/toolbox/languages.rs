//! The languages of a project's components, each loaded when the first of its components needs it: kept verdicts need none.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use anyhow::anyhow;
use pact_model::component_id::ComponentId;
use pact_pipeline::ports::{Language, Languages, TestRunner};
use pact_pipeline::record::PluginDigests;
use pact_store::{LanguageSetting, Settings};
use tokio::sync::OnceCell;

use super::{Pair, Toolbox};
use crate::exit::Failure;

/// The languages of a project.
pub(crate) struct LazyLanguages<'a> {
    toolbox: &'a Toolbox,
    settings: &'a Settings,
    folder: &'a Path,
    /// One for each language that the settings name.
    slots: Vec<Slot<'a>>,
}

struct Slot<'a> {
    setting: &'a LanguageSetting,
    pair: OnceCell<Pair<'a>>,
    runner: OnceCell<Arc<dyn TestRunner>>,
}

impl<'a> LazyLanguages<'a> {
    /// Loads nothing yet.
    pub(crate) fn new(toolbox: &'a Toolbox, settings: &'a Settings, folder: &'a Path) -> Self {
        let slot = |setting| Slot { setting, pair: OnceCell::new(), runner: OnceCell::new() };
        Self { toolbox, settings, folder, slots: settings.language.all().into_iter().map(slot).collect() }
    }

    /// As [`Self::new`], for a project with these components.
    ///
    /// # Errors
    /// When a component has a language of its own and does not exist.
    pub(crate) fn of_components<'id>(
        toolbox: &'a Toolbox,
        settings: &'a Settings,
        folder: &'a Path,
        components: impl Iterator<Item = &'id ComponentId>,
    ) -> Result<Self, Failure> {
        let known: BTreeSet<&ComponentId> = components.collect();
        if let Some(stranger) = settings.language.own.keys().find(|id| !known.contains(id)) {
            let known: Vec<&str> = known.iter().map(|id| id.as_str()).collect();
            return Err(Failure::usage(anyhow!("`language` in pact.yaml names `{stranger}`, which is no component"))
                .hint(format!("the components of this project: {}", known.join(", "))));
        }
        Ok(Self::new(toolbox, settings, folder))
    }

    fn slot(&self, component: &ComponentId) -> Result<&Slot<'a>, Failure> {
        let setting = self.settings.language.of(component).ok_or_else(|| self.toolbox.no_language())?;
        let slot = self.slots.iter().find(|slot| slot.setting == setting);
        slot.ok_or_else(|| Failure::bug(anyhow!("a language of the settings is not among all of them")))
    }

    /// Returns what knows a component's language.
    ///
    /// # Errors
    /// When no language is set or it is not known, or the backend is refused.
    pub(crate) async fn pair(&self, component: &ComponentId) -> Result<&Pair<'a>, Failure> {
        self.pair_in(self.slot(component)?).await
    }

    async fn pair_in<'slot>(&self, slot: &'slot Slot<'a>) -> Result<&'slot Pair<'a>, Failure> {
        slot.pair.get_or_try_init(|| self.toolbox.pair(slot.setting, self.folder)).await
    }

    /// Returns what executes a component's tests.
    ///
    /// # Errors
    /// As [`Self::pair`], and when the runner is refused.
    pub(crate) async fn runner(&self, component: &ComponentId) -> Result<&dyn TestRunner, Failure> {
        Ok(&**self.runner_in(self.slot(component)?).await?)
    }

    async fn runner_in<'slot>(&self, slot: &'slot Slot<'a>) -> Result<&'slot Arc<dyn TestRunner>, Failure> {
        let pair = self.pair_in(slot).await?;
        slot.runner.get_or_try_init(|| self.toolbox.runner_of(pair)).await
    }

    /// Returns the plugins that judge those components, with their digests.
    ///
    /// # Errors
    /// As [`Self::pair`].
    pub(crate) async fn digests<'id>(
        &self,
        components: impl Iterator<Item = &'id ComponentId>,
    ) -> Result<PluginDigests, Failure> {
        let mut digests = PluginDigests::new();
        for component in components {
            digests.extend(self.pair(component).await?.digests.clone());
        }
        Ok(digests)
    }

    /// Loads all of them.
    ///
    /// # Errors
    /// As [`Self::runner`].
    pub(crate) async fn all(&self) -> Result<Languages, Failure> {
        let mut own = BTreeMap::new();
        for component in self.settings.language.own.keys() {
            own.insert(component.clone(), self.language(self.slot(component)?).await?);
        }
        let default = self.settings.language.default.as_ref();
        let default = self.slots.iter().find(|slot| Some(slot.setting) == default);
        let default = self.language(default.ok_or_else(|| self.toolbox.no_language())?).await?;
        Ok(Languages { default, own })
    }

    async fn language(&self, slot: &Slot<'a>) -> Result<Language, Failure> {
        let runner = Arc::clone(self.runner_in(slot).await?);
        let pair = self.pair_in(slot).await?;
        Ok(Language { backend: Arc::clone(&pair.backend), runner, plugins: pair.digests.clone() })
    }
}
