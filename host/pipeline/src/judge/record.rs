//! What is known of a suite so far, over all its sessions.

use std::collections::HashMap;
use std::time::Duration;

use pact_model::receipt::Receipt;
use pact_model::suite::{CollectionError, Location, Outcome, TestCase, TestResult};
use pact_model::verdict::TestReport;

use super::calls::Calls;
use super::cause::Cut;
use super::session::{Flight, Seen};
use crate::ports::Summary;

/// More breaches than this say nothing new, and a guest that sends them without end must not fill our memory.
const KEPT_BREACHES: usize = 20;

/// What messages and details of all sessions together may take. A session is bounded by itself, but a suite has many.
const KEPT_TEXT: usize = 64 << 20;
/// Once that is used up, the beginning of each text is all that is kept.
const KEPT_HEAD: usize = 1 << 10;
const CUT: &str = " [the rest is left out: the results of this suite are too long to keep]";

/// Tests, results and breaches of a suite.
#[derive(Debug)]
pub(super) struct Record {
    /// In the order of collection.
    pub(super) entries: Vec<Entry>,
    pub(super) collection_errors: Vec<CollectionError>,
    pub(super) breaches: Vec<String>,
    /// What the functions of the contract cost.
    pub(super) calls: Calls,
    positions: HashMap<String, usize>,
    /// How many bytes of text may still be kept.
    text_left: usize,
}

impl Default for Record {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            collection_errors: Vec::new(),
            breaches: Vec::new(),
            calls: Calls::default(),
            positions: HashMap::new(),
            text_left: KEPT_TEXT,
        }
    }
}

/// A collected test and what became of it.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) case: TestCase,
    pub(super) report: Option<TestReport>,
    /// Whether the report is the runner's result, not our word for what ended the test.
    pub(super) typed: bool,
    pub(super) raised_at: Option<Location>,
}

impl Record {
    /// Keeps what was collected first.
    pub(super) fn set_cases(&mut self, cases: Vec<TestCase>) {
        let entries = cases.into_iter().map(|case| Entry { case, report: None, typed: false, raised_at: None });
        self.set_entries(entries.collect());
    }

    /// Replaces all tests and results.
    pub(super) fn set_entries(&mut self, entries: Vec<Entry>) {
        self.positions = entries.iter().enumerate().map(|(at, entry)| (entry.case.id.clone(), at)).collect();
        self.entries = entries;
    }

    /// Keeps a collection error unless an earlier session had the same; returns whether it is new.
    pub(super) fn add_collection_error(&mut self, error: &CollectionError) -> bool {
        // Only the head of a message is sure to have been kept.
        let is_same =
            |kept: &CollectionError| kept.location == error.location && head(&kept.message) == head(&error.message);
        let is_new = !self.collection_errors.iter().any(is_same);
        if is_new {
            let message = self.keep(error.message.clone());
            let detail = self.keep(error.detail.clone());
            self.collection_errors.push(CollectionError { message, detail, ..error.clone() });
        }
        is_new
    }

    /// Keeps a result.
    pub(super) fn add_result(&mut self, result: TestResult, flight: &Flight, fuel: u64, at: Duration) -> TestReport {
        // Whatever the tests made of it: code that ends its instance has not passed.
        let result = match &flight.tested_ended {
            Some(how) => TestResult {
                outcome: Outcome::Error,
                message: format!("the tested code {how}"),
                raised_at: None,
                missing_module: None,
                ..result
            },
            None => result,
        };
        let report = TestReport {
            id: result.id,
            outcome: result.outcome,
            seconds: at.saturating_sub(flight.at).as_secs_f64(),
            fuel: fuel.saturating_sub(flight.fuel),
            message: self.keep(result.message),
            detail: self.keep(result.detail),
            missing_module: result.missing_module.map(|module| self.keep(module)),
        };
        if let Some(entry) = self.entry(&report.id) {
            entry.typed = true;
            entry.raised_at = result.raised_at;
            entry.report = Some(report.clone());
        }
        report
    }

    /// Makes the test that ended a session an error.
    pub(super) fn end_in_flight(&mut self, flight: &Flight, cut: &Cut, receipt: &Receipt) -> TestReport {
        let report = TestReport {
            id: flight.id.clone(),
            outcome: Outcome::Error,
            seconds: Duration::from_millis(receipt.wall_ms).saturating_sub(flight.at).as_secs_f64(),
            fuel: receipt.fuel.saturating_sub(flight.fuel),
            message: format!("the test {}", cut.what),
            detail: self.keep(cut.detail.clone()),
            missing_module: None,
        };
        if let Some(entry) = self.entry(&flight.id) {
            entry.report = Some(report.clone());
        }
        report
    }

    /// Puts on record that events do not add up.
    pub(super) fn breach(&mut self, what: String) {
        if self.breaches.len() < KEPT_BREACHES {
            self.breaches.push(what);
        }
    }

