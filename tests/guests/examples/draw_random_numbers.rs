//! Draws numbers from each source of the host and says them.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary, say};
use wasip2::random::{insecure, insecure_seed, random};

struct DrawRandomNumbers;

impl Attack for DrawRandomNumbers {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        let mut numbers: Vec<u64> = (0..100).map(|_| random::get_random_u64()).collect();
        numbers.extend((0..40).map(|_| insecure::get_insecure_random_u64()));
        numbers.extend(
            random::get_random_bytes(320)
                .chunks_exact(8)
                .map(|eight| u64::from_le_bytes(eight.try_into().expect("chunks of eight"))),
        );
        let (low, high) = insecure_seed::insecure_seed();
        numbers.extend([low, high]);
        let numbers: Vec<_> = numbers.iter().map(u64::to_string).collect();
        say(numbers.join(" "))
    }
}

pact_test_guests::attack!(DrawRandomNumbers);
