//! The way out to people and pipes: data on stdout, words on stderr, nothing untrusted raw.

mod paint;
pub(crate) mod plot;
mod progress;
mod untrusted;

use std::io::{self, ErrorKind, Write};
use std::sync::{Arc, Mutex};

use indicatif::{ProgressBar, ProgressDrawTarget};
use serde::Serialize;

use crate::exit::{Exit, Failure};
use crate::world::World;

pub(crate) use paint::{Colour, Paint};
pub(crate) use progress::{SharedProgress, TestProgress};
pub(crate) use untrusted::{json, line, text, whole_text};

/// Writes to the two streams of the process.
#[derive(Debug, Clone)]
pub(crate) struct Ui {
    /// How stdout is painted.
    pub(crate) out: Paint,
    /// How stderr is painted.
    pub(crate) err: Paint,
    is_live: bool,
    bar: Arc<Mutex<Option<ProgressBar>>>,
}

impl Ui {
    /// Writes as the terminals of the process allow.
    pub(crate) fn new(world: &World) -> Self {
        Self {
            out: Paint::new(world.stdout_colour),
            err: Paint::new(world.stderr_colour),
            is_live: world.stderr_is_terminal,
            bar: Arc::default(),
        }
    }

    /// Writes data to stdout. The caller has made it safe.
    ///
    /// A reader that went away is no error: it has seen what it wanted.
    ///
    /// # Errors
    /// When stdout cannot be written for another reason, for example a full disk.
    pub(crate) fn data(&self, text: &str) -> Result<(), Failure> {
        // A line that is redrawn meanwhile would end up in the middle of the data.
        let bar = self.bar.lock().ok().and_then(|slot| slot.clone());
        let write = || written(io::stdout().lock(), text);
        let result = match bar.filter(|bar| !bar.is_finished()) {
            Some(bar) => bar.suspend(write),
            None => write(),
        };
        result.map_err(|error| Failure::usage(error).context("write to stdout"))
    }

    /// Writes a document as JSON to stdout.
    ///
    /// # Errors
    /// As [`Ui::data`].
    pub(crate) fn json(&self, document: &impl Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(document).map_err(Failure::bug)?;
        self.data(&format!("{}\n", untrusted::json(&text)))
    }

    /// Says something to the person, on a line of its own. Made safe here.
    pub(crate) fn say(&self, words: &str) {
        self.words(&format!("{}\n", text(words)));
    }

    /// Prints the marks of a suite's tests. The caller has made them safe.
    pub(crate) fn marks(&self, marks: &str) {
        if !marks.is_empty() {
            self.words(marks);
        }
    }

    /// Says what went wrong.
    pub(crate) fn failure(&self, failure: &Failure) {
        let words = failure.words();
        let painted = match words.split_once(':') {
            Some((heading, rest)) => format!("{}:{rest}", self.err.paint(heading, Colour::Red)),
            None => words,
        };
        self.words(&painted);
    }

    /// Returns what shows the tests as they run.
    pub(crate) fn test_progress(&self) -> TestProgress {
        if !self.is_live {
            return TestProgress::dots();
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        if let Ok(mut slot) = self.bar.lock() {
            *slot = Some(bar.clone());
        }
        TestProgress::line(bar)
    }

    /// Returns what shows the tests of several suites that run at the same time, in one line.
    pub(crate) fn shared_progress(&self) -> SharedProgress {
        SharedProgress::new(self.live_line())
    }

    /// Returns a line that moves while something is done; none where nobody would see it move.
    pub(crate) fn live_line(&self) -> Option<ProgressBar> {
        if !self.is_live {
            return None;
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        if let Ok(mut slot) = self.bar.lock() {
            *slot = Some(bar.clone());
        }
        Some(bar)
    }

    /// Takes the live line away, if there is one.
    pub(crate) fn end_progress(&self) {
        if let Ok(mut slot) = self.bar.lock()
            && let Some(bar) = slot.take()
        {
            bar.finish_and_clear();
        }
    }

    fn words(&self, text: &str) {
        // A line that is redrawn meanwhile would end up in the middle of the words.
        let bar = self.bar.lock().ok().and_then(|slot| slot.clone());
        match bar {
            Some(bar) => bar.suspend(|| last_words(text)),
            None => last_words(text),
        }
    }
}

/// Writes words that are safe already to stderr. When nobody reads stderr there is nobody left to tell.
pub(crate) fn last_words(text: &str) {
    let _ = written(io::stderr().lock(), text);
}

fn written(mut to: impl Write, text: &str) -> io::Result<()> {
    match to.write_all(text.as_bytes()).and_then(|()| to.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Returns the exit that a judgement means.
pub(crate) fn exit_of(judgement: pact_model::verdict::Judgement) -> Exit {
    use pact_model::verdict::Judgement;
    match judgement {
        Judgement::Passed => Exit::Good,
        Judgement::Failed => Exit::Wanting,
        Judgement::None => Exit::NoJudgement,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Gone;

    impl Write for Gone {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Err(ErrorKind::StorageFull.into())
        }
    }

    #[test]
    fn a_reader_that_went_away_is_no_error_and_a_full_disk_is_one() {
        assert!(written(Gone, "x").is_ok());
        assert!(written(Gone, "").is_err());
    }
}
