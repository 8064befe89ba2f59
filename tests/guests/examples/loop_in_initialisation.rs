//! Loops before any export is called: in a constructor, which runs while the instance is made.
#![cfg(target_family = "wasm")]

use pact_test_guests::Attack;

struct LoopInInitialisation;

impl Attack for LoopInInitialisation {}

extern "C" fn construct() {
    loop {
        std::hint::spin_loop();
    }
}

#[expect(unsafe_code, reason = "the only way to have a constructor")]
#[used]
#[unsafe(link_section = ".init_array")]
static CONSTRUCTOR: extern "C" fn() = construct;

pact_test_guests::attack!(LoopInInitialisation);
