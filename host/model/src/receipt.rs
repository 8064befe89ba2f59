//! What a session cost and how it ended: the receipt that every call of a plugin leaves behind.

use serde::{Deserialize, Serialize};

/// One bound of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// Deterministic units of work of the guest. The only limit that can fail a suite.
    Fuel,
    /// Real time, host calls included. Never a verdict.
    WallClock,
    /// Memories, tables and host buffers together.
    Memory,
    /// The guest's stack.
    Stack,
    /// Bytes or writes to standard output, standard error and the log together.
    Output,
    /// Calls of host functions.
    HostCalls,
    /// Bytes or entries of the in-memory filesystem.
    Files,
}

/// How a session ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum SessionOutcome {
    /// The call returned.
    Returned,
    /// The call returned an error of its interface.
    Refused {
        /// The guest's own words: untrusted.
        message: String,
    },
    /// A limit ended it.
    Limited {
        /// Which one.
        limit: Limit,
    },
    /// The guest called `exit`. Any code ends the session, zero included.
    Exited {
        /// The code, as WASI gives it: zero for success, one for failure.
        code: u8,
    },
    /// The guest trapped.
    Trapped {
        /// The trap, in the engine's words, and what the guest printed last: untrusted.
        message: String,
    },
    /// The guest broke the plugin interface, for example with a test that it had never started.
    Broke {
        /// What it did.
        message: String,
    },
}

/// What a session cost and how it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The plugin's id.
    pub plugin: String,
    /// SHA-256 of the plugin's file.
    pub digest: String,
    /// The exported function, for example `runner.run`.
    pub call: String,
    /// How it ended.
    pub outcome: SessionOutcome,
    /// The limit that ended it, if one did.
    pub limit: Option<Limit>,
    /// Units of fuel that were used.
    pub fuel: u64,
    /// Real milliseconds.
    pub wall_ms: u64,
    /// The highest sum of memories and tables.
    pub peak_memory_bytes: u64,
    /// Bytes that the guest wrote to standard output, standard error and the log.
    pub output_bytes: u64,
    /// The seed of the session's random numbers.
    pub seed: u64,
    /// The engine and a digest of its settings: fuel is comparable only where this is equal.
    pub engine: String,
}
