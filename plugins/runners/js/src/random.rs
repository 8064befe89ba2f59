//! Random numbers: all of them from the seed of the suite.

use std::cell::{Cell, RefCell};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

thread_local! {
    static GENERATOR: RefCell<ChaCha8Rng> = RefCell::new(ChaCha8Rng::seed_from_u64(0));
    static IS_USED: Cell<bool> = const { Cell::new(false) };
}

/// Begins the numbers of a seed.
pub(crate) fn seed(seed: u64) {
    GENERATOR.set(ChaCha8Rng::seed_from_u64(seed));
}

/// Whether a number was drawn since the last time that this was asked.
pub(crate) fn take_used() -> bool {
    IS_USED.take()
}

/// A number in [0, 1) with 53 random bits, as `Math.random` gives.
#[expect(clippy::cast_precision_loss, reason = "53 bits fit a double exactly")]
pub(crate) fn number() -> f64 {
    IS_USED.set(true);
    GENERATOR.with_borrow_mut(|generator| (generator.next_u64() >> 11) as f64 / (1_u64 << 53) as f64)
}

/// Bytes of the generator that `Math.random` draws from.
pub(crate) fn bytes(count: usize) -> Vec<u8> {
    IS_USED.set(true);
    let mut bytes = vec![0; count];
    GENERATOR.with_borrow_mut(|generator| generator.fill_bytes(&mut bytes));
    bytes
}
