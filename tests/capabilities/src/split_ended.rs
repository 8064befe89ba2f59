//! Guests whose tested side ends itself or passes a limit of its own: the tests' side hears how, and goes on.

use pact_model::receipt::{Limit, SessionOutcome};
use pact_pipeline::ports::Renewal;

use crate::laboratory::{Attack, FUEL, Report, attack};

const MIB: u64 = 1 << 20;

/// Runs a guest whose tested side ends in the first test, and finds that nothing else was touched by it.
#[track_caller]
fn ends(attack: Attack) -> (Report, String, SessionOutcome) {
    let report = attack.run();
    let story = report.story();
    let how =
        story.get(2).and_then(|line| line.strip_prefix("ended: ")).unwrap_or_else(|| panic!("{story:#?}")).to_owned();
    let expected = [
        "collected first, second",
        "started first",
        &format!("ended: {how}"),
        &format!("finished first: ended: {how}"),
        "started second",
        "called harmless",
    ];
    assert_eq!(story[..6], expected);
    assert!(story[6].starts_with("finished second: returned "), "{story:#?}");
    assert_eq!(story.len(), 7);
    assert_eq!(report.receipt.outcome, SessionOutcome::Returned);
    let mut outcomes = report.tested_outcomes();
    assert_eq!(outcomes.len(), 2, "one instance that ended and one for the next test: {outcomes:?}");
    assert_eq!(outcomes[1], SessionOutcome::Returned);
    (report, how, outcomes.swap_remove(0))
}

#[test]
pub(crate) fn tested_exits() {
    for (number, code) in [(0, 0), (1, 1)] {
        // Even where its state is meant to last: an instance that ended has none.
        for renewal in [Renewal::Modules, Renewal::Instance, Renewal::Never] {
            let (_, how, outcome) = ends(attack("tested_exits").split(renewal).amount(number));
            assert_eq!(how, format!("exited with code {code}"));
            assert_eq!(outcome, SessionOutcome::Exited { code });
        }
    }
}

#[test]
pub(crate) fn tested_traps() {
    let (_, how, outcome) = ends(attack("tested_traps").split(Renewal::Modules));
    assert!(how.starts_with("trapped: ") && how.contains("the tested side is unwell"), "{how}");
    assert!(matches!(outcome, SessionOutcome::Trapped { .. }), "{outcome:?}");
}

#[test]
pub(crate) fn tested_recurses() {
    let near = attack("tested_recurses").split(Renewal::Modules).amount(100_000).run();
    assert_eq!(near.found("first"), "returned Node::Boolean(true)");

    let (deep, how, outcome) = ends(attack("tested_recurses").split(Renewal::Modules).amount(100_000_000));
    assert_eq!(how, "passed its limit on Stack");
    assert_eq!(outcome, SessionOutcome::Limited { limit: Limit::Stack });
    assert!(deep.session.fuel() < FUEL, "it was the stack, not the fuel");
}

#[test]
pub(crate) fn tested_grows_memory() {
    let attack =
        |amount| attack("tested_grows_memory").split(Renewal::Modules).limits("memory_mib = 32").amount(amount);
    let near = attack(24).run();
    assert_eq!(near.found("first"), "returned 24");
    assert!((24 * MIB..32 * MIB).contains(&near.session.tested[0].peak_memory_bytes));
    assert!(near.receipt.peak_memory_bytes < 8 * MIB, "the tests' side has memory of its own");

    let (beyond, how, outcome) = ends(attack(40));
    assert_eq!(how, "passed its limit on Memory");
    assert_eq!(outcome, SessionOutcome::Limited { limit: Limit::Memory });
    assert!(beyond.session.tested[0].peak_memory_bytes <= 32 * MIB);
    assert!(beyond.session.tested[1].peak_memory_bytes < 8 * MIB, "the next instance begins with none of it");
}

#[test]
pub(crate) fn tested_floods_output() {
    let near = attack("tested_floods_output").split(Renewal::Modules).amount(16 * 1024).run();
    assert_eq!(near.found("first"), "returned 16384");
    assert_eq!((near.receipt.output_bytes, near.session.tested[0].output_bytes), (0, 16 * MIB));

    let (_, how, outcome) = ends(attack("tested_floods_output").split(Renewal::Modules).amount(16 * 1024 + 1));
    assert_eq!(how, "passed its limit on Output");
    assert_eq!(outcome, SessionOutcome::Limited { limit: Limit::Output });
}

#[test]
pub(crate) fn tested_replies_too_much() {
    let near = attack("tested_replies_too_much").split(Renewal::Modules).amount(4).run();
    assert_eq!(near.found("first"), "returned 4");

    let (beyond, how, outcome) = ends(attack("tested_replies_too_much").split(Renewal::Modules).amount(100_000));
    assert!(how.contains("hostcall"), "{how}");
    assert!(matches!(outcome, SessionOutcome::Trapped { .. }), "{outcome:?}");
    assert!(beyond.receipt.peak_memory_bytes < 8 * MIB, "not one of the 5 GB was copied to anybody");
}

/// Runs a guest whose tested side never comes to be called, and returns what each test is told.
#[track_caller]
fn never_serves(seed: u64) -> (String, SessionOutcome) {
    let report = attack("tested_breaks_in_serve").split(Renewal::Modules).seed(seed).run();
    let how = report.found("first").strip_prefix("ended: ").unwrap_or_else(|| panic!("{:#?}", report.story()));
    let expected = [
        "collected first, second",
        "started first",
        &format!("ended: {how}"),
        &format!("finished first: ended: {how}"),
        "started second",
        &format!("ended: {how}"),
        &format!("finished second: ended: {how}"),
    ];
    assert_eq!(report.story(), expected);
    let outcomes = report.tested_outcomes();
    assert_eq!(outcomes.len(), 3, "it was tried before the suite and before each test");
    assert!(outcomes.iter().all(|outcome| *outcome == outcomes[0]), "{outcomes:?}");
    (how.to_owned(), outcomes[0].clone())
}

#[test]
pub(crate) fn tested_breaks_in_serve() {
    let (how, outcome) = never_serves(0);
    assert_eq!((how.as_str(), outcome), ("exited with code 0", SessionOutcome::Exited { code: 0 }));
    let (how, outcome) = never_serves(1);
    assert!(how.contains("the tested side is unwell"), "{how}");
    assert!(matches!(outcome, SessionOutcome::Trapped { .. }), "{outcome:?}");
    for seed in 2..=3 {
        let (how, outcome) = never_serves(seed);
        assert!(how.starts_with("broke the plugin interface: "), "{how}");
        assert!(matches!(outcome, SessionOutcome::Broke { .. }), "{outcome:?}");
    }
}

#[test]
fn an_import_that_asks_or_waits_breaks_the_plugin_interface() {
    for seed in 4..=5 {
        let (how, outcome) = never_serves(seed);
        assert!(how.starts_with("broke the plugin interface: "), "{how}");
        assert!(matches!(outcome, SessionOutcome::Broke { .. }), "{outcome:?}");
    }
}
