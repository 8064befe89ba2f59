//! Attempts to use the machine up. None returns: the host has to end each of them.

use std::hint::black_box;
use std::io::Write as _;

const MIB: usize = 1 << 20;
const PAGE_BYTES: usize = 64 * 1024;

/// Computes for ever.
pub(crate) fn compute() -> ! {
    loop {
        std::hint::spin_loop();
    }
}

/// Allocates and touches memory for ever.
pub(crate) fn allocate() -> ! {
    let mut kept = Vec::new();
    loop {
        let mut block = vec![0_u8; MIB];
        block.iter_mut().step_by(PAGE_BYTES).for_each(|byte| *byte = 1);
        kept.push(black_box(block));
    }
}

/// Calls itself for ever.
pub(crate) fn recurse() -> ! {
    /// The rotation keeps the compiler from making a loop of it. Nothing here has an address: that would use up the stack
    /// that the guest keeps in its own memory, and the engine's stack is what is examined.
    #[inline(never)]
    fn descend(depth: u64) -> u64 {
        if depth == 0 { 1 } else { descend(depth - 1).rotate_left(5) ^ depth }
    }
    loop {
        black_box(descend(black_box(u64::MAX)));
    }
}

/// Prints for ever.
pub(crate) fn print() -> ! {
    let mut stdout = std::io::stdout().lock();
    loop {
        // An error would be an answer; only the end of the session ends it.
        let _ = stdout.write_all(&[b'x'; 4096]);
    }
}
