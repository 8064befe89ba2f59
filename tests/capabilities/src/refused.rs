//! Guests that are refused before any of their code runs.

use crate::laboratory::{host_is_usable, load, wait};

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
