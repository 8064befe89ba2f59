//! Does as many rounds of work as it was told: the near miss of the endless loop.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary, amount, say};

struct WorkForFuel;

impl Attack for WorkForFuel {
    fn run(suite: Suite) -> Result<Summary, RunError> {
        let mut state = 1_u64;
        for round in 0..amount(&suite) {
            state = std::hint::black_box(state.rotate_left(7) ^ round);
        }
        say(format!("{state:x}"))
    }
}

pact_test_guests::attack!(WorkForFuel);
