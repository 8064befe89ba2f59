//! What validation says about an artefact.

use std::fmt;

use serde::{Deserialize, Serialize};

pub mod codes;

/// One fault or doubt in an artefact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// A stable word for the rule, in kebab case. All of them stand in [`codes`].
    pub code: String,
    /// Whether it stops the run.
    pub severity: Severity,
    /// The file, relative to the project's root.
    pub file: String,
    /// A JSON pointer into the file; empty for the whole file.
    pub pointer: String,
    /// What is wrong and what would be right. May quote untrusted text, escaped.
    pub message: String,
}

impl Finding {
    /// Makes a finding that stops the run.
    pub fn error(code: &str, file: &str, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, file, pointer.into(), message.into())
    }

    /// Makes a finding that is only reported.
    pub fn warning(code: &str, file: &str, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, file, pointer.into(), message.into())
    }

    /// Answers whether it stops the run.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    fn new(severity: Severity, code: &str, file: &str, pointer: String, message: String) -> Self {
        Self { code: code.to_owned(), severity, file: file.to_owned(), pointer, message }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.file)?;
        if !self.pointer.is_empty() {
            write!(formatter, "#{}", self.pointer)?;
        }
        write!(formatter, ": {} [{}]", self.message, self.code)
    }
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The artefact cannot be used.
    Error,
    /// A person should look at it.
    Warning,
}
