//! What bounds a session: units of work, time, memory and output.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::world::World;

const MIB: u64 = 1 << 20;

/// The bounds of one session of a plugin. Every one of them always holds: there is no "unlimited".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Limits {
    /// Units of fuel, the engine's deterministic measure of work.
    pub fuel: u64,
    /// Real time from the start of the call, host calls included. Ten times what the fuel is expected to take.
    pub wall_clock: Duration,
    /// Memories and tables together.
    pub memory_bytes: u64,
    /// Calls of host functions.
    pub host_calls: u64,
    /// Bytes to standard output, standard error and the log together.
    pub output_bytes: u64,
    /// Writes to standard output, standard error and the log together; empty ones count.
    pub output_writes: u64,
    /// Bytes that the guest itself writes into the in-memory filesystem.
    pub file_bytes: u64,
    /// Files and folders that the guest itself creates.
    pub file_entries: u64,
}

impl Limits {
    /// Returns the host's limits for a world. A plugin may lower them, nothing raises them but a flag of the user's.
    ///
    /// # Source
    /// Fuel: an interpreter uses about 3.5 units a nanosecond and no kind of work less than 1 on two old cores, so the
    /// runner's 100 thousand million end in under 60 s. Memory: the Python runner starts at 41 MiB; 640 MiB leaves tests
    /// 600. Above a limit the session ends, and the receipt names the limit.
    #[must_use]
    pub fn of(world: World) -> Self {
        match world {
            World::TestRunner | World::SplitRunner => Self {
                fuel: 100_000_000_000,
                wall_clock: Duration::from_secs(600),
                memory_bytes: 640 * MIB,
                host_calls: 50_000_000,
                output_bytes: 16 * MIB,
                output_writes: 1_000_000,
                file_bytes: 256 * MIB,
                file_entries: 100_000,
            },
            World::LanguageBackend | World::LlmProvider | World::Assessor => Self {
                fuel: 20_000_000_000,
                wall_clock: Duration::from_secs(120),
                memory_bytes: 256 * MIB,
                host_calls: 5_000_000,
                output_bytes: MIB,
                output_writes: 100_000,
                file_bytes: 16 * MIB,
                file_entries: 1_000,
            },
        }
    }

    /// Returns the smaller of both, bound by bound.
    #[must_use]
    pub fn lowered_by(self, request: &LimitRequest) -> Self {
        let lower = |host: u64, asked: Option<u64>| asked.map_or(host, |asked| asked.min(host));
        Self {
            fuel: lower(self.fuel, request.fuel),
            memory_bytes: lower(self.memory_bytes, request.memory_mib.map(|mib| mib.saturating_mul(MIB))),
            host_calls: lower(self.host_calls, request.host_calls),
            output_bytes: lower(self.output_bytes, request.output_bytes),
            ..self
        }
    }
}

/// The `[limits]` of a `plugin.toml`: what a plugin promises to stay below.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitRequest {
    /// Units of fuel per session.
    pub fuel: Option<u64>,
    /// Memories and tables together, in MiB.
    pub memory_mib: Option<u64>,
    /// Calls of host functions per session.
    pub host_calls: Option<u64>,
    /// Bytes of output per session.
    pub output_bytes: Option<u64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plugin_lowers_a_limit_and_never_raises_one() {
        let host = Limits::of(World::LanguageBackend);
        let request = LimitRequest { fuel: Some(7), memory_mib: Some(u64::MAX), ..LimitRequest::default() };
        let effective = host.lowered_by(&request);
        assert_eq!(effective.fuel, 7);
        assert_eq!(effective.memory_bytes, host.memory_bytes);
        assert_eq!(effective.host_calls, host.host_calls);
    }
}
