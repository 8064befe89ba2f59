//! How the process ends: exit codes, failures with their place and next step, and the net below a panic.

use std::fmt;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use crate::ui::{self, Ui};
use crate::world::World;

/// An end of the process that was foreseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done, and the judgement (if any) is good.
    Good,
    /// Judged and found wanting.
    Wanting,
    /// The arguments were wrong and that was said already.
    Usage,
    /// There is no judgement.
    NoJudgement,
    /// The user interrupted.
    Interrupted,
}

impl Exit {
    /// Returns the code that `docs/cli` promises.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Good => 0,
            Self::Wanting => 1,
            Self::Usage => 2,
            Self::NoJudgement => 3,
            Self::Interrupted => 130,
        }
    }
}

/// Whose fault it is that a command could not do what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Arguments, settings, files, a missing grant: the user can fix it.
    Yours,
    /// An artefact of the project is not valid.
    Artefacts,
    /// A plugin broke down or was refused.
    Plugins,
    /// A model or the network did not answer.
    Models,
    /// A bug of ours.
    Ours,
}

/// Why a command could not do what it was asked.
#[derive(Debug)]
pub(crate) struct Failure {
    fault: Fault,
    error: anyhow::Error,
    hints: Vec<String>,
}

impl Failure {
    /// The user can fix it.
    pub(crate) fn usage(error: impl Into<anyhow::Error>) -> Self {
        Self { fault: Fault::Yours, error: error.into(), hints: Vec::new() }
    }

    /// An artefact of the project was found wanting.
    pub(crate) fn artefact(error: impl Into<anyhow::Error>) -> Self {
        Self { fault: Fault::Artefacts, error: error.into(), hints: Vec::new() }
    }

    /// A model did not answer.
    pub(crate) fn model(error: impl Into<anyhow::Error>) -> Self {
        Self { fault: Fault::Models, error: error.into(), hints: Vec::new() }
    }

    /// A plugin is at fault.
    pub(crate) fn plugin(error: impl Into<anyhow::Error>) -> Self {
        Self { fault: Fault::Plugins, error: error.into(), hints: Vec::new() }
    }

    /// We are at fault.
    pub(crate) fn bug(error: impl Into<anyhow::Error>) -> Self {
        Self { fault: Fault::Ours, error: error.into(), hints: Vec::new() }
    }

    /// Says what was being done: `find the working folder`.
    pub(crate) fn context(mut self, doing: impl fmt::Display + Send + Sync + 'static) -> Self {
        self.error = self.error.context(doing);
        self
    }

    /// Says what to do next. A hint may have several lines.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Returns the exit code.
    pub(crate) fn code(&self) -> u8 {
        match self.fault {
            Fault::Artefacts => 1,
            Fault::Yours => 2,
            Fault::Plugins => 3,
            Fault::Models => 4,
            Fault::Ours => 70,
        }
    }

    /// Returns the words for a person. Everything in them may come from a guest, so all of it is made safe.
    pub(crate) fn words(&self) -> String {
        let heading = match self.fault {
            Fault::Yours | Fault::Artefacts | Fault::Plugins | Fault::Models => "error",
            Fault::Ours => "error (a bug of pact)",
        };
        let mut text = format!("{heading}: {}\n", ui::text(&self.error.to_string()));
        for cause in self.error.chain().skip(1) {
            text.push_str(&format!("  caused by: {}\n", ui::text(&cause.to_string()).replace('\n', "\n    ")));
        }
        for hint in &self.hints {
            text.push_str(&format!("  hint: {}\n", ui::text(hint).replace('\n', "\n        ")));
        }
        text
    }
}

/// Runs the command and turns its end into an exit code. A panic is caught: it is our bug, and says so.
pub(crate) fn guard(run: impl FnOnce() -> Result<Exit, Failure>) -> ExitCode {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |place| format!(" at {}:{}", place.file(), place.line()));
        let message = panic.payload_as_str().unwrap_or("no message");
        ui::last_words(&format!("error (a bug of pact): {}{place}\n", ui::text(message)));
    }));
    let code = match panic::catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(exit)) => exit.code(),
        Ok(Err(failure)) => {
            match World::look() {
                Ok(world) => Ui::new(&world).failure(&failure),
                Err(_) => ui::last_words(&failure.words()),
            }
            failure.code()
        }
        Err(_) => 70,
    };
    ExitCode::from(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_says_what_why_and_what_next() {
        let failure = Failure::plugin(std::io::Error::other("no \u{1b}[2Jsuch file"))
            .context("load plugin `a`")
            .hint("add to pact.yaml:\ngrants: {}");
        assert_eq!(failure.code(), 3);
        insta::assert_snapshot!(failure.words(), @r"
        error: load plugin `a`
          caused by: no \u{1b}[2Jsuch file
          hint: add to pact.yaml:
                grants: {}
        ");
    }

    #[test]
    fn every_end_has_the_code_that_is_promised() {
        let ends = [Exit::Good, Exit::Wanting, Exit::Usage, Exit::NoJudgement, Exit::Interrupted];
        assert_eq!(ends.map(Exit::code), [0, 1, 2, 3, 130]);
        let kinds = [Failure::artefact, Failure::usage, Failure::plugin, Failure::model, Failure::bug];
        assert_eq!(kinds.map(|kind| kind(anyhow::anyhow!("x")).code()), [1, 2, 3, 4, 70]);
    }
}
