//! A suite judged: once, or as often as `--seeds` says.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use pact_model::receipt::Receipt;
use pact_model::suite::{CollectionError, TestCase};
use pact_model::verdict::{Judgement, TestReport, Verdict};
use pact_pipeline::judge::{Policy, Profiled, Reporter, Suite, judge, profile};
use pact_pipeline::ports::{LanguageBackend, TestRunner};

use super::failure;
use super::seeds::Steadiness;
use crate::exit::Failure;
use crate::ui::{SharedProgress, TestProgress, Ui, text};

/// What judges suites.
pub(super) struct Bench<'a> {
    pub(super) runner: &'a dyn TestRunner,
    pub(super) backend: Option<&'a dyn LanguageBackend>,
    pub(super) policy: &'a Policy,
    /// Shows one run after the other.
    pub(super) shows: Shows<'a>,
}

/// Where progress is seen.
pub(super) enum Shows<'a> {
    /// As it happens: nothing else is judged meanwhile.
    Live(&'a Ui),
    /// Among others; the marks are kept.
    Among(&'a SharedProgress, Mutex<String>),
}

/// What came of a suite.
#[derive(Debug)]
pub(super) struct Judged {
    /// Of the plain run: in the order of the files, with the default clock.
    pub(super) verdict: Verdict,
    /// The tests that the plain run collected, with their places.
    pub(super) cases: Vec<TestCase>,
    /// Real time of the plain run.
    pub(super) took: Duration,
    /// What came of the other runs, where `--seeds` asked for some.
    pub(super) steadiness: Option<Steadiness>,
    /// It comes from the verdict cache: nothing ran.
    pub(super) cached: bool,
    /// Where its fuel goes, where `--profile` asked for that.
    pub(super) profiled: Option<Profiled>,
}

/// One run of a suite.
pub(super) struct Once {
    pub(super) verdict: Verdict,
    pub(super) cases: Vec<TestCase>,
    pub(super) took: Duration,
}

impl Bench<'_> {
    /// Says something about what runs.
    pub(super) fn say(&self, words: &str) {
        match &self.shows {
            Shows::Live(ui) => ui.say(words),
            Shows::Among(_, marks) => {
                let mut marks = marks.lock().unwrap_or_else(PoisonError::into_inner);
                marks.push_str(&format!("{}\n", text(words)));
            }
        }
    }

    /// Runs a suite once.
    ///
    /// # Errors
    /// When a plugin fails, or the selection or the settings of the suite are wrong.
    pub(super) async fn run(&self, suite: Suite) -> Result<Once, Failure> {
        let shown = match &self.shows {
            Shows::Live(ui) => ui.test_progress(),
            Shows::Among(shared, _) => shared.of_suite(),
        };
        let progress = Noting { shown, cases: Mutex::default() };
        let began = Instant::now();
        let judged = judge(self.runner, self.backend, suite, self.policy, &progress).await;
        let took = began.elapsed();
        progress.shown.end();
        if let Shows::Among(_, marks) = &self.shows {
            marks.lock().unwrap_or_else(PoisonError::into_inner).push_str(&progress.shown.kept());
        }
        let verdict = judged.map_err(failure)?;
        let cases = progress.cases.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(Once { verdict, cases, took })
    }

    /// Judges a suite; with `seeds` it is run so many times.
    ///
    /// # Errors
    /// As [`Bench::run`].
    pub(super) async fn judge(&self, suite: Suite, seeds: Option<u32>) -> Result<Judged, Failure> {
        let plain = self.run(suite.clone()).await?;
        let steadiness = match seeds {
            Some(count) => Some(Steadiness::find(self, &suite, &plain.verdict, count).await?),
            None => None,
        };
        Ok(Judged {
            verdict: plain.verdict,
            cases: plain.cases,
            took: plain.took,
            steadiness,
            cached: false,
            profiled: None,
        })
    }

    /// Runs a suite once more and finds out where its fuel goes.
    ///
    /// # Errors
    /// As [`Bench::run`].
    pub(super) async fn profile(&self, suite: &Suite) -> Result<Profiled, Failure> {
        profile(self.runner, suite, self.policy).await.map_err(failure)
    }
}

impl Judged {
    /// Returns the judgement over all runs.
    pub(super) fn judgement(&self) -> Judgement {
        self.steadiness.as_ref().map_or(self.verdict.verdict, Steadiness::judgement)
    }

    /// Returns what ended the plain run early, else what is wrong with the runs together.
    pub(super) fn reason(&self) -> Option<String> {
        self.verdict.reason.clone().or_else(|| self.steadiness.as_ref().and_then(Steadiness::reason))
    }

    /// Returns the receipts of all runs.
    pub(super) fn receipts(&self) -> Vec<Receipt> {
        let others = self.steadiness.iter().flat_map(|steadiness| &steadiness.receipts);
        let profiled = self.profiled.iter().flat_map(|profiled| &profiled.receipts);
        self.verdict.receipt.iter().chain(others).chain(profiled).cloned().collect()
    }
}

/// Shows progress and keeps what was collected: a verdict does not say where its tests stand.
struct Noting {
    shown: TestProgress,
    cases: Mutex<Vec<TestCase>>,
}

impl Reporter for Noting {
    fn collected(&self, cases: &[TestCase]) {
        *self.cases.lock().unwrap_or_else(PoisonError::into_inner) = cases.to_vec();
        self.shown.collected(cases);
    }

    fn collection_failed(&self, error: &CollectionError) {
        self.shown.collection_failed(error);
    }

    fn started(&self, id: &str) {
        self.shown.started(id);
    }

    fn finished(&self, report: &TestReport) {
        self.shown.finished(report);
    }

    fn rerun(&self, remaining: usize, cause: &str) {
        self.shown.rerun(remaining, cause);
    }
}
