//! The tested side reports tests as if it were the runner.
#![cfg(target_family = "wasm")]

use pact_test_guests::split::{Node, Reply, Request, SplitAttack, returned};
use pact_test_guests::tests::{CollectionError, Location, Outcome};
use pact_test_guests::{collect, finish, observe, start};

struct TestedReportsTests;

impl SplitAttack for TestedReportsTests {
    fn attack(_request: Request) -> Reply {
        observe::collection_failed(&CollectionError {
            location: Location { path: "forged".to_owned(), line: 1 },
            message: "forged".to_owned(),
            detail: String::new(),
            missing_module: None,
        });
        collect(&["forged"]);
        finish("first", Outcome::Passed, "forged");
        start("forged");
        finish("forged", Outcome::Passed, "forged");
        returned(Node::None)
    }
}

pact_test_guests::split_attack!(TestedReportsTests);
