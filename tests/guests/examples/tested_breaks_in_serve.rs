//! The tested side does something else than to import its modules: which, the seed says.
#![cfg(target_family = "wasm")]

use pact_test_guests::split::{Node, Outcome, Reply, Serving, SplitAttack, function, raised, returned};

struct TestedBreaksInServe;

impl SplitAttack for TestedBreaksInServe {
    fn serve(serving: Serving) -> Reply {
        match serving.seed {
            0 => std::process::exit(0),
            1 => panic!("the tested side is unwell"),
            2 => Reply { outcome: Outcome::Returned(1), ..returned(Node::None) },
            3 => returned(Node::Argument(0)),
            4 => Reply { outcome: Outcome::Asks(function("tests.callback", Vec::new())), ..returned(Node::None) },
            5 => Reply { outcome: Outcome::Waits(None), ..returned(Node::None) },
            _ => raised("no such variant"),
        }
    }
}

pact_test_guests::split_attack!(TestedBreaksInServe);
