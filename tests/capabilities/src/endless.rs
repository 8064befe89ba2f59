//! Guests that never come back: fuel ends them, wherever they loop, and ends them at the same instruction each time.

use pact_model::receipt::Limit;
use pact_pipeline::ports::RunnerEvent;

use crate::laboratory::{FUEL, attack, host_is_usable, load, wait};

#[test]
pub(crate) fn loop_in_run() {
    let report = attack("loop_in_run").run();
    assert_eq!(report.limit(), Limit::Fuel);
    assert_eq!(report.receipt.fuel, FUEL, "all of it, and not one unit more");
}

#[test]
fn a_plugin_that_promised_less_fuel_gets_no_more() {
    let report = attack("loop_in_run").limits("fuel = 50000000").run();
    assert_eq!((report.limit(), report.receipt.fuel), (Limit::Fuel, 50_000_000));
}

#[test]
pub(crate) fn loop_in_describe() {
    let refused = wait(load("loop_in_describe", "test-runner", "")).err().expect("it never describes itself");
    assert!(refused.kind.to_string().contains("limit on Fuel"), "{}", refused.kind);
    host_is_usable();
}

#[test]
pub(crate) fn loop_in_initialisation() {
    let refused = wait(load("loop_in_initialisation", "test-runner", "")).err().expect("it never gets to an export");
    assert!(refused.kind.to_string().contains("limit on Fuel"), "{}", refused.kind);
    host_is_usable();
}

#[test]
pub(crate) fn loop_in_allocation() {
    let report = attack("loop_in_allocation").file(&long_path(12_345), "").run();
    assert_eq!(report.limit(), Limit::Fuel);
    assert!(report.events.is_empty(), "the guest's code was not even entered");

    let near = attack("loop_in_allocation").file(&long_path(12_344), "").run();
    assert_eq!(near.finished(), ["a_test"], "it is the length that it loops on");
}

#[test]
pub(crate) fn loop_in_post_return() {
    let report = attack("loop_in_post_return").run();
    assert_eq!(report.limit(), Limit::Fuel);
    assert_eq!(report.receipt.fuel, FUEL);
}

#[test]
pub(crate) fn loop_in_a_test() {
    let test_fuel = FUEL / 10;
    let report = attack("loop_in_a_test").fuel(FUEL, test_fuel).run();
    assert_eq!(report.limit(), Limit::Fuel);
    assert!(
        (test_fuel..test_fuel + FUEL / 100).contains(&report.receipt.fuel),
        "a test's share, not the whole session's"
    );
    assert_eq!(report.finished(), ["first"], "what was reported before is kept");
    let last = report.events.last().expect("there were events");
    assert!(matches!(last, RunnerEvent::Started(id) if id == "second"), "the test in flight is known: {last:?}");
}

#[test]
pub(crate) fn work_for_fuel() {
    let work = || attack("work_for_fuel").amount(1_000_000);
    let needed = work().run().receipt.fuel;
    work().fuel(needed, needed).run().said();
    // The engine looks at the fuel where code loops or calls, so the very last units are not missed.
    let less = needed - needed / 100;
    assert_eq!(work().fuel(less, less).run().limit(), Limit::Fuel);
}

/// A path of that many bytes, with names that any filesystem takes.
fn long_path(bytes: usize) -> String {
    let folders = bytes / 2 - 1;
    "d/".repeat(folders) + &"d".repeat(bytes - 2 * folders)
}
