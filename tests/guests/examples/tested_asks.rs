//! The tested side asks twice in one call. The tests' side works for each answer as much as it was told.
#![cfg(target_family = "wasm")]

use pact_test_guests::split::{
    ATTACK, Node, Outcome, Reply, Request, SplitAttack, amount, arguments, function, peer, returned, run_tests, words,
};
use pact_test_guests::{RunError, Suite, Summary};

fn work(rounds: i64) -> bool {
    (0..rounds).fold(1_i64, |state, round| std::hint::black_box(state.rotate_left(7) ^ round)) != 0
}

fn add_one_where_asked(rounds: i64) -> String {
    let mut result = peer::call(&function(ATTACK, vec![Node::Integer(40)]));
    while let Ok(Reply { outcome: Outcome::Asks(question), .. }) = &result {
        assert!(work(rounds));
        result = peer::answer(&returned(Node::Integer(arguments(question)[0] + 1)));
    }
    words(result)
}

struct TestedAsks;

impl SplitAttack for TestedAsks {
    fn run(suite: Suite) -> Result<Summary, RunError> {
        run_tests(&[("first", &|| add_one_where_asked(amount(&suite)))])
    }

    fn attack(request: Request) -> Reply {
        let ask = |nodes| peer::ask(&function("tests.add_one", nodes)).expect("the tests' side answers");
        ask(ask(request.nodes).nodes)
    }
}

pact_test_guests::split_attack!(TestedAsks);
