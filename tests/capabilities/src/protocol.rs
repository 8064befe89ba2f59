//! Guests whose reports do not add up: no verdict of theirs is ever a pass.

use std::sync::Arc;

use pact_model::verdict::{Judgement, Verdict};
use pact_pipeline::judge::{Policy, Silent, Suite, judge};

use crate::laboratory::{attack, host_is_usable, wait};

/// Judges what a guest says of a suite.
fn verdict(guest: &'static str) -> Verdict {
    let runner = attack(guest).runner();
    let suite = Suite {
        files: Arc::default(),
        packages: Arc::default(),
        import_paths: Vec::new(),
        keyword: None,
        paths: Vec::new(),
        seed: 7,
        shuffle: None,
        clock_start: None,
        split: None,
        shared_because: Vec::new(),
        expected_ids: None,
    };
    let verdict = wait(judge(&*runner, None, suite, &Policy::default(), &Silent)).expect("there is a verdict");
    host_is_usable();
    verdict
}

#[track_caller]
fn is_never_green(guest: &'static str) {
    let verdict = verdict(guest);
    assert_ne!(verdict.verdict, Judgement::Passed, "{verdict:#?}");
    let said = verdict.reason.is_some()
        || verdict.checks.iter().any(|check| !check.held)
        || verdict.failed + verdict.errors > 0;
    assert!(said, "somebody must learn why: {verdict:#?}");
}

#[test]
fn a_suite_that_passes_is_green() {
    assert_eq!(verdict("well_behaved").verdict, Judgement::Passed, "else the claims below prove nothing");
}

#[test]
pub(crate) fn report_an_unknown_test() {
    is_never_green("report_an_unknown_test");
}

#[test]
pub(crate) fn report_twice() {
    is_never_green("report_twice");
}

#[test]
pub(crate) fn report_without_start() {
    is_never_green("report_without_start");
}

#[test]
pub(crate) fn report_less_than_collected() {
    is_never_green("report_less_than_collected");
}

#[test]
pub(crate) fn report_nothing() {
    is_never_green("report_nothing");
}

#[test]
pub(crate) fn collect_again() {
    is_never_green("collect_again");
}

#[test]
fn an_exit_after_a_reported_success_is_never_green() {
    is_never_green("exit_zero");
}
