//! The capabilities that a plugin can ask for. One word per effect.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An effect outside the session that needs a grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Capability {
    /// Reading files of the project. Its scope is glob patterns relative to the project's root.
    #[serde(rename = "workspace.read")]
    WorkspaceRead,
}

impl Capability {
    /// Every capability, in the order of the documentation.
    pub const ALL: [Self; 1] = [Self::WorkspaceRead];

    /// Returns the name as `plugin.toml` and `pact.yaml` spell it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::WorkspaceRead => "workspace.read",
        }
    }
}

impl fmt::Display for Capability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Capability {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|capability| capability.name() == text).ok_or_else(|| {
            let known = Self::ALL.map(Self::name).join(", ");
            format!("no capability is named `{text}`; there is {known}")
        })
    }
}
