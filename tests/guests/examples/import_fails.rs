//! The import of the tested side raises.
#![cfg(target_family = "wasm")]

use pact_test_guests::split::{HARMLESS, run_tests, words};
use pact_test_guests::split::{Reply, Request, Serving, SplitAttack, function, peer, raised};
use pact_test_guests::{RunError, Suite, Summary};

struct ImportFails;

impl SplitAttack for ImportFails {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        let call = || words(peer::call(&function(HARMLESS, Vec::new())));
        let twice = || format!("{}; {}", call(), call());
        run_tests(&[("first", &twice), ("second", &twice)])
    }

    fn serve(_serving: Serving) -> Reply {
        raised("no module named x")
    }

    fn reset() -> Reply {
        raised("still no module named x")
    }

    fn call(_request: Request) -> Reply {
        unreachable!("there is nothing to call");
    }
}

pact_test_guests::split_attack!(ImportFails);
