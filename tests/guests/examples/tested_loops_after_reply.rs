//! The tested side loops after it has replied: when the host gives the memory of the reply back.
#![cfg(target_family = "wasm")]
#![expect(unsafe_code, reason = "an allocator is unsafe to write")]

use std::alloc::{GlobalAlloc, Layout, System};

use pact_test_guests::split::{ATTACK, Node, Reply, Request, SplitAttack, function, peer, returned, run_tests};
use pact_test_guests::{RunError, Suite, Summary};

/// The length of the reply, so that only freeing it loops.
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

struct TestedLoopsAfterReply;

impl SplitAttack for TestedLoopsAfterReply {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        let call = || {
            // Kept: the tests' side has the same allocator.
            std::mem::forget(peer::call(&function(ATTACK, Vec::new())));
            String::new()
        };
        run_tests(&[("first", &call)])
    }

    fn attack(_request: Request) -> Reply {
        let mut text = String::with_capacity(TRIGGER_BYTES);
        text.extend(std::iter::repeat_n('x', TRIGGER_BYTES));
        returned(Node::Text(text))
    }
}

pact_test_guests::split_attack!(TestedLoopsAfterReply);
