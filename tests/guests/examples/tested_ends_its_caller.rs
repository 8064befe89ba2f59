//! The tested side ends the functions of the tests' side that call it, as far as words can, and never ends its own.
#![cfg(target_family = "wasm")]

use pact_test_guests::split::{
    ATTACK, HARMLESS, Node, Reply, Request, Serving, SplitAttack, function, peer, returned, run_tests, words,
};
use pact_test_guests::{RunError, Suite, Summary, profile};

struct TestedEndsItsCaller;

fn declare(name: &str) -> u32 {
    profile::declare(&profile::Function { name: name.to_owned(), path: "suite".to_owned(), line: 1 })
}

impl SplitAttack for TestedEndsItsCaller {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        profile::wanted();
        let caller = declare("caller");
        let call = |target| {
            profile::enter(caller);
            let found = words(peer::call(&function(target, vec![Node::None])));
            profile::leave(caller);
            found
        };
        run_tests(&[("first", &|| call(ATTACK)), ("second", &|| call(HARMLESS))])
    }

    fn serve(_serving: Serving) -> Reply {
        declare("tested");
        returned(Node::None)
    }

    fn attack(_request: Request) -> Reply {
        for number in 0..10 {
            profile::leave(number);
        }
        profile::enter(0);
        let mut state = 1_u64;
        for round in 0..1_000_000_u64 {
            state = std::hint::black_box(state.rotate_left(7) ^ round);
        }
        returned(Node::Boolean(state != 0))
    }
}

pact_test_guests::split_attack!(TestedEndsItsCaller);
