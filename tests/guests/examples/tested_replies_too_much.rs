//! The tested side replies with as many texts as it was told, which are all the same 48 KiB of its memory.
#![cfg(target_family = "wasm")]
#![expect(unsafe_code, reason = "safe code cannot own one string many times")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::mem::ManuallyDrop;

use pact_test_guests::split::{Node, Outcome, Reply, Request, SplitAttack, arguments};

const TEXT_BYTES: usize = 48 << 10;

/// Never frees a text of that length: the reply holds it many times.
struct Keeping;

// SAFETY: everything but keeping is the system's allocator.
unsafe impl GlobalAlloc for Keeping {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: passed on as it came.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        if layout.size() != TEXT_BYTES {
            // SAFETY: passed on as it came.
            unsafe { System.dealloc(pointer, layout) }
        }
    }
}

#[global_allocator]
static ALLOCATOR: Keeping = Keeping;

struct TestedRepliesTooMuch;

impl SplitAttack for TestedRepliesTooMuch {
    fn attack(request: Request) -> Reply {
        let mut text = ManuallyDrop::new("x".repeat(TEXT_BYTES));
        let pointer = text.as_mut_ptr();
        let share = |_| {
            // SAFETY: the allocator below never frees a block of this length, and nothing changes the text.
            Node::Text(unsafe { String::from_raw_parts(pointer, TEXT_BYTES, TEXT_BYTES) })
        };
        let mut nodes: Vec<Node> = (0..arguments(&request)[0]).map(share).collect();
        nodes.push(Node::Integer(nodes.len() as i64));
        let root = nodes.len() as u32 - 1;
        Reply { nodes, outcome: Outcome::Returned(root), changed: Vec::new(), effects: Vec::new() }
    }
}

pact_test_guests::split_attack!(TestedRepliesTooMuch);
