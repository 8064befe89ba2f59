//! Guests that end themselves, and guests that hand over what no guest may.

use pact_model::receipt::SessionOutcome;

use crate::laboratory::{attack, host_is_usable, load, wait};

#[track_caller]
fn ends_with_code(guest: &'static str, code: u8) {
    let report = attack(guest).run();
    assert_eq!(report.receipt.outcome, SessionOutcome::Exited { code });
    assert!(report.session.summary.is_none(), "an exit is no return, whatever its code");
    assert_eq!(report.finished(), ["a_test"], "what it reported before is known");
}

#[test]
pub(crate) fn exit_zero() {
    ends_with_code("exit_zero", 0);
}

#[test]
pub(crate) fn exit_one() {
    ends_with_code("exit_one", 1);
}

#[test]
pub(crate) fn exit_in_describe() {
    let refused = wait(load("exit_in_describe", "test-runner", "")).err().expect("it does not describe itself");
    assert!(refused.kind.to_string().contains("exited with code 0"), "{}", refused.kind);
    host_is_usable();
}

#[test]
pub(crate) fn trap_unreachable() {
    let report = attack("trap_unreachable").run();
    assert!(report.trap().contains("unreachable"), "{}", report.trap());
}

#[test]
pub(crate) fn divide_by_zero() {
    assert_eq!(attack("divide_by_zero").amount(4).run().said(), "25");
    let report = attack("divide_by_zero").amount(0).run();
    assert!(report.trap().contains("divide by zero"), "{}", report.trap());
}

#[test]
pub(crate) fn panic_in_run() {
    let report = attack("panic_in_run").run();
    assert!(report.trap().contains("the guest is unwell"), "the operator reads why: {}", report.trap());
}

#[test]
pub(crate) fn read_out_of_bounds() {
    let report = attack("read_out_of_bounds").run();
    assert!(report.trap().contains("out of bounds"), "{}", report.trap());
}

#[test]
pub(crate) fn answer_invalid_utf8() {
    let report = attack("answer_invalid_utf8").run();
    assert!(report.trap().contains("utf-8"), "{}", report.trap());
    assert!(report.session.invalid_input.is_none());
}

#[test]
pub(crate) fn log_beyond_memory() {
    let report = attack("log_beyond_memory").run();
    assert!(report.trap().contains("out of bounds"), "{}", report.trap());
    assert_eq!(report.receipt.output_bytes, 0);
}
