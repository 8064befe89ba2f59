//! The tests' side answers a question with a question.
#![cfg(target_family = "wasm")]

use pact_test_guests::split::{
    ATTACK, Node, Outcome, Reply, Request, SplitAttack, function, peer, returned, run_tests, words,
};
use pact_test_guests::{RunError, Suite, Summary};

fn question() -> Request {
    function("tests.callback", Vec::new())
}

fn ask_in_turn() -> String {
    let asked = words(peer::call(&function(ATTACK, Vec::new())));
    let counter = Reply { outcome: Outcome::Asks(question()), ..returned(Node::None) };
    let refused = words(peer::answer(&counter));
    let answered = words(peer::answer(&returned(Node::Integer(41))));
    format!("{asked}; {refused}; {answered}")
}

struct AnswerWithAQuestion;

impl SplitAttack for AnswerWithAQuestion {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        run_tests(&[("first", &ask_in_turn)])
    }

    fn attack(_request: Request) -> Reply {
        returned(Node::Text(format!("what it was told: {}", words(peer::ask(&question())))))
    }
}

pact_test_guests::split_attack!(AnswerWithAQuestion);
