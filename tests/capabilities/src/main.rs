//! What a plugin can do and what it cannot: each guest of `tests/guests` attacks the host, and its test says what happens.
//!
//! A guest without a test of its name does not compile. Each test also runs a guest that behaves right after the attack,
//! in the same runtime: whatever one plugin does, the next one does not notice.

mod doors;
mod ended;
mod endless;
mod files;
mod laboratory;
mod memory;
mod output;
mod profiles;
mod protocol;
mod refused;
mod split;
mod split_conduct;
mod split_ended;
mod split_endless;
mod split_protocol;
mod split_renewal;

use doors::*;
use ended::*;
use endless::*;
use files::*;
use memory::*;
use output::*;
use profiles::*;
use protocol::*;
use refused::*;
use split_conduct::*;
use split_ended::*;
use split_endless::*;
use split_protocol::*;
use split_renewal::*;

/// Written by the build script from the files in `tests/guests/examples`.
mod guests {
    include!(concat!(env!("OUT_DIR"), "/guests.rs"));
}

#[test]
fn each_guest_has_a_test_of_its_name() {
    assert!(!guests::NAMES.is_empty());
    assert_eq!(guests::TESTS.len(), guests::NAMES.len());
}

#[test]
fn well_behaved() {
    let report = laboratory::attack("well_behaved").run();
    assert_eq!(report.receipt.outcome, pact_model::receipt::SessionOutcome::Returned);
    assert_eq!(report.finished(), ["a_test"]);
}
