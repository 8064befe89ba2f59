//! The fuel that a store has left. Every engine that pact ships counts it; those that a benchmark compares with
//! (feature `engines`) may not, and are at no end of it.

use wasmtime::{AsContext, AsContextMut};

/// What a store has that counts none. Far from both ends, so that nothing that is added or taken away passes one.
#[cfg(feature = "engines")]
const UNCOUNTED: u64 = u64::MAX / 4;

/// Returns the fuel that is left.
///
/// # Errors
/// When the engine counts none, which no shipped one does.
pub(crate) fn left(store: impl AsContext) -> wasmtime::Result<u64> {
    let left = store.as_context().get_fuel();
    #[cfg(feature = "engines")]
    let left = left.or(Ok(UNCOUNTED));
    left
}

/// Sets the fuel that is left.
///
/// # Errors
/// As [`left`].
pub(crate) fn set(mut store: impl AsContextMut, fuel: u64) -> wasmtime::Result<()> {
    let set = store.as_context_mut().set_fuel(fuel);
    #[cfg(feature = "engines")]
    let set = set.or(Ok(()));
    set
}
