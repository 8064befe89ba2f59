//! Suites that attack the host: what they do is named, is their own failure, and the rest of them is judged.

use std::time::Duration;

use super::judged;
use crate::document::Document;

/// A suite that never ends is judged within this time, reruns of the rest included.
const LONGEST: Duration = Duration::from_secs(60);

#[test]
pub(super) fn attack_endless_test() {
    let (ended, document) = judged("attack-endless-test");
    assert!(ended.took < LONGEST, "{:?}", ended.took);
    let message = &document.test("test_endless.py::test_endless").message;
    assert_eq!(message, "the test used up the fuel limit of one test: it may never end");
    assert_eq!(document.receipt.len(), 2, "the tests after it run in a sandbox of their own");
}

#[test]
pub(super) fn attack_endless_import() {
    let (ended, document) = judged("attack-endless-import");
    assert!(ended.took < LONGEST, "{:?}", ended.took);
    let reason = document.reason.as_deref().unwrap();
    assert_eq!(reason, "before any test was collected, the suite used up the fuel limit of the whole suite");
}

#[test]
pub(super) fn attack_memory() {
    let (_, document) = judged("attack-memory");
    for id in ["test_memory.py::test_large_blocks", "test_memory.py::test_small_blocks"] {
        names(&document, id, "emory");
    }
}

#[test]
pub(super) fn attack_output() {
    let (_, document) = judged("attack-output");
    names(&document, "test_output.py::test_past_the_capturing", "the test passed the limit of output");
}

#[test]
pub(super) fn attack_captured_output() {
    let (_, document) = judged("attack-captured-output");
    names(&document, "test_captured_output.py::test_captured", "the test printed more than 16 MiB");
}

#[test]
pub(super) fn attack_exit() {
    let (_, document) = judged("attack-exit");
    names(&document, "test_exit.py::test_os_exit", "the test exited with code 0");
    names(&document, "test_exit.py::test_sys_exit", "SystemExit: 0");
    names(&document, "test_exit.py::test_abort", "the test trapped");
    assert!(!document.check("typed-results").held);
}

#[test]
pub(super) fn attack_exit_at_import() {
    let (_, document) = judged("attack-exit-at-import");
    let reason = document.reason.as_deref().unwrap();
    assert_eq!(reason, "before any test was collected, the suite exited with code 0");
    assert!(!document.check("zero-tests").held);
}

#[test]
pub(super) fn attack_fake_summary() {
    let (_, document) = judged("attack-fake-summary");
    for test in &document.tests {
        assert_eq!(test.message, "the test exited with code 0");
    }
    let check = document.check("typed-results");
    assert_eq!(check.detail, "no typed result of `test_prices.py::test_total`, `test_prices.py::test_nothing`");
}

#[test]
pub(super) fn attack_pretended_place() {
    let (_, document) = judged("attack-pretended-place");
    let check = document.check("skip-marks");
    assert!(!check.held && check.detail.contains("test_prices.py::test_total"), "{}", check.detail);
}

#[test]
pub(super) fn attack_many_tests() {
    let (_, document) = judged("attack-many-tests");
    assert_eq!(document.total, 10_000);
}

#[test]
pub(super) fn attack_outside() {
    judged("attack-outside");
}

#[track_caller]
fn names(document: &Document, id: &str, cause: &str) {
    let message = &document.test(id).message;
    assert!(message.contains(cause), "{message}");
}
