//! What components are written in. Most projects have one language; a component may have its own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use pact_model::component_id::ComponentId;

use super::{ContractBackend, TestRunner};
use crate::record::PluginDigests;

/// A language: what knows it, and what executes its tests.
#[derive(Clone)]
pub struct Language {
    /// Says contracts in it.
    pub backend: Arc<dyn ContractBackend>,
    /// Executes its tests.
    pub runner: Arc<dyn TestRunner>,
    /// Both plugins with their digests, under which verdicts know them.
    pub plugins: PluginDigests,
}

/// The languages of a project.
#[derive(Clone)]
pub struct Languages {
    /// Of every component that has none of its own.
    pub default: Language,
    /// Of single components.
    pub own: BTreeMap<ComponentId, Language>,
}

impl Languages {
    /// Makes those of a project that is written in one.
    #[must_use]
    pub fn one(language: Language) -> Self {
        Self { default: language, own: BTreeMap::new() }
    }

    /// Returns the language of a component.
    #[must_use]
    pub fn of(&self, component: &ComponentId) -> &Language {
        self.own.get(component).unwrap_or(&self.default)
    }

    /// Returns the plugins of those components.
    #[must_use]
    pub fn plugins<'a>(&self, components: impl IntoIterator<Item = &'a ComponentId>) -> PluginDigests {
        let all = components.into_iter().flat_map(|id| &self.of(id).plugins);
        all.map(|(id, digest)| (id.clone(), digest.clone())).collect()
    }

    /// Returns a component that has a language of its own and is none of `known`.
    #[must_use]
    pub fn stranger(&self, known: &BTreeSet<ComponentId>) -> Option<&ComponentId> {
        self.own.keys().find(|id| !known.contains(*id))
    }
}
