//! What a function can do beside computing a value, as far as the sandbox can tell.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An effect that the host links or denies, call by call, where the tested code has an instance of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Reads a file that is no part of the component.
    ReadsFile,
    /// Creates, changes or removes a file.
    WritesFile,
    /// Reaches for the network.
    Network,
    /// Reads the clock.
    ReadsClock,
    /// Draws random numbers, from the host or from the language's own generator, or sets that one. The runner watches the latter
    /// and draws from the host where it was used; a generator that the code makes and seeds itself is none.
    DrawsRandom,
    /// Changes an argument that it was given: the caller finds it changed when the call has returned.
    ChangesArgument,
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ReadsFile => "reads a file",
            Self::WritesFile => "writes a file",
            Self::Network => "reaches for the network",
            Self::ReadsClock => "reads the clock",
            Self::DrawsRandom => "draws random numbers",
            Self::ChangesArgument => "changes an argument",
        })
    }
}
