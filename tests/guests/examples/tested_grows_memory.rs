//! The tested side allocates as many MiB as it was told, touches each page and keeps them.
#![cfg(target_family = "wasm")]

use pact_test_guests::split::{Node, Reply, Request, SplitAttack, arguments, returned};

const MIB: usize = 1 << 20;
const PAGE_BYTES: usize = 64 * 1024;

struct TestedGrowsMemory;

impl SplitAttack for TestedGrowsMemory {
    fn attack(request: Request) -> Reply {
        let mebibytes = arguments(&request)[0];
        for _ in 0..mebibytes {
            let mut block = vec![0_u8; MIB];
            block.iter_mut().step_by(PAGE_BYTES).for_each(|byte| *byte = 1);
            std::mem::forget(std::hint::black_box(block));
        }
        returned(Node::Integer(mebibytes))
    }
}

pact_test_guests::split_attack!(TestedGrowsMemory);