    /// Checks what must hold when a runner returned in good order.
    pub(super) fn check_return(&mut self, seen: &Seen, summary: Option<Summary>) {
        if let Some(flight) = &seen.in_flight {
            self.breach(format!("`{}` started, but never finished", flight.id));
        }
        // With collection errors some frameworks stop before they have a list, and the verdict fails anyway.
        if !seen.has_collected && self.collection_errors.is_empty() {
            self.breach("the runner never said which tests it collected".to_owned());
        }
        let Some(summary) = summary else {
            self.breach("the runner returned without a summary".to_owned());
            return;
        };
        for (word, said, counted) in
            [("collected", summary.collected, seen.collected), ("finished", summary.finished, seen.finished)]
        {
            if usize::try_from(said) != Ok(counted) {
                self.breach(format!("the runner says that it {word} {said} tests, its events say {counted}"));
            }
        }
    }

    /// Answers whether a test failed, by its own comparison or before it came to one.
    pub(super) fn has_failures(&self) -> bool {
        let reports = self.entries.iter().filter_map(|entry| entry.report.as_ref());
        reports.into_iter().any(|report| matches!(report.outcome, Outcome::Failed | Outcome::Error))
    }

    /// Returns the ids of the tests without a result.
    pub(super) fn unfinished(&self) -> Vec<String> {
        self.entries.iter().filter(|entry| entry.report.is_none()).map(|entry| entry.case.id.clone()).collect()
    }

    /// Returns how many tests without a result there are, less those of functions that do not count.
    pub(super) fn unfinished_but(&self, excepted: impl Fn(&str) -> bool) -> usize {
        let open = self.entries.iter().filter(|entry| entry.report.is_none());
        open.filter(|entry| !excepted(&entry.case.function)).count()
    }

    /// Makes every test without a result an error.
    pub(super) fn give_up(&mut self, message: &str) {
        for entry in self.entries.iter_mut().filter(|entry| entry.report.is_none()) {
            entry.report = Some(TestReport {
                id: entry.case.id.clone(),
                outcome: Outcome::Error,
                seconds: 0.0,
                fuel: 0,
                message: message.to_owned(),
                detail: String::new(),
                missing_module: None,
            });
        }
    }

    /// Returns why tests were given up, if some were.
    pub(super) fn not_run(&self) -> Option<&str> {
        let reports = self.entries.iter().filter_map(|entry| entry.report.as_ref());
        reports.map(|report| report.message.as_str()).find(|message| message.starts_with("not run: "))
    }

    /// Forgets the tests without a result: when real time ran out, that they did not run is nobody's fault.
    pub(super) fn drop_unfinished(&mut self) {
        let mut entries = std::mem::take(&mut self.entries);
        entries.retain(|entry| entry.report.is_some());
        self.set_entries(entries);
    }

    /// Takes a text of a guest from what the suite may keep; cuts it where nothing is left.
    fn keep(&mut self, text: String) -> String {
        match self.text_left.checked_sub(text.len()) {
            Some(left) => {
                self.text_left = left;
                text
            }
            None if text.len() <= KEPT_HEAD => text,
            // A new text: one that is only truncated would keep its memory.
            None => [head(&text), CUT].concat(),
        }
    }

    /// Returns the function of a collected test.
    pub(super) fn function_of(&self, id: &str) -> Option<&str> {
        let position = *self.positions.get(id)?;
        self.entries.get(position).map(|entry| entry.case.function.as_str())
    }

    fn entry(&mut self, id: &str) -> Option<&mut Entry> {
        let position = *self.positions.get(id)?;
        self.entries.get_mut(position)
    }
}

fn head(text: &str) -> &str {
    text.get(..text.floor_char_boundary(KEPT_HEAD)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn once_the_text_of_all_sessions_is_used_up_only_the_head_of_each_is_kept() {
        let mut record = Record { text_left: 4000, ..Record::default() };
        let long = || "é".repeat(1500);
        assert_eq!(record.keep(long()), long(), "what fits is kept whole");
        let cut = record.keep(long());
        assert_eq!(cut, format!("{}{CUT}", "é".repeat(KEPT_HEAD / 2)));
        assert!(cut.capacity() < 2 * KEPT_HEAD, "the memory of the rest is given back");
        assert_eq!(record.keep("short".to_owned()), "short");
        assert_eq!(record.text_left, 4000 - 3000 - 5);
    }

    #[test]
    fn a_collection_error_that_was_cut_is_known_again() {
        let mut record = Record { text_left: 5000, ..Record::default() };
        let location = Location { path: "a".to_owned(), line: 1 };
        let error =
            CollectionError { location, message: "m".repeat(3000), detail: "d".repeat(9000), missing_module: None };
        assert!(record.add_collection_error(&error) && !record.add_collection_error(&error));
        assert!(record.collection_errors.iter().all(|kept| kept.detail.ends_with(CUT)));
        record.text_left = 0;
        let other = CollectionError { message: "n".repeat(3000), ..error };
        assert!(record.add_collection_error(&other) && !record.add_collection_error(&other));
    }
}
