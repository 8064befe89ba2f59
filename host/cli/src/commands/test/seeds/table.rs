//! How every test ended in every run, and which did not always end the same.

use std::collections::{BTreeMap, HashMap};

use pact_model::suite::Outcome;
use pact_model::verdict::{Judgement, TestReport, Verdict};
use serde::Serialize;

use super::factors::Factor;

/// How a test ended in one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(in crate::commands::test) enum Ending {
    /// It ran.
    Ended(Outcome),
    /// It was not collected, though it was with another seed.
    Absent(Absent),
}

/// The word for a test that was not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::commands::test) enum Absent {
    /// The only one.
    NotCollected,
}

impl Ending {
    /// Whether it is what a test is for.
    pub(in crate::commands::test) fn is_good(self) -> bool {
        matches!(self, Self::Ended(Outcome::Passed | Outcome::Xfailed | Outcome::Xpassed | Outcome::Skipped))
    }
}

/// A test that did not end the same in all runs.
#[derive(Debug)]
pub(in crate::commands::test) struct Unstable {
    /// Its id, or the file that could not be collected. Untrusted.
    pub(in crate::commands::test) id: String,
    /// By seed, the plain run first. A run without a judgement may lack it.
    pub(in crate::commands::test) endings: Vec<(u64, Ending)>,
    /// What made it vary, alone. Empty when nothing did alone.
    pub(in crate::commands::test) depends_on: Vec<Factor>,
    /// Whether it was looked into.
    pub(in crate::commands::test) is_looked_into: bool,
    /// The first run in which it was not good, with its seed.
    pub(in crate::commands::test) bad: Option<(u64, TestReport)>,
}

impl Unstable {
    /// Whether it ended otherwise with this seed than in the plain run.
    pub(super) fn varied_with(&self, seed: u64) -> bool {
        self.varying_seeds().any(|varying| varying == seed)
    }

    /// Returns the seeds with which it ended otherwise than in the plain run.
    pub(super) fn varying_seeds(&self) -> impl Iterator<Item = u64> {
        let plain = self.endings.first().map(|(_, ending)| *ending);
        self.endings.iter().filter(move |(_, ending)| Some(*ending) != plain).map(|(seed, _)| *seed)
    }
}

/// How the tests of one run ended.
pub(in crate::commands::test) struct Outcomes<'a> {
    tests: HashMap<&'a str, Outcome>,
    is_whole: bool,
}

impl<'a> Outcomes<'a> {
    pub(super) fn of(verdict: &'a Verdict) -> Self {
        let tests = verdict.tests.iter().map(|test| (test.id.as_str(), test.outcome));
        let uncollected = verdict.collection_errors.iter().map(|error| (error.location.path.as_str(), Outcome::Error));
        Self { tests: tests.chain(uncollected).collect(), is_whole: verdict.verdict != Judgement::None }
    }

    /// Returns how a test ended; nothing when the run did not come so far for a reason that is not the suite's.
    pub(super) fn of_test(&self, id: &str) -> Option<Ending> {
        match self.tests.get(id) {
            Some(outcome) => Some(Ending::Ended(*outcome)),
            None => self.is_whole.then_some(Ending::Absent(Absent::NotCollected)),
        }
    }
}

/// All runs. It keeps the words of a test's first bad run only: a thousand runs may say a lot.
pub(super) struct Table {
    seeds: Vec<(u64, bool)>,
    tests: BTreeMap<String, Row>,
}

#[derive(Default)]
struct Row {
    /// By the number of the run.
    outcomes: BTreeMap<usize, Outcome>,
    bad: Option<(u64, TestReport)>,
}

impl Table {
    pub(super) fn new(seed: u64, plain: &Verdict) -> Self {
        let mut table = Self { seeds: Vec::new(), tests: BTreeMap::new() };
        table.add(seed, plain);
        table
    }

