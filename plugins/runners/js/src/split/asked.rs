//! What the tested side tells the host beside its replies.

use crate::random;

/// Ends the instance, as the tested code wants it.
#[expect(clippy::disallowed_methods, reason = "the tested code asked for it, and its instance is all that ends")]
pub(super) fn exit(code: i32) {
    std::process::exit(code);
}

/// The generator of random numbers is seeded and part of the instance, so the host sees nothing of it. Where it was used, one
/// byte of the host's is drawn: then the host has it on record, as every other draw.
pub(super) fn tell_of_draws() {
    if random::take_used() {
        draw();
    }
}

#[cfg(target_family = "wasm")]
#[expect(unsafe_code, reason = "the C library has the only way to the host's random numbers")]
fn draw() {
    unsafe extern "C" {
        fn getentropy(buffer: *mut u8, length: usize) -> i32;
    }
    let mut byte = [0_u8];
    // SAFETY: the buffer is as long as it says.
    unsafe { getentropy(byte.as_mut_ptr(), byte.len()) };
}

#[cfg(not(target_family = "wasm"))]
fn draw() {}
