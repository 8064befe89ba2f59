//! Progress of a suite with twins, for somebody who must not see any.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use pact_model::suite::{CollectionError, TestCase};
use pact_model::verdict::TestReport;

use super::Twins;
use crate::judge::progress::Reporter;

/// Passes on what happens to the author's tests.
pub(in crate::judge) struct Shown<'a> {
    inner: &'a dyn Reporter,
    twins: &'a Twins,
    /// The author's id and the file of each test that is shown.
    known: Mutex<HashMap<String, (String, String)>>,
}

impl<'a> Shown<'a> {
    pub(in crate::judge) fn new(inner: &'a dyn Reporter, twins: &'a Twins) -> Self {
        Self { inner, twins, known: Mutex::default() }
    }

    fn of(&self, id: &str) -> Option<(String, String)> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }
}

impl Reporter for Shown<'_> {
    fn collected(&self, cases: &[TestCase]) {
        let own: Vec<&TestCase> = cases.iter().filter(|case| !self.twins.is_changed(&case.function)).collect();
        let back = self.twins.back();
        let known = own.iter().map(|case| (case.id.clone(), (back.id(case), case.location.path.clone()))).collect();
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = known;
        let cases: Vec<TestCase> = own.into_iter().map(|case| back.case(case)).collect();
        self.inner.collected(&cases);
    }

    fn collection_failed(&self, error: &CollectionError) {
        self.inner.collection_failed(&self.twins.back().error(error));
    }

    fn started(&self, id: &str) {
        if let Some((id, _)) = self.of(id) {
            self.inner.started(&id);
        }
    }

    fn finished(&self, report: &TestReport) {
        if let Some((id, path)) = self.of(&report.id) {
            self.inner.finished(&self.twins.back().report(report, id, &path));
        }
    }

    fn rerun(&self, remaining: usize, cause: &str) {
        self.inner.rerun(remaining, &self.twins.back().text(cause));
    }
}
