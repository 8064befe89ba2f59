//! Loops where the host asks the guest for memory: it lowers the suite, and its `cabi_realloc` does not come back.
#![cfg(target_family = "wasm")]
#![expect(unsafe_code, reason = "an allocator is unsafe to write")]

use std::alloc::{GlobalAlloc, Layout, System};

use pact_test_guests::Attack;

/// Never used elsewhere: the paths of the test's suite are this long, so that only lowering them asks for it.
const TRIGGER_BYTES: usize = 12_345;

struct Endless;

// SAFETY: everything but the loop is the system's allocator.
unsafe impl GlobalAlloc for Endless {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        while layout.size() == TRIGGER_BYTES {
            std::hint::spin_loop();
        }
        // SAFETY: passed on as it came.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: passed on as it came.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Endless = Endless;

struct LoopInAllocation;

impl Attack for LoopInAllocation {}

pact_test_guests::attack!(LoopInAllocation);
