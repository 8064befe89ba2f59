//! The tested side calls itself as deep as it was told.
#![cfg(target_family = "wasm")]

use pact_test_guests::split::{Node, Reply, Request, SplitAttack, arguments, returned};

/// The rotation keeps the compiler from making a loop of it.
#[inline(never)]
fn descend(depth: i64) -> i64 {
    if depth == 0 { 1 } else { descend(depth - 1).rotate_left(5) ^ depth }
}

struct TestedRecurses;

impl SplitAttack for TestedRecurses {
    fn attack(request: Request) -> Reply {
        returned(Node::Boolean(descend(arguments(&request)[0]) != 0))
    }
}

pact_test_guests::split_attack!(TestedRecurses);
