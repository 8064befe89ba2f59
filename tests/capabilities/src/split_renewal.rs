//! Guests that look at what lasts from one test to the next, and at what both sides share.

use pact_model::receipt::SessionOutcome;
use pact_pipeline::ports::Renewal;

use crate::laboratory::{FUEL, Report, attack};

fn count(renewal: Renewal, calls_before_the_tests: u64) -> Report {
    attack("count_renewals").split(renewal).amount(calls_before_the_tests).run()
}

/// Returns how often the tested side was made, renewed and called when the first and the third test called it.
fn counts(report: &Report) -> [&str; 2] {
    ["first", "third"].map(|test| report.found(test).strip_prefix("returned ").expect("it answers"))
}

#[test]
pub(crate) fn count_renewals() {
    let modules = count(Renewal::Modules, 0);
    assert_eq!(counts(&modules), ["[1, 0, 1]", "[1, 1, 2]"], "once, although two tests began");
    assert_eq!(modules.tested_outcomes(), [SessionOutcome::Returned]);

    let instance = count(Renewal::Instance, 0);
    assert_eq!(counts(&instance), ["[1, 0, 1]", "[1, 0, 1]"]);
    assert_eq!(instance.tested_outcomes().len(), 3, "one for each test that called it, and one that nobody called");

    let never = count(Renewal::Never, 0);
    assert_eq!(counts(&never), ["[1, 0, 1]", "[1, 0, 2]"]);
    assert_eq!(never.tested_outcomes(), [SessionOutcome::Returned]);
}

#[test]
fn what_is_called_while_tests_are_collected_is_renewed_before_the_first() {
    assert_eq!(counts(&count(Renewal::Modules, 1)), ["[1, 1, 2]", "[1, 2, 3]"]);
    assert_eq!(counts(&count(Renewal::Instance, 1)), ["[1, 0, 1]", "[1, 0, 1]"]);
    assert_eq!(counts(&count(Renewal::Never, 1)), ["[1, 0, 2]", "[1, 0, 3]"]);
}

#[test]
fn what_renewing_costs_is_the_suite_s_and_no_test_s() {
    let test_fuel = 500_000;
    let report = attack("count_renewals").split(Renewal::Modules).fuel(FUEL, test_fuel).run();
    assert_eq!(report.finished().len(), 4, "{:?}", report.receipt.outcome);
    assert!(report.session.fuel() > 2 * test_fuel, "it was renewed, and each time it cost more than a test may");
    assert!(report.calls().iter().all(|called| called.fuel < test_fuel), "{:?}", report.calls());
}

#[test]
pub(crate) fn sleep_across() {
    let report = attack("sleep_across").split(Renewal::Modules).run();
    assert_eq!(report.found("first"), "returned tested 1704067200, tests 1704067200, slept 3600 and 3600");

    let mut elsewhen = attack("sleep_across").split(Renewal::Modules);
    elsewhen.request.clock_start = Some(1_000_000_000);
    assert_eq!(elsewhen.run().found("first"), "returned tested 1000000000, tests 1000000000, slept 3600 and 3600");
}

#[test]
pub(crate) fn import_fails() {
    let fails = |renewal| attack("import_fails").split(renewal).run();
    let (first, again) = ("raised no module named x", "raised still no module named x");
    let modules = fails(Renewal::Modules);
    assert_eq!(modules.found("first"), format!("{first}; {first}"));
    assert_eq!(modules.found("second"), format!("{again}; {again}"));
    assert!(modules.calls().is_empty(), "there was nothing to call");
    assert_eq!(modules.tested_outcomes(), [SessionOutcome::Returned]);
    for renewal in [Renewal::Instance, Renewal::Never] {
        assert_eq!(fails(renewal).found("second"), format!("{first}; {first}"), "{renewal:?}");
    }
}
