//! What `pact doctor` found: its JSON document, and the exit code that it means.

use pact_grants::World;
use serde::Serialize;

use super::attempt::Finding;
use super::machine::Machine;
use crate::exit::Exit;

/// `pact/doctor@1`.
#[derive(Debug, Serialize)]
pub(super) struct Document {
    schema: &'static str,
    #[serde(flatten)]
    pub(super) machine: Machine,
    pub(super) plugins: Vec<CheckedPlugin>,
    pub(super) sandbox: Sandbox,
    /// Whether nothing is wrong.
    healthy: bool,
}

/// A plugin and whether it could run.
#[derive(Debug, Serialize)]
pub(super) struct CheckedPlugin {
    pub(super) id: String,
    pub(super) version: String,
    pub(super) world: World,
    pub(super) origin: String,
    /// Compiled now, or kept from before.
    pub(super) compiled: bool,
    /// From the file to a plugin that could run.
    pub(super) seconds: f64,
    /// Why it was refused.
    pub(super) error: Option<String>,
}

/// What the hostile guest could do.
#[derive(Debug, Serialize)]
pub(super) struct Sandbox {
    pub(super) engine: String,
    pub(super) findings: Vec<Finding>,
}

impl Sandbox {
    pub(super) fn holds(&self) -> bool {
        !self.findings.is_empty() && self.findings.iter().all(|finding| finding.held)
    }
}

impl Document {
    pub(super) fn new(machine: Machine, plugins: Vec<CheckedPlugin>, sandbox: Sandbox) -> Self {
        let mut document = Self { schema: "pact/doctor@1", machine, plugins, sandbox, healthy: false };
        document.healthy = document.exit() == Exit::Good;
        document
    }

    /// Returns how the process ends. A sandbox that does not hold, or a plugin that is refused, outweighs the rest.
    pub(super) fn exit(&self) -> Exit {
        if !self.sandbox.holds() || self.plugins.iter().any(|plugin| plugin.error.is_some()) {
            Exit::NoJudgement
        } else if self.machine.cache.error.is_some() {
            Exit::Usage
        } else {
            Exit::Good
        }
    }
}
