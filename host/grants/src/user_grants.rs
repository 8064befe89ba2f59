//! The `grants` of a `pact.yaml`: what the user allows each plugin.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::capability::Capability;
use crate::manifest::PluginId;
use crate::scope::Patterns;

/// Everything that a user allows, by plugin.
///
/// A plugin, a capability or a pattern that cannot be read is an error of the file: a policy is never half read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UserGrants(BTreeMap<PluginId, Grant>);

/// What a user allows one plugin.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// Files of the project that it may read.
    #[serde(default, rename = "workspace.read", skip_serializing_if = "Option::is_none")]
    pub workspace_read: Option<Patterns>,
}

impl Grant {
    /// Returns the granted scope of a capability.
    #[must_use]
    pub fn scope(&self, capability: Capability) -> Option<&Patterns> {
        match capability {
            Capability::WorkspaceRead => self.workspace_read.as_ref(),
        }
    }
}

impl UserGrants {
    /// Returns what a plugin is allowed.
    #[must_use]
    pub fn of(&self, plugin: &PluginId) -> Option<&Grant> {
        self.0.get(plugin)
    }

    /// Adds a grant.
    pub fn insert(&mut self, plugin: PluginId, grant: Grant) {
        self.0.insert(plugin, grant);
    }

    /// Returns the plugins that are allowed something, in order.
    pub fn plugins(&self) -> impl Iterator<Item = &PluginId> {
        self.0.keys()
    }
}
