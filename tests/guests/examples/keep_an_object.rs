//! The tests' side keeps an object of the tested side from one test to the next.
#![cfg(target_family = "wasm")]

use pact_test_guests::split::values::{ObjectHandle, ObjectKind, Side};
use pact_test_guests::split::{
    ATTACK, Node, Reply, Request, SplitAttack, function, method, peer, returned, run_tests, words,
};
use pact_test_guests::{RunError, Suite, Summary};

struct KeepAnObject;

impl SplitAttack for KeepAnObject {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        let make = || {
            let _handle = peer::call(&function(ATTACK, Vec::new()));
            String::new()
        };
        let deposit = || words(peer::call(&method(1, "deposit", vec![Node::Integer(5)])));
        run_tests(&[("first", &make), ("second", &deposit), ("third", &deposit)])
    }

    fn attack(_request: Request) -> Reply {
        let type_name = "component.Account".to_owned();
        returned(Node::Object(ObjectHandle { owner: Side::Tested, id: 1, kind: ObjectKind::Instance, type_name }))
    }
}

pact_test_guests::split_attack!(KeepAnObject);
