//! A guest whose tested side does more than the function that is called may do. The host denies it, or at least tells.

use std::collections::BTreeSet;
use std::sync::Arc;

use pact_model::effect::Effect;
use pact_pipeline::ports::{Called, Renewal, RunnerEvent, SplitRequest};

use crate::laboratory::{Report, attack};

/// Calls a function that does one thing and may do others, and then one that does nothing. A third, which is never called, may
/// do what `imported` says: the import may do it for that one.
fn report(number: u64, allowed: BTreeSet<Effect>, imported: BTreeSet<Effect>) -> Report {
    let mut attack = attack("tested_misbehaves").split(Renewal::Modules).amount(number);
    let split = attack.request.split.as_deref().expect("it is split").clone();
    let effects = [("attack".to_owned(), allowed), ("Account.load".to_owned(), imported)].into();
    attack.request.split = Some(Arc::new(SplitRequest { effects, ..split }));
    attack.run()
}

#[track_caller]
fn called(number: u64, allowed: BTreeSet<Effect>) -> (String, Called) {
    let report = report(number, allowed, [Effect::ReadsFile, Effect::WritesFile].into());
    assert_eq!(imported(&report), BTreeSet::new());
    let [attacked, harmless] = &report.calls()[..] else { panic!("{:#?}", report.story()) };
    assert!(harmless.violations.is_empty(), "it is the attack's doing: {harmless:?}");
    (report.found("first").to_owned(), attacked.clone())
}

const WORKED: &str = "returned Node::Boolean(true)";
const DENIED: &str = "returned Node::Boolean(false)";

/// What the guest does for each number, and whether it works when it may not.
const DEEDS: [(u64, Effect, &str); 5] = [
    (0, Effect::ReadsClock, WORKED),
    (1, Effect::DrawsRandom, WORKED),
    (2, Effect::ReadsFile, DENIED),
    (3, Effect::WritesFile, DENIED),
    (4, Effect::Network, DENIED),
];

#[test]
pub(crate) fn tested_misbehaves() {
    for (number, effect, outcome) in DEEDS {
        let (found, called) = called(number, BTreeSet::new());
        assert_eq!((found.as_str(), called.violations), (outcome, [effect].into()), "it {effect}");
    }
}

#[test]
fn what_a_function_may_do_is_no_violation() {
    for (number, effect, _) in DEEDS {
        let (found, called) = called(number, [effect].into());
        let worked = if effect == Effect::Network { DENIED } else { WORKED };
        assert_eq!((found.as_str(), called.violations), (worked, BTreeSet::new()), "it {effect}");
    }
}

#[test]
fn what_one_effect_allows_no_other_needs() {
    for (number, effect, outcome) in DEEDS {
        let others = DEEDS.iter().map(|(_, other, _)| *other).filter(|other| *other != effect).collect();
        let (found, called) = called(number, others);
        assert_eq!((found.as_str(), called.violations), (outcome, [effect].into()), "it {effect}");
    }
}

/// What the host says of imports.
fn imported(report: &Report) -> BTreeSet<Effect> {
    let said = report.events.iter().filter_map(|event| match event {
        RunnerEvent::Imported(violations) => Some(violations.clone()),
        _ => None,
    });
    said.flatten().collect()
}

#[test]
fn an_import_may_do_what_some_function_may_and_nothing_else() {
    let report = report(0, [Effect::ReadsClock].into(), BTreeSet::new());
    // What it could not write is not there to be read.
    assert!(imported(&report).contains(&Effect::WritesFile), "{:?}", imported(&report));
    assert!(
        report.events.iter().any(|event| matches!(event, RunnerEvent::Called(called) if called.function == "attack"))
    );
}

#[test]
fn a_changed_argument_is_an_effect_like_any_other() {
    let (found, called) = called(7, BTreeSet::new());
    assert_eq!((found.as_str(), called.violations), (WORKED, [Effect::ChangesArgument].into()));
    let (_, called) = self::called(7, [Effect::ChangesArgument].into());
    assert_eq!(called.violations, BTreeSet::new());
}

#[test]
fn a_file_that_was_opened_by_the_import_is_closed_to_a_function_that_may_not_use_it() {
    for (number, effect) in [(5, Effect::WritesFile), (6, Effect::ReadsFile)] {
        let (_, called) = called(number, BTreeSet::new());
        assert_eq!(called.violations, [effect].into());
    }
}
