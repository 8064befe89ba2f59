//! The tests' side never answers what it is asked, in its first test and in its last.
#![cfg(target_family = "wasm")]

use std::cell::Cell;

use pact_test_guests::split::{
    ATTACK, HARMLESS, Node, Reply, Request, SplitAttack, Target, function, peer, returned, run_tests, words,
};
use pact_test_guests::{RunError, Suite, Summary};

thread_local! {
    static CALLED: Cell<i64> = const { Cell::new(0) };
}

struct QuestionUnanswered;

impl SplitAttack for QuestionUnanswered {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        let attack = || words(peer::call(&function(ATTACK, Vec::new())));
        let count = || words(peer::call(&function(HARMLESS, Vec::new())));
        run_tests(&[("first", &attack), ("second", &count), ("third", &count), ("fourth", &attack)])
    }

    fn call(request: Request) -> Reply {
        CALLED.set(CALLED.get() + 1);
        if matches!(&request.target, Target::Function(name) if name == ATTACK) {
            let _ = peer::ask(&function("tests.callback", Vec::new()));
            unreachable!("nobody answers");
        }
        returned(Node::Integer(CALLED.get()))
    }
}

pact_test_guests::split_attack!(QuestionUnanswered);
