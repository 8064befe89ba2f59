//! Allocates as many MiB as it was told and touches each page.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary, amount, say};

const MIB: usize = 1 << 20;
const PAGE_BYTES: usize = 64 * 1024;

struct GrowMemory;

impl Attack for GrowMemory {
    fn run(suite: Suite) -> Result<Summary, RunError> {
        let mut kept: Vec<Vec<u8>> = Vec::new();
        for _ in 0..amount(&suite) {
            let mut block = vec![0_u8; MIB];
            block.iter_mut().step_by(PAGE_BYTES).for_each(|byte| *byte = 1);
            kept.push(block);
        }
        say(format!("{} MiB", kept.len()))
    }
}

pact_test_guests::attack!(GrowMemory);
