//! Does nothing wrong. It runs after each attack, to see that the host is as usable as before.
#![cfg(target_family = "wasm")]

struct WellBehaved;

impl pact_test_guests::Attack for WellBehaved {}

pact_test_guests::attack!(WellBehaved);
