//! `wasi:random`: seeded, so that equal inputs give equal runs. Not secret: nothing in the sandbox needs a secret.

use pact_model::effect::Effect;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use wasmtime::component::Linker;
use wasmtime_wasi::p2::bindings::random;
use wasmtime_wasi::random::{WasiRandom, WasiRandomCtx};
use wasmtime_wasi::{WasiCtxBuilder, WasiView};

use crate::guest::Guest;

/// The most that one call may ask for: the host allocates it.
const MAX_BYTES: u64 = 1 << 20;

pub(crate) fn link(linker: &mut Linker<Guest>) -> wasmtime::Result<()> {
    random::random::add_to_linker::<Guest, WasiRandom>(linker, draw)?;
    random::insecure::add_to_linker::<Guest, WasiRandom>(linker, draw)?;
    random::insecure_seed::add_to_linker::<Guest, WasiRandom>(linker, draw)
}

// An accessor cannot refuse: what may not draw is put on record.
fn draw(guest: &mut Guest) -> &mut WasiRandomCtx {
    guest.conduct.allows(Effect::DrawsRandom);
    guest.ctx().ctx.random()
}

/// Sets the generators. The two streams differ, as two sources of a real machine would.
pub(crate) fn seed(builder: &mut WasiCtxBuilder, seed: u64) {
    builder
        .secure_random(ChaCha20Rng::seed_from_u64(seed))
        .insecure_random(ChaCha20Rng::seed_from_u64(seed ^ 0x9e37_79b9_7f4a_7c15))
        .insecure_random_seed(u128::from(seed) << 64 | u128::from(seed.wrapping_mul(0x2545_f491_4f6c_dd1d)))
        .max_random_size(MAX_BYTES);
}
