//! The lines that say what is being done and how long it will take. For people: on stderr, and never parsed.

use std::{fmt, path::Path};

use crate::console;

/// Counts the steps of a command.
pub(crate) struct Steps {
    total: usize,
    begun: usize,
    current: String,
}

/// What a step takes on two cores.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cost {
    /// Less than half a minute.
    Little,
    /// Minutes, whenever its inputs changed.
    Minutes(u32),
    /// Minutes the first time in this target directory, little later.
    Once(u32),
}

impl Steps {
    pub(crate) fn new(total: usize) -> Self {
        Self { total, begun: 0, current: "preparation".to_owned() }
    }

    /// Announces a step.
    pub(crate) fn begin(&mut self, what: &str, cost: Cost) {
        self.begun += 1;
        self.current = what.to_owned();
        console::say(format_args!("[{}/{}] {what}{cost}", self.begun, self.total));
    }

    /// Announces a step that has nothing to do.
    pub(crate) fn unchanged(&mut self, what: &str) {
        self.begun += 1;
        self.current = what.to_owned();
        console::say(format_args!("[{}/{}] {what}: unchanged", self.begun, self.total));
    }

    /// Tells that another builder is at work.
    pub(crate) fn waiting(lock: &Path) {
        console::say(format_args!("waiting for another builder, which holds `{}`", lock.display()));
    }

    /// Returns the name of the step that was begun last, with its number.
    pub(crate) fn current(&self) -> String {
        format!("[{}/{}] {}", self.begun, self.total, self.current)
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Little => Ok(()),
            Self::Minutes(minutes) => write!(f, ", about {minutes} min"),
            Self::Once(minutes) => write!(f, ", about {minutes} min, once"),
        }
    }
}
