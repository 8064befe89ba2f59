//! The tested side does as many rounds of work as it was told.
#![cfg(target_family = "wasm")]

use pact_test_guests::split::{Node, Reply, Request, SplitAttack, arguments, returned};

struct TestedWorks;

impl SplitAttack for TestedWorks {
    fn attack(request: Request) -> Reply {
        let mut state = 1_i64;
        for round in 0..arguments(&request)[0] {
            state = std::hint::black_box(state.rotate_left(7) ^ round);
        }
        returned(Node::Boolean(state != 0))
    }
}

pact_test_guests::split_attack!(TestedWorks);
