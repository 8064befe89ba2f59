//! The tests' side breaks the form of a request in every way, and then counts what arrived.
#![cfg(target_family = "wasm")]

use std::cell::Cell;

use pact_test_guests::split::values::{Sequence, SequenceKind};
use pact_test_guests::split::{ATTACK, Node, Reply, Request, SplitAttack, function, peer, returned, run_tests, words};
use pact_test_guests::{RunError, Suite, Summary};

fn list(items: Vec<u32>) -> Node {
    Node::Sequence(Sequence { kind: SequenceKind::Tuple, items })
}

fn malformed() -> Vec<Request> {
    vec![
        function(ATTACK, vec![list(vec![1]), Node::None]),
        function(ATTACK, vec![Node::Mapping(vec![(0, 0)])]),
        function(ATTACK, vec![Node::None, Node::Argument(0)]),
        Request { positional: vec![1], ..function(ATTACK, vec![Node::None]) },
        Request { named: vec![("name".to_owned(), u32::MAX)], ..function(ATTACK, vec![Node::None]) },
    ]
}

thread_local! {
    static ARRIVED: Cell<i64> = const { Cell::new(0) };
    static RESET: Cell<i64> = const { Cell::new(0) };
}

struct TestsSendMalformed;

impl SplitAttack for TestsSendMalformed {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        let send = || malformed().iter().map(|request| words(peer::call(request))).collect::<Vec<_>>().join("\n");
        let count = || words(peer::call(&function(ATTACK, Vec::new())));
        run_tests(&[("first", &send), ("second", &count)])
    }

    fn reset() -> Reply {
        RESET.set(RESET.get() + 1);
        returned(Node::None)
    }

    fn attack(_request: Request) -> Reply {
        ARRIVED.set(ARRIVED.get() + 1);
        returned(Node::Text(format!("arrived {}, reset {}", ARRIVED.get(), RESET.get())))
    }
}

pact_test_guests::split_attack!(TestsSendMalformed);
