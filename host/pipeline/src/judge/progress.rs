//! What the judge tells while it works. Nothing of it decides anything.

use pact_model::suite::{CollectionError, TestCase};
use pact_model::verdict::TestReport;

/// Hears what happens, as it happens. All text is a guest's: untrusted.
pub trait Reporter: Send + Sync {
    /// The tests that will run.
    fn collected(&self, _cases: &[TestCase]) {}
    /// A file could not be collected.
    fn collection_failed(&self, _error: &CollectionError) {}
    /// A test began.
    fn started(&self, _id: &str) {}
    /// A test ended. The outcome is the runner's word; a check may still change it.
    fn finished(&self, _report: &TestReport) {}
    /// Something ended the session; so many tests go on in a new one.
    fn rerun(&self, _remaining: usize, _cause: &str) {}
}

/// Tells nobody.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Reporter for Silent {}
