//! The tested side counts how often it was made, renewed and called. Every second test leaves it alone.
#![cfg(target_family = "wasm")]

use std::cell::Cell;

use pact_test_guests::split::{
    HARMLESS, Node, Reply, Request, Serving, SplitAttack, amount, function, peer, returned, run_tests, words,
};
use pact_test_guests::{RunError, Suite, Summary};

/// What renewing costs is far more than all the rest.
const RESET_ROUNDS: u64 = 1_000_000;

thread_local! {
    static SERVED: Cell<u32> = const { Cell::new(0) };
    static RESET: Cell<u32> = const { Cell::new(0) };
    static CALLED: Cell<u32> = const { Cell::new(0) };
}

fn one_more(count: &'static std::thread::LocalKey<Cell<u32>>) {
    count.set(count.get() + 1);
}

struct CountRenewals;

impl SplitAttack for CountRenewals {
    fn run(suite: Suite) -> Result<Summary, RunError> {
        let count = || words(peer::call(&function(HARMLESS, Vec::new())));
        let nothing = String::new;
        // As a test file does that calls something while it is imported.
        if amount(&suite) > 0 {
            count();
        }
        run_tests(&[("first", &count), ("second", &nothing), ("third", &count), ("fourth", &nothing)])
    }

    fn serve(_serving: Serving) -> Reply {
        one_more(&SERVED);
        returned(Node::None)
    }

    fn reset() -> Reply {
        one_more(&RESET);
        for round in 0..RESET_ROUNDS {
            std::hint::black_box(round);
        }
        returned(Node::None)
    }

    fn call(_request: Request) -> Reply {
        one_more(&CALLED);
        let counts = [SERVED.get(), RESET.get(), CALLED.get()];
        returned(Node::Text(format!("{counts:?}")))
    }
}

pact_test_guests::split_attack!(CountRenewals);
