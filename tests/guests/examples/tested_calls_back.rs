//! The tested side calls and answers as if it were the tests' side.
#![cfg(target_family = "wasm")]

use pact_test_guests::split::{HARMLESS, Node, Reply, Request, SplitAttack, function, peer, returned, words};

struct TestedCallsBack;

impl SplitAttack for TestedCallsBack {
    fn attack(_request: Request) -> Reply {
        let called = words(peer::call(&function(HARMLESS, Vec::new())));
        let answered = words(peer::answer(&returned(Node::None)));
        returned(Node::Text(format!("{called}; {answered}")))
    }
}

pact_test_guests::split_attack!(TestedCallsBack);
