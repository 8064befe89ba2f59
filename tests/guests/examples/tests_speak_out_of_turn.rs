//! The tests' side asks, answers what nobody asked, and calls while a call of it waits for an answer.
#![cfg(target_family = "wasm")]

use pact_test_guests::split::{
    ATTACK, HARMLESS, Node, Reply, Request, SplitAttack, function, peer, returned, run_tests, words,
};
use pact_test_guests::{RunError, Suite, Summary};

fn question() -> Request {
    function("tests.callback", vec![Node::None])
}

fn at_rest() -> String {
    let asked = words(peer::ask(&question()));
    let answered = words(peer::answer(&returned(Node::None)));
    format!("{asked}; {answered}")
}

fn while_a_call_waits() -> String {
    let mut said = vec![words(peer::call(&function(ATTACK, Vec::new())))];
    said.push(words(peer::call(&function(HARMLESS, Vec::new()))));
    said.push(words(peer::ask(&question())));
    // The question has one node.
    said.push(words(peer::answer(&returned(Node::Argument(1)))));
    said.push(words(peer::answer(&returned(Node::Integer(41)))));
    said.push(words(peer::call(&function(HARMLESS, vec![Node::Integer(7)]))));
    said.join("; ")
}

struct TestsSpeakOutOfTurn;

impl SplitAttack for TestsSpeakOutOfTurn {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        run_tests(&[("first", &at_rest), ("second", &while_a_call_waits)])
    }

    fn attack(_request: Request) -> Reply {
        returned(Node::Text(format!("what it was told: {}", words(peer::ask(&question())))))
    }
}

pact_test_guests::split_attack!(TestsSpeakOutOfTurn);
