//! The tested side asks again whenever it was answered.
#![cfg(target_family = "wasm")]

use pact_test_guests::split::{
    ATTACK, Node, Outcome, Reply, Request, SplitAttack, function, peer, returned, run_tests, words,
};
use pact_test_guests::{RunError, Suite, Summary};

struct TestedAsksWithoutEnd;

impl SplitAttack for TestedAsksWithoutEnd {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        let call = || {
            let mut result = peer::call(&function(ATTACK, Vec::new()));
            while let Ok(Reply { outcome: Outcome::Asks(_), .. }) = result {
                result = peer::answer(&returned(Node::None));
            }
            words(result)
        };
        run_tests(&[("first", &call)])
    }

    fn attack(_request: Request) -> Reply {
        loop {
            peer::ask(&function("tests.callback", Vec::new())).expect("the tests' side answers");
        }
    }
}

pact_test_guests::split_attack!(TestedAsksWithoutEnd);