    pub(super) fn add(&mut self, seed: u64, verdict: &Verdict) {
        let run = self.seeds.len();
        self.seeds.push((seed, verdict.verdict != Judgement::None));
        for test in &verdict.tests {
            self.put(run, seed, test);
        }
        for error in &verdict.collection_errors {
            // A file that cannot be collected stands for its tests.
            let report = TestReport {
                id: error.location.path.clone(),
                outcome: Outcome::Error,
                seconds: 0.0,
                fuel: 0,
                message: error.message.clone(),
                detail: error.detail.clone(),
                missing_module: error.missing_module.clone(),
            };
            self.put(run, seed, &report);
        }
    }

    fn put(&mut self, run: usize, seed: u64, report: &TestReport) {
        let row = self.tests.entry(report.id.clone()).or_default();
        row.outcomes.insert(run, report.outcome);
        if row.bad.is_none() && !Ending::Ended(report.outcome).is_good() {
            row.bad = Some((seed, report.clone()));
        }
    }

    /// Returns the tests that did not end the same in all runs that had a judgement.
    pub(super) fn unstable(self) -> Vec<Unstable> {
        let mut unstable = Vec::new();
        for (id, row) in self.tests {
            let ending = |(run, (seed, is_whole)): (usize, &(u64, bool))| match row.outcomes.get(&run) {
                Some(outcome) => Some((*seed, Ending::Ended(*outcome))),
                None => is_whole.then_some((*seed, Ending::Absent(Absent::NotCollected))),
            };
            let endings: Vec<(u64, Ending)> = self.seeds.iter().enumerate().filter_map(ending).collect();
            let first = endings.first().map(|(_, ending)| *ending);
            if endings.iter().any(|(_, ending)| Some(*ending) != first) {
                unstable.push(Unstable { id, endings, depends_on: Vec::new(), is_looked_into: false, bad: row.bad });
            }
        }
        unstable
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::test::report::fixture;

    fn verdict(outcomes: &[(&str, Outcome)]) -> Verdict {
        let report = |(id, outcome): &(&str, Outcome)| TestReport {
            id: (*id).to_owned(),
            outcome: *outcome,
            seconds: 0.0,
            fuel: 0,
            message: format!("{id} said so"),
            detail: String::new(),
            missing_module: None,
        };
        Verdict { tests: outcomes.iter().map(report).collect(), ..fixture::passed() }
    }

    #[test]
    fn only_tests_that_vary_are_unstable_and_the_words_are_those_of_the_first_bad_run() {
        use Outcome::{Failed, Passed};
        let mut table = Table::new(4, &verdict(&[("a", Passed), ("b", Failed), ("c", Passed)]));
        table.add(5, &verdict(&[("b", Failed), ("a", Failed), ("c", Passed)]));
        table.add(6, &verdict(&[("a", Failed), ("b", Failed), ("c", Passed)]));
        let unstable = table.unstable();
        let [only] = unstable.as_slice() else { panic!("{unstable:?}") };
        assert_eq!((only.id.as_str(), only.bad.as_ref().map(|(seed, _)| *seed)), ("a", Some(5)));
        assert_eq!(only.varying_seeds().collect::<Vec<_>>(), [5, 6]);
    }

    #[test]
    fn a_test_that_is_not_always_collected_is_unstable_unless_there_is_no_judgement() {
        let mut table = Table::new(0, &verdict(&[("a", Outcome::Passed)]));
        table.add(1, &Verdict { tests: vec![], ..fixture::stopped() });
        table.add(2, &verdict(&[("a", Outcome::Passed)]));
        assert!(table.unstable().is_empty());
        let mut table = Table::new(0, &verdict(&[("a", Outcome::Passed)]));
        table.add(1, &verdict(&[]));
        assert_eq!(table.unstable()[0].endings[1], (1, Ending::Absent(Absent::NotCollected)));
    }

    #[test]
    fn a_file_that_is_not_always_collected_is_named() {
        let mut table = Table::new(0, &Verdict { tests: vec![], collection_errors: vec![], ..fixture::passed() });
        table.add(1, &fixture::failed());
        assert!(table.unstable().iter().any(|test| test.id == "b.x"));
    }
}
