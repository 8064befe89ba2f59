//! Guests that are refused before any of their code runs.

use pact_pipeline::ports::Renewal;

use crate::laboratory::{attack, host_is_usable, load, wait};

/// Loads a guest as a test runner and returns the chain of reasons for its refusal.
#[track_caller]
fn refusal(guest: &str, world: &str) -> String {
    let refused = wait(load(guest, world, "")).err().expect("it must not load");
    host_is_usable();
    format!("{refused}: {}", refused.kind)
}

#[test]
pub(crate) fn wrong_world() {
    let reason = refusal("wrong_world", "test-runner");
    assert!(reason.contains("load plugin `wrong-world`"), "{reason}");
    assert!(reason.contains("does not export `pact:plugin/runner@0.1.0`"), "{reason}");
    assert!(reason.contains("it exports `pact:plugin/backend@0.1.0`"), "{reason}");
}

#[test]
fn a_test_runner_under_the_name_of_another_world_is_refused() {
    let reason = refusal("well_behaved", "language-backend");
    assert!(reason.contains("does not export `pact:plugin/backend@0.1.0`"), "{reason}");
}

#[test]
pub(crate) fn wrong_types() {
    let reason = refusal("wrong_types", "test-runner");
    assert!(reason.contains("expected `record` found `string`"), "{reason}");
}

#[test]
pub(crate) fn import_http() {
    let reason = refusal("import_http", "test-runner");
    assert!(reason.contains("it imports `wasi:http/"), "{reason}");
    assert!(reason.contains("world `test-runner` does not offer"), "{reason}");
}

#[test]
pub(crate) fn import_own_door() {
    let reason = refusal("import_own_door", "test-runner");
    assert!(reason.contains("it imports `evil:plugin/door@0.1.0`"), "{reason}");
}

#[test]
pub(crate) fn import_foreign_workspace() {
    let reason = refusal("import_foreign_workspace", "test-runner");
    assert!(reason.contains("it imports `pact:plugin/workspace@0.1.0`, which world `test-runner`"), "{reason}");
}

#[test]
fn a_split_runner_under_the_name_of_a_test_runner_is_refused() {
    let reason = refusal("echo_across", "test-runner");
    assert!(reason.contains("it imports `pact:plugin/values@0.1.0`, which world `test-runner`"), "{reason}");
}

#[test]
fn a_test_runner_under_the_name_of_a_split_runner_is_refused() {
    let reason = refusal("well_behaved", "split-runner");
    assert!(reason.contains("does not export `pact:plugin/tested@0.1.0`"), "{reason}");
}

#[test]
fn a_split_suite_is_refused_by_a_runner_that_cannot_split() {
    let attack = attack("well_behaved").split(Renewal::Modules).of_world("test-runner");
    let runner = attack.runner();
    assert!(!runner.info().can_split);
    let (sink, mut events) = tokio::sync::mpsc::unbounded_channel();
    let fault = wait(runner.run(&attack.request, sink)).expect_err("it must not run");
    assert_eq!((fault.plugin.as_str(), fault.call.as_str()), ("well-behaved", "runner.run"));
    assert_eq!(fault.reason, "it cannot hold the tested code in an instance of its own");
    assert!(events.try_recv().is_err(), "nothing of it was run");
    host_is_usable();
}
