//! Guests that write: bytes, nothing very often, events, and texts that are too long or meant for a terminal.

use pact_model::receipt::{Limit, SessionOutcome};

use crate::laboratory::{FUEL, attack};

const MIB: u64 = 1 << 20;

#[track_caller]
fn ends_beyond_sixteen_mib(guest: &'static str) {
    let within = attack(guest).amount(16 * MIB).run();
    within.said();
    assert_eq!(within.receipt.output_bytes, 16 * MIB);

    let beyond = attack(guest).amount(100 * MIB).run();
    assert_eq!(beyond.limit(), Limit::Output);
    assert!(beyond.receipt.output_bytes <= 16 * MIB);

    let lowered = attack(guest).limits("output_bytes = 1000").amount(1_001).run();
    assert_eq!(lowered.limit(), Limit::Output);
}

#[test]
pub(crate) fn flood_stdout() {
    ends_beyond_sixteen_mib("flood_stdout");
}

#[test]
pub(crate) fn flood_stderr() {
    ends_beyond_sixteen_mib("flood_stderr");
}

#[test]
pub(crate) fn flood_log() {
    ends_beyond_sixteen_mib("flood_log");
}

#[test]
pub(crate) fn flood_empty_writes() {
    assert_eq!(attack("flood_empty_writes").amount(100_000).run().said(), "written");
    let beyond = attack("flood_empty_writes").amount(10_000_000).run();
    assert_eq!(beyond.limit(), Limit::Output);
    assert_eq!(beyond.receipt.output_bytes, 0);
}

#[test]
pub(crate) fn flood_empty_log_lines() {
    assert_eq!(attack("flood_empty_log_lines").amount(100_000).run().said(), "logged");
    let beyond = attack("flood_empty_log_lines").amount(10_000_000).run();
    assert_eq!(beyond.limit(), Limit::Output);
    assert_eq!(beyond.receipt.output_bytes, 0);
}

#[test]
pub(crate) fn flood_zeroes() {
    let report = attack("flood_zeroes").run();
    assert!(report.trap().contains("check_write"), "{}", report.trap());
    assert_eq!(report.receipt.output_bytes, 0);
}

#[test]
pub(crate) fn flood_events() {
    let within = attack("flood_events").amount(100).run();
    assert_eq!(within.said(), "reported");
    assert_eq!(within.results().len(), 100);

    let beyond = attack("flood_events").amount(100_000).run();
    assert_eq!(beyond.limit(), Limit::Output);
    assert!(beyond.results().len() < 1_000, "the host keeps every event: {} of 100 kB", beyond.results().len());
}

#[test]
pub(crate) fn flood_host_calls() {
    let calls =
        |amount| attack("flood_host_calls").limits("host_calls = 1000").amount(amount).fuel(FUEL * 10, FUEL * 10);
    assert_eq!(calls(900).run().said(), "called");
    assert_eq!(
        calls(10_000).run_once().limit(),
        Limit::HostCalls,
        "whoever returns before it is noticed has not got away"
    );
    let endless = calls(u64::MAX).run_once();
    assert_eq!(endless.limit(), Limit::HostCalls);
    assert!(endless.receipt.fuel < FUEL, "noticed at the next tick, long before the fuel was used up");
}

#[test]
pub(crate) fn answer_a_huge_error() {
    let report = attack("answer_a_huge_error").run();
    assert!(report.said().len() < 10_000, "a receipt is a line of a file, not {} bytes", report.said().len());
    assert!(report.said().starts_with("xxx"));
}

#[test]
pub(crate) fn panic_with_a_huge_message() {
    let report = attack("panic_with_a_huge_message").run();
    assert_eq!(report.limit(), Limit::Output);
    assert!(report.receipt.output_bytes <= 16 * MIB);
}

#[test]
pub(crate) fn answer_terminal_codes() {
    let report = attack("answer_terminal_codes").run();
    assert_eq!(report.receipt.outcome, SessionOutcome::Returned);
    // The runtime hands the text on as it is; who shows it to a person escapes it. None of it goes past the host.
    let results = report.results();
    assert!(results[0].message.starts_with("\u{1b}[2J") && results[0].message.ends_with("\0end"));
    assert_eq!(report.receipt.output_bytes, 3 * results[0].message.len() as u64, "stdout, stderr and the log");
}
