//! Progress of the two sessions of a suite with canaries, for somebody who must see one suite and no changed test.
//!
//! What is told does not depend on which session is faster: first which tests there are, once both have collected, then what
//! the session of the whole suite does, and where a changed test has ended in it, what the same test did apart.

use std::collections::{HashMap, VecDeque};
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
    /// The place of each case of a changed test, by its id.
    hidden: HashMap<String, Place>,
    waiting: VecDeque<Told>,
    /// The cases that ran apart, by function.
    cases: HashMap<String, Vec<String>>,
    /// What each of them has done.
    of_apart: HashMap<String, Vec<Told>>,
    /// Whether no more will come of them.
    is_over: bool,
}

/// Which of the cases of its function a case is.
#[derive(Clone)]
struct Place {
    function: String,
    index: usize,
    is_last: bool,
}

enum Told {
    Uncollected(CollectionError),
    Started(String),
    Finished(Box<TestReport>),
    Rerun(usize, String),
    /// Here a changed test has ended.
    Apart(Place),
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
        self.change(|state| (state.is_open, state.is_over) = (true, true));
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
            for case in &apart {
                state.cases.entry(case.function.clone()).or_default().push(case.id.clone());
            }
            self.inner.collected(&in_place(with, apart, |case| &case.function, is_changed));
            state.is_open = true;
        }
        while state.is_open
            && let Some(told) = state.next()
        {
            match told {
                Told::Uncollected(error) => self.inner.collection_failed(&error),
                Told::Started(id) => self.inner.started(&id),
                Told::Finished(report) => self.inner.finished(&report),
                Told::Rerun(remaining, cause) => self.inner.rerun(remaining, &cause),
                Told::Apart(_) => {}
            }
        }
    }
}

impl State {
    /// Returns what is to be told next, if it is known already.
    fn next(&mut self) -> Option<Told> {
        let Some(Told::Apart(place)) = self.waiting.front() else { return self.waiting.pop_front() };
        let cases = self.cases.get(&place.function).map(Vec::as_slice).unwrap_or_default();
        let end = if place.is_last { cases.len() } else { cases.len().min(place.index + 1) };
        let here = cases.get(place.index..end).unwrap_or_default();
        let has_ended =
            |id: &String| matches!(self.of_apart.get(id).and_then(|told| told.last()), Some(Told::Finished(_)));
        if !self.is_over && !here.iter().all(has_ended) {
            return None;
        }
        let here: Vec<Told> = here.iter().filter_map(|id| self.of_apart.remove(id)).flatten().collect();
        let place = self.waiting.pop_front();
        here.into_iter().rev().for_each(|told| self.waiting.push_front(told));
        place
    }
}

impl Reporter for With<'_, '_> {
    fn collected(&self, cases: &[TestCase]) {
        self.0.change(|state| {
            let mut counts: HashMap<&str, usize> = HashMap::new();
            for case in cases.iter().filter(|case| self.0.planted.is_changed(&case.function)) {
                let count = counts.entry(&case.function).or_default();
                let place = Place { function: case.function.clone(), index: *count, is_last: false };
                state.hidden.insert(case.id.clone(), place);
                *count += 1;
            }
            for place in state.hidden.values_mut() {
                place.is_last = counts.get(place.function.as_str()) == Some(&(place.index + 1));
            }
            state.with = Some(cases.to_vec());
        });
    }

    fn collection_failed(&self, error: &CollectionError) {
        self.0.change(|state| state.waiting.push_back(Told::Uncollected(error.clone())));
    }

    fn started(&self, id: &str) {
        self.0.change(|state| {
            if !state.hidden.contains_key(id) {
                state.waiting.push_back(Told::Started(id.to_owned()));
            }
        });
    }

    fn finished(&self, report: &TestReport) {
        self.0.change(|state| {
            let place = state.hidden.get(&report.id).cloned();
            state.waiting.push_back(place.map_or_else(|| Told::Finished(Box::new(report.clone())), Told::Apart));
        });
    }

    fn rerun(&self, remaining: usize, cause: &str) {
        self.0.change(|state| state.waiting.push_back(Told::Rerun(remaining, cause.to_owned())));
    }
}

// That one of them ended its session is told by the session of the whole suite, where it does that too.
impl Reporter for Apart<'_, '_> {
    fn collected(&self, cases: &[TestCase]) {
        self.0.change(|state| {
            state.apart = Some(cases.to_vec());
            state.has_apart = true;
        });
    }

    fn started(&self, id: &str) {
        self.0.change(|state| state.of_apart.entry(id.to_owned()).or_default().push(Told::Started(id.to_owned())));
    }

    fn finished(&self, report: &TestReport) {
        self.0.change(|state| {
            let told = Told::Finished(Box::new(report.clone()));
            state.of_apart.entry(report.id.clone()).or_default().push(told);
        });
    }
}
