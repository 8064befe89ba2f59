//! The tested side sleeps for an hour; both sides read their clocks before.
#![cfg(target_family = "wasm")]

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use pact_test_guests::split::{ATTACK, Node, Reply, Request, SplitAttack, function, peer, returned, run_tests, words};
use pact_test_guests::{RunError, Suite, Summary};

fn wall_seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs()
}

fn sleep() -> String {
    let (wall, instant) = (wall_seconds(), Instant::now());
    let tested = words(peer::call(&function(ATTACK, Vec::new())));
    format!("{tested}, tests {wall}, slept {} and {}", instant.elapsed().as_secs(), wall_seconds() - wall)
}

struct SleepAcross;

impl SplitAttack for SleepAcross {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        run_tests(&[("first", &sleep)])
    }

    fn attack(_request: Request) -> Reply {
        let wall = wall_seconds();
        std::thread::sleep(Duration::from_secs(3_600));
        returned(Node::Text(format!("tested {wall}")))
    }
}

pact_test_guests::split_attack!(SleepAcross);
