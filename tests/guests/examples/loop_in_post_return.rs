//! Loops after it has answered: when the host gives the memory of the answer back.
#![cfg(target_family = "wasm")]
#![expect(unsafe_code, reason = "an allocator is unsafe to write")]

use std::alloc::{GlobalAlloc, Layout, System};

use pact_test_guests::{Attack, RunError, Suite, Summary, say};

/// The length of the answer, so that only freeing it loops.
const TRIGGER_BYTES: usize = 12_345;

struct Endless;

// SAFETY: everything but the loop is the system's allocator.
unsafe impl GlobalAlloc for Endless {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: passed on as it came.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        while layout.size() == TRIGGER_BYTES {
            std::hint::spin_loop();
        }
        // SAFETY: passed on as it came.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Endless = Endless;

struct LoopInPostReturn;

impl Attack for LoopInPostReturn {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        let mut answer = String::with_capacity(TRIGGER_BYTES);
        answer.extend(std::iter::repeat_n('x', TRIGGER_BYTES));
        say(answer)
    }
}

pact_test_guests::attack!(LoopInPostReturn);
