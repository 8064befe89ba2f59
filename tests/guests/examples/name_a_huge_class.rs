//! The tested side hands out an object of a class whose name has as many bytes as it was told.
#![cfg(target_family = "wasm")]

use pact_test_guests::split::values::{ObjectHandle, ObjectKind, Side};
use pact_test_guests::split::{
    ATTACK, HARMLESS, Node, Reply, Request, SplitAttack, amount, arguments, function, method, peer, returned,
    run_tests, words,
};
use pact_test_guests::{RunError, Suite, Summary};

struct NameAHugeClass;

impl SplitAttack for NameAHugeClass {
    fn run(suite: Suite) -> Result<Summary, RunError> {
        let length = || vec![Node::Integer(amount(&suite))];
        let call = || match peer::call(&function(ATTACK, length())) {
            Ok(_object) => words(peer::call(&method(1, "name", vec![Node::Integer(5)]))),
            stopped => words(stopped),
        };
        let harmless = || words(peer::call(&function(HARMLESS, vec![Node::Integer(6)])));
        run_tests(&[("first", &call), ("second", &harmless)])
    }

    fn attack(request: Request) -> Reply {
        let type_name = "x".repeat(arguments(&request)[0] as usize);
        returned(Node::Object(ObjectHandle { owner: Side::Tested, id: 1, kind: ObjectKind::Instance, type_name }))
    }
}

pact_test_guests::split_attack!(NameAHugeClass);
