//! One description of an engine, and the engines that are built from it.
//!
//! Everything that changes what compiled code does or costs is a field of [`EngineProfile`]: its digest is part of the
//! cache key and of every receipt.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use pact_grants::World;
use serde::Serialize;
use sha2::{Digest, Sha256};
use wasmtime::{Config, Engine, OptLevel, RegallocAlgorithm, Strategy};

const MIB: usize = 1 << 20;

/// How often the epoch moves. A wall-clock limit is exact to this.
pub(crate) const TICK: Duration = Duration::from_millis(10);

/// The version of wasmtime that this was built with. A test compares it with the lock file.
pub(crate) const WASMTIME_VERSION: &str = "48.0.8";

/// Everything about an engine that compiled code or fuel depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct EngineProfile {
    max_wasm_stack: usize,
    async_stack_size: usize,
    consume_fuel: bool,
    epoch_interruption: bool,
    nan_canonicalization: bool,
    optimise: bool,
    memory_init_cow: bool,
    memory_reservation: u64,
    memory_guard_size: u64,
    simd: bool,
}

/// What a benchmark may leave out, to see what it costs.
#[cfg(feature = "engines")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one setting of the engine")]
pub struct Variant {
    /// Whether fuel is counted. Without, nothing ends for having used too much.
    pub counts_fuel: bool,
    /// Whether the engine's clock can end a guest.
    pub has_epochs: bool,
    /// Whether each float that is no number has the same bits on every machine.
    pub canonicalises_nans: bool,
    /// Whether the compiler optimises.
    pub optimises: bool,
}

#[cfg(feature = "engines")]
impl Variant {
    /// As it is shipped.
    pub const SHIPPED: Self = Self { counts_fuel: true, has_epochs: true, canonicalises_nans: true, optimises: true };
}

impl EngineProfile {
    /// For the plugins of a world.
    pub(crate) fn of(world: World) -> Self {
        if world.runs_tests() { Self::runner() } else { Self::plugin() }
    }

    /// For interpreters. Their own recursion limit must come before the engine's, or a deep `repr` would trap the whole
    /// instance: 32 MiB is the smallest stack at which CPython raises in every case, and instantiation costs the same.
    pub(crate) fn runner() -> Self {
        Self { max_wasm_stack: 64 * MIB, async_stack_size: 66 * MIB, ..Self::plugin() }
    }

    /// For everything else.
    pub(crate) fn plugin() -> Self {
        Self {
            max_wasm_stack: MIB,
            async_stack_size: 3 * MIB,
            consume_fuel: true,
            epoch_interruption: true,
            nan_canonicalization: true,
            optimise: true,
            memory_init_cow: true,
            memory_reservation: 4 << 30,
            memory_guard_size: 32 << 20,
            simd: true,
        }
    }

    /// With other settings, for a benchmark.
    #[cfg(feature = "engines")]
    pub(crate) fn varied(self, variant: Variant) -> Self {
        let Variant { counts_fuel, has_epochs, canonicalises_nans, optimises } = variant;
        Self {
            consume_fuel: counts_fuel,
            epoch_interruption: has_epochs,
            nan_canonicalization: canonicalises_nans,
            optimise: optimises,
            ..self
        }
    }

    /// Returns a digest of every field, in hexadecimal.
    pub(crate) fn digest(&self) -> String {
        let text = serde_json::to_string(self).expect("a profile is plain data");
        hex(&Sha256::digest(text.as_bytes()))
    }

    /// Returns what receipts and reports call this engine.
    pub(crate) fn label(&self) -> String {
        format!("wasmtime {WASMTIME_VERSION} {}", &self.digest()[..12])
    }

    pub(crate) fn config(&self) -> Config {
        let mut config = Config::new();
        config
            .strategy(Strategy::Cranelift)
            .cranelift_opt_level(if self.optimise { OptLevel::Speed } else { OptLevel::None })
            .cranelift_regalloc_algorithm(RegallocAlgorithm::Backtracking)
            .cranelift_nan_canonicalization(self.nan_canonicalization)
            .consume_fuel(self.consume_fuel)
            .epoch_interruption(self.epoch_interruption)
            .max_wasm_stack(self.max_wasm_stack)
            .async_stack_size(self.async_stack_size)
            .memory_init_cow(self.memory_init_cow)
            .memory_reservation(self.memory_reservation)
            .memory_guard_size(self.memory_guard_size)
            .wasm_component_model(true)
            .concurrency_support(false)
            // No plugin needs these, and most advisories of the engine are about them.
            .wasm_threads(false)
            .shared_memory(false)
            .wasm_shared_everything_threads(false)
            .wasm_gc(false)
            .wasm_function_references(false)
            .wasm_exceptions(false)
            .wasm_stack_switching(false)
            .wasm_memory64(false)
            .wasm_multi_memory(false)
            .wasm_custom_page_sizes(false)
            .wasm_wide_arithmetic(false)
            .wasm_tail_call(false)
            .wasm_relaxed_simd(false)
            .wasm_simd(self.simd)
            .wasm_component_model_error_context(false)
            .wasm_component_model_gc(false)
            .wasm_component_model_map(false)
            .wasm_component_model_fixed_length_lists(false);
        config
    }

    /// Builds the engine and starts its clock.
    pub(crate) fn build(self) -> wasmtime::Result<ProfiledEngine> {
        let engine = Engine::new(&self.config())?;
        let weak = engine.weak();
        thread::Builder::new().name("pact-epoch".to_owned()).spawn(move || {
            while let Some(engine) = weak.upgrade() {
                engine.increment_epoch();
                drop(engine);
                thread::sleep(TICK);
            }
        })?;
        let label = self.label();
        Ok(ProfiledEngine { engine, profile: Arc::new(self), label: label.into() })
    }
}

/// Returns what receipts call the engines of runners and of other plugins. Builds none.
#[must_use]
pub fn engines() -> [String; 2] {
    [EngineProfile::runner().label(), EngineProfile::plugin().label()]
}

/// An engine with the profile that it was built from.
#[derive(Clone)]
pub(crate) struct ProfiledEngine {
    pub(crate) engine: Engine,
    pub(crate) profile: Arc<EngineProfile>,
    pub(crate) label: Arc<str>,
}

/// Returns bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        use std::fmt::Write as _;
        write!(text, "{byte:02x}").expect("writing to a string does not fail");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_changes_with_any_field() {
        let plain = EngineProfile::plugin();
        assert_ne!(plain.digest(), EngineProfile::runner().digest());
        assert_ne!(plain.digest(), EngineProfile { simd: false, ..plain.clone() }.digest());
        assert_eq!(plain.digest(), EngineProfile::plugin().digest());
    }

    #[test]
    fn receipts_name_the_engine_that_is_locked() {
        let lock = include_str!("../../../Cargo.lock");
        assert!(lock.contains(&format!("name = \"wasmtime\"\nversion = \"{WASMTIME_VERSION}\"")));
    }
}
