//! The tested side asks while nobody calls it: while it imports its modules. What it is told is what its import raises.
#![cfg(target_family = "wasm")]

use pact_test_guests::split::{Reply, Serving, SplitAttack, function, peer, raised, words};

struct TestedAsksInServe;

impl SplitAttack for TestedAsksInServe {
    fn serve(_serving: Serving) -> Reply {
        raised(&words(peer::ask(&function("tests.callback", Vec::new()))))
    }
}

pact_test_guests::split_attack!(TestedAsksInServe);
