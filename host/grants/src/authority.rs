//! What a plugin may do in the end, with the way there.

use serde::Serialize;

use crate::capability::Capability;
use crate::limits::Limits;
use crate::manifest::PluginId;
use crate::scope::WorkspaceScope;
use crate::world::World;

/// The outcome of [`crate::decide`]: everything that a plugin may do, and nothing else.
#[derive(Debug, Clone)]
pub struct Authority {
    plugin: PluginId,
    world: World,
    limits: Limits,
    workspace: Option<WorkspaceScope>,
    lines: Vec<Line>,
}

impl Authority {
    pub(crate) fn new(
        plugin: PluginId,
        world: World,
        limits: Limits,
        workspace: Option<WorkspaceScope>,
        lines: Vec<Line>,
    ) -> Self {
        Self { plugin, world, limits, workspace, lines }
    }

    /// Returns whose authority this is.
    #[must_use]
    pub fn plugin(&self) -> &PluginId {
        &self.plugin
    }

    /// Returns the world that the plugin runs in.
    #[must_use]
    pub fn world(&self) -> World {
        self.world
    }

    /// Returns the limits of each of its sessions.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Returns the same authority with more or less fuel: the one limit that a user may raise for a run.
    ///
    /// Real time grows with it, else more fuel could not be used.
    #[must_use]
    pub fn with_fuel(mut self, fuel: u64) -> Self {
        let times = u32::try_from(fuel.div_ceil(self.limits.fuel.max(1))).unwrap_or(u32::MAX);
        self.limits.wall_clock = self.limits.wall_clock.saturating_mul(times.max(1));
        self.limits.fuel = fuel;
        self
    }

    /// Returns which files of the project it may read.
    #[must_use]
    pub fn workspace(&self) -> Option<&WorkspaceScope> {
        self.workspace.as_ref()
    }

    /// Returns each line of the decision with what cut it, for `pact plugin inspect --effective`.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }
}

/// One line of a decision.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// The effect.
    pub capability: Capability,
    /// What the plugin asks for.
    pub asked: Vec<String>,
    /// What the user allows; empty when nothing.
    pub granted: Vec<String>,
    /// Why the plugin asks.
    pub reason: String,
    /// What cut it, if something did.
    pub cut_by: Option<Factor>,
}

/// What can cut an ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Factor {
    /// The `grants` of `pact.yaml` do not allow it.
    Grants,
    /// The run profile does not allow it.
    Profile,
}
