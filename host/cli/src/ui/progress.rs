//! What a person sees while tests run: one live line on a terminal, a line of marks per file elsewhere.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use pact_model::suite::{CollectionError, Outcome, TestCase};
use pact_model::verdict::TestReport;
use pact_pipeline::judge::Reporter;

use super::{last_words, line};

/// Shows the tests as they run, on stderr.
#[derive(Debug)]
pub(crate) struct TestProgress {
    shown: Shown,
}

#[derive(Debug)]
enum Shown {
    Line(ProgressBar),
    /// A line of several suites.
    Part(ProgressBar),
    Dots(Mutex<Dots>),
}

/// Shows several suites at the same time: in one live line on a terminal, elsewhere each in its marks when it has ended.
#[derive(Debug)]
pub(crate) struct SharedProgress {
    bar: Option<ProgressBar>,
}

impl SharedProgress {
    pub(super) fn new(bar: Option<ProgressBar>) -> Self {
        if let Some(bar) = &bar {
            style(bar);
            bar.set_length(0);
        }
        Self { bar }
    }

    /// Returns what shows one of the suites.
    pub(crate) fn of_suite(&self) -> TestProgress {
        let shown = match &self.bar {
            Some(bar) => Shown::Part(bar.clone()),
            None => Shown::Dots(Mutex::new(Dots { kept: Some(String::new()), ..Dots::default() })),
        };
        TestProgress { shown }
    }

    /// Ends the line.
    pub(crate) fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn style(bar: &ProgressBar) {
    let style = ProgressStyle::with_template("{spinner} {pos}/{len} {wide_msg}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.enable_steady_tick(Duration::from_millis(100));
}

/// What was printed so far without a terminal.
#[derive(Debug, Default)]
struct Dots {
    total: usize,
    done: usize,
    /// The file of each test, to begin a new line with each.
    files: std::collections::HashMap<String, String>,
    current: Option<String>,
    /// What would have been printed, where it is not the suite's turn yet.
    kept: Option<String>,
}

impl TestProgress {
    pub(super) fn line(bar: ProgressBar) -> Self {
        style(&bar);
        Self { shown: Shown::Line(bar) }
    }

    pub(super) fn dots() -> Self {
        Self { shown: Shown::Dots(Mutex::default()) }
    }

    /// Ends the last line.
    pub(crate) fn end(&self) {
        match &self.shown {
            Shown::Line(bar) => bar.finish_and_clear(),
            Shown::Part(_) => {}
            Shown::Dots(dots) => {
                let mut dots = dots.lock().unwrap_or_else(PoisonError::into_inner);
                if dots.current.is_some() {
                    let text = format!("{}\n", dots.percentage());
                    dots.print(&text);
                }
            }
        }
    }

    /// Returns the marks of a suite whose turn it was not, to be printed as they are.
    pub(crate) fn kept(&self) -> String {
        match &self.shown {
            Shown::Dots(dots) => dots.lock().unwrap_or_else(PoisonError::into_inner).kept.take().unwrap_or_default(),
            Shown::Line(_) | Shown::Part(_) => String::new(),
        }
    }
}

impl Dots {
    fn print(&mut self, text: &str) {
        match &mut self.kept {
            Some(kept) => kept.push_str(text),
            None => last_words(text),
        }
    }

    fn take(&mut self, report: &TestReport) -> String {
        let file = self.files.get(&report.id).cloned().unwrap_or_default();
        let mut text = String::new();
        if self.current.as_ref() != Some(&file) {
            if self.current.is_some() {
                text.push_str(&format!("{}\n", self.percentage()));
            }
            text.push_str(&format!("{} ", line(&file)));
            self.current = Some(file);
        }
        text.push(mark(report.outcome));
        self.done += 1;
        text
    }

    fn percentage(&self) -> String {
        format!(" [{:>3}%]", (100 * self.done).checked_div(self.total).unwrap_or(100))
    }
}

impl Reporter for TestProgress {
    fn collected(&self, cases: &[TestCase]) {
        match &self.shown {
            Shown::Line(bar) => bar.set_length(cases.len() as u64),
            Shown::Part(bar) => bar.inc_length(cases.len() as u64),
            Shown::Dots(dots) => {
                let mut dots = dots.lock().unwrap_or_else(PoisonError::into_inner);
                dots.total = cases.len();
                dots.files = cases.iter().map(|case| (case.id.clone(), case.location.path.clone())).collect();
            }
        }
    }

    fn collection_failed(&self, error: &CollectionError) {
        if let Shown::Line(bar) | Shown::Part(bar) = &self.shown {
            bar.set_message(format!("cannot collect {}", line(&error.location.path)));
        }
    }

    fn started(&self, id: &str) {
        if let Shown::Line(bar) | Shown::Part(bar) = &self.shown {
            bar.set_message(line(id));
        }
    }

    fn finished(&self, report: &TestReport) {
        match &self.shown {
            Shown::Line(bar) | Shown::Part(bar) => bar.inc(1),
            Shown::Dots(dots) => {
                let mut dots = dots.lock().unwrap_or_else(PoisonError::into_inner);
                let text = dots.take(report);
                dots.print(&text);
            }
        }
    }

    fn rerun(&self, remaining: usize, cause: &str) {
        if let Shown::Line(bar) | Shown::Part(bar) = &self.shown {
            bar.set_message(format!("{}; {remaining} tests go on in a new sandbox", line(cause)));
        }
    }
}

/// The mark of an outcome, as test runners have it.
fn mark(outcome: Outcome) -> char {
    match outcome {
        Outcome::Passed => '.',
        Outcome::Failed => 'F',
        Outcome::Error => 'E',
        Outcome::Skipped => 's',
        Outcome::Xfailed => 'x',
        Outcome::Xpassed => 'X',
    }
}

#[cfg(test)]
mod tests {
    use pact_model::suite::Location;

    use super::*;

    #[test]
    fn marks_stand_in_a_line_per_file() {
        let ids = ["a::1", "a::2", "b::1", "b::2"];
        let case = |id: &&str| TestCase {
            id: (*id).to_owned(),
            function: (*id).to_owned(),
            location: Location { path: id[..1].to_owned(), line: 1 },
        };
        let progress = TestProgress::dots();
        progress.collected(&ids.iter().map(case).collect::<Vec<_>>());
        let Shown::Dots(dots) = &progress.shown else { panic!("dots were asked for") };
        let mut dots = dots.lock().unwrap();
        let outcomes = [Outcome::Passed, Outcome::Failed, Outcome::Skipped, Outcome::Error];
        let text: String = std::iter::zip(ids, outcomes)
            .map(|(id, outcome)| {
                dots.take(&TestReport {
                    id: id.to_owned(),
                    outcome,
                    seconds: 0.0,
                    fuel: 0,
                    message: String::new(),
                    detail: String::new(),
                    missing_module: None,
                })
            })
            .collect();
        assert_eq!(text + &dots.percentage(), "a .F [ 50%]\nb sE [100%]");
    }
}
