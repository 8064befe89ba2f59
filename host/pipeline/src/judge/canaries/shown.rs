//! Progress of the two sessions of a suite with canaries, for somebody who must see one suite and no changed test.
//!
//! What is told does not depend on which session is faster: first which tests there are, once both have collected, then the
//! session of the whole suite as it goes, then the one that ran apart.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use pact_model::suite::{CollectionError, TestCase};
use pact_model::verdict::TestReport;

use super::Planted;
use super::merged::in_place;
use crate::judge::progress::Reporter;

/// Both sessions.
pub(super) struct Shown<'a> {
    inner: &'a dyn Reporter,
    planted: &'a Planted,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// What each session collected, until it is told.
    with: Option<Vec<TestCase>>,
    apart: Option<Vec<TestCase>>,
    has_apart: bool,
    /// Whether the tests have been told, so that the rest need not wait.
    is_open: bool,
    /// The ids of changed tests.
    hidden: HashSet<String>,
    waiting: Vec<Told>,
    of_apart: Vec<Told>,
}

enum Told {
    Uncollected(CollectionError),
    Started(String),
    Finished(Box<TestReport>),
    Rerun(usize, String),
}

/// The session of the whole suite, with changed tests.
pub(super) struct With<'s, 'a>(pub(super) &'s Shown<'a>);

/// The session of the same tests as they were written.
pub(super) struct Apart<'s, 'a>(pub(super) &'s Shown<'a>);

impl<'a> Shown<'a> {
    pub(super) fn new(inner: &'a dyn Reporter, planted: &'a Planted) -> Self {
        Self { inner, planted, state: Mutex::default() }
    }

    /// The session of the tests as they were written is over: nobody need wait for it.
    pub(super) fn apart_ended(&self) {
        self.change(|state| state.has_apart = true);
    }

    /// Both sessions are over.
    pub(super) fn end(&self) {
        self.change(|state| {
            state.is_open = true;
            let apart = std::mem::take(&mut state.of_apart);
            state.waiting.extend(apart);
        });
    }

    /// Changes the state, and tells what can be told since.
    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut state);
        if state.has_apart
            && let Some(with) = state.with.take()
        {
            let is_changed = |function: &str| self.planted.is_changed(function);
            let apart = state.apart.take().unwrap_or_default();
            self.inner.collected(&in_place(with, apart, |case| &case.function, is_changed));
            state.is_open = true;
        }
        if !state.is_open {
            return;
        }
        for told in std::mem::take(&mut state.waiting) {
            match told {
                Told::Uncollected(error) => self.inner.collection_failed(&error),
                Told::Started(id) => self.inner.started(&id),
                Told::Finished(report) => self.inner.finished(&report),
                Told::Rerun(remaining, cause) => self.inner.rerun(remaining, &cause),
            }
        }
    }
}

impl State {
    fn tell(&mut self, id: &str, told: Told) {
        if !self.hidden.contains(id) {
            self.waiting.push(told);
        }
    }
}

impl Reporter for With<'_, '_> {
    fn collected(&self, cases: &[TestCase]) {
        let is_changed = |case: &&TestCase| self.0.planted.is_changed(&case.function);
        self.0.change(|state| {
            state.hidden = cases.iter().filter(is_changed).map(|case| case.id.clone()).collect();
            state.with = Some(cases.to_vec());
        });
    }

    fn collection_failed(&self, error: &CollectionError) {
        self.0.change(|state| state.waiting.push(Told::Uncollected(error.clone())));
    }

    fn started(&self, id: &str) {
        self.0.change(|state| state.tell(id, Told::Started(id.to_owned())));
    }

    fn finished(&self, report: &TestReport) {
        self.0.change(|state| state.tell(&report.id, Told::Finished(Box::new(report.clone()))));
    }

    fn rerun(&self, remaining: usize, cause: &str) {
        self.0.change(|state| state.waiting.push(Told::Rerun(remaining, cause.to_owned())));
    }
}

impl Reporter for Apart<'_, '_> {
    fn collected(&self, cases: &[TestCase]) {
        self.0.change(|state| {
            state.apart = Some(cases.to_vec());
            state.has_apart = true;
        });
    }

    fn started(&self, id: &str) {
        self.0.change(|state| state.of_apart.push(Told::Started(id.to_owned())));
    }

    fn finished(&self, report: &TestReport) {
        self.0.change(|state| state.of_apart.push(Told::Finished(Box::new(report.clone()))));
    }

    fn rerun(&self, remaining: usize, cause: &str) {
        self.0.change(|state| state.of_apart.push(Told::Rerun(remaining, cause.to_owned())));
    }
}
