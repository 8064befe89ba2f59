//! Tells which functions run, as a runner should, and works as much as it was told in the inner one.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary, amount, collect, finish, profile, start, tests};

struct TellOfFunctions;

impl Attack for TellOfFunctions {
    fn run(suite: Suite) -> Result<Summary, RunError> {
        let wanted = profile::wanted();
        let declare = |name: &str, line| {
            profile::declare(&profile::Function { name: name.to_owned(), path: "suite".to_owned(), line })
        };
        let (outer, inner) = (declare("outer", 1), declare("inner", 5));
        collect(&["a_test"]);
        start("a_test");
        profile::enter(outer);
        for _ in 0..3 {
            profile::enter(inner);
            let mut state = 1_u64;
            for round in 0..amount(&suite) {
                state = std::hint::black_box(state.rotate_left(7) ^ round);
            }
            profile::leave(inner);
        }
        profile::leave(outer);
        finish("a_test", tests::Outcome::Passed, if wanted { "it was wanted" } else { "" });
        Ok(Summary { collected: 1, deselected: 0, finished: 1 })
    }
}

pact_test_guests::attack!(TellOfFunctions);
