//! A run as it goes: a line for each thing that happened, and on a terminal one that says what is being done.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use pact_model::component_id::ComponentId;
use pact_model::phase::Phase;
use pact_model::suite::TestCase;
use pact_model::verdict::TestReport;
use pact_pipeline::judge;
use pact_pipeline::ports::{RunEvent, RunReporter, Source};

use super::words;
use crate::exit::Failure;
use crate::ui::{Paint, Ui, line};

/// The attempt's number of code that pact did not write.
const PERSONS: u32 = 0;

/// Where the lines of a run go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lines {
    /// They are what the command prints.
    Out,
    /// They stand beside a document.
    Err,
}

/// Shows a run.
#[derive(Clone)]
pub(crate) struct Progress {
    ui: Ui,
    lines: Lines,
    live: Option<ProgressBar>,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// What is being done, by component.
    open: BTreeMap<Option<ComponentId>, String>,
    /// Attempts about which the verdict was shown already.
    judged: BTreeSet<(ComponentId, u32)>,
    /// Whom a model was asked about.
    asked: BTreeSet<(Phase, Option<ComponentId>)>,
    /// The first line that could not be written.
    unwritten: Option<Failure>,
}

impl Progress {
    pub(crate) fn new(ui: &Ui, lines: Lines) -> Self {
        let live = ui.live_line();
        if let Some(bar) = &live {
            let style = ProgressStyle::with_template("{spinner} {wide_msg}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
            bar.enable_steady_tick(Duration::from_millis(100));
        }
        Self { ui: ui.clone(), lines, live, state: Arc::default() }
    }

    /// Returns how the lines are painted.
    pub(crate) fn paint(&self) -> Paint {
        match self.lines {
            Lines::Out => self.ui.out,
            Lines::Err => self.ui.err,
        }
    }

    /// Writes text of whole lines. The caller has made it safe.
    pub(crate) fn write(&self, text: &str) {
        let written = match (self.lines, &self.live) {
            (Lines::Err, _) => {
                self.ui.say(text.trim_end());
                Ok(())
            }
            (Lines::Out, Some(bar)) => bar.suspend(|| self.ui.data(text)),
            (Lines::Out, None) => self.ui.data(text),
        };
        if let Err(failure) = written {
            self.state().unwritten.get_or_insert(failure);
        }
    }

    /// Takes the live line away.
    ///
    /// # Errors
    /// When a line could not be written.
    pub(crate) fn end(&self) -> Result<(), Failure> {
        if let Some(bar) = &self.live {
            bar.finish_and_clear();
        }
        self.state().unwritten.take().map_or(Ok(()), Err)
    }

    fn begin(&self, component: Option<&ComponentId>, doing: String) {
        self.state().open.insert(component.cloned(), doing);
        self.show_open();
    }

    fn finish(&self, component: Option<&ComponentId>) {
        self.state().open.remove(&component.cloned());
        self.show_open();
    }

    fn show_open(&self) {
        if let Some(bar) = &self.live {
            let doing: Vec<String> = self.state().open.values().cloned().collect();
            bar.set_message(doing.join(", "));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl RunReporter for Progress {
    fn report(&self, event: &RunEvent<'_>) {
        let paint = self.paint();
        match *event {
            RunEvent::Started { phase, component } => self.begin(component, doing(phase, component)),
            RunEvent::Asked { phase, component, attempt, is_stored } => {
                self.state().asked.insert((phase, component.cloned()));
                let asks = if is_stored { "uses the stored reply" } else { "asks a model" };
                self.begin(component, format!("{} {asks} ({attempt})", doing(phase, component)));
            }
            RunEvent::Finished { phase, component, source } => {
                self.finish(component);
                // Code that was made now has had its line with the verdict.
                if phase != Phase::Implement || source != Source::Made {
                    self.write(&words::about(phase, component, words::source(source)));
                }
            }
            RunEvent::GaveUp { phase, component, reasons } => {
                self.finish(component);
                let tried = component.is_some_and(|id| self.state().judged.contains(&(id.clone(), PERSONS)));
                let asked = self.state().asked.contains(&(phase, component.cloned()));
                // A person's code that was judged now has had its line; there are no attempts to give up.
                if asked {
                    self.write(&words::about(phase, component, "gave up: no attempt was good enough"));
                } else if !tried {
                    self.write(&words::failed_before(phase, component, reasons, paint));
                }
            }
            RunEvent::Rejected { phase, component, attempt, reasons } => {
                let is_known = component.is_some_and(|id| self.state().judged.contains(&(id.clone(), attempt)));
                if phase != Phase::Implement || !is_known {
                    self.write(&words::rejected(phase, component, attempt, reasons, paint));
                }
            }
            RunEvent::Judged { component, attempt, verdict } => {
                self.state().judged.insert((component.clone(), attempt));
                self.write(&words::judged(component, attempt, verdict, paint));
            }
            RunEvent::Warned { finding } => {
                let place = format!("{}{}", line(&finding.file), line(&finding.pointer));
                self.ui.say(&format!("warning: {place}: {} [{}]", line(&finding.message), finding.code));
            }
        }
    }

    fn suite(&self, component: &ComponentId) -> Box<dyn judge::Reporter> {
        Box::new(SuiteProgress { run: self.clone(), component: component.clone(), counts: Mutex::default() })
    }
}

/// Counts the tests of one suite on the live line.
struct SuiteProgress {
    run: Progress,
    component: ComponentId,
    /// Done, and all.
    counts: Mutex<(usize, usize)>,
}

impl SuiteProgress {
    fn count(&self, change: impl FnOnce(&mut (usize, usize))) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut counts);
        self.run.begin(Some(&self.component), format!("{} {}/{} tests", self.component, counts.0, counts.1));
    }
}

impl judge::Reporter for SuiteProgress {
    fn collected(&self, cases: &[TestCase]) {
        self.count(|counts| *counts = (0, cases.len()));
    }

    fn finished(&self, _: &TestReport) {
        self.count(|counts| counts.0 += 1);
    }
}

fn doing(phase: Phase, component: Option<&ComponentId>) -> String {
    component.map_or_else(|| phase.to_string(), |component| format!("{phase} {component}"))
}
