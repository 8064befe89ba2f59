//! The phases that exist today, one file each, named by the phase's word.
//!
//! A phase takes its input by value and says what came of it; what it shares with others is on disk or in a port.

pub mod author_tests;
pub mod certify;
pub mod contract;
pub mod decompose;
pub mod implement;

use std::sync::Arc;

use pact_model::component_id::ComponentId;
use pact_model::finding::Finding;
use pact_model::phase::Phase;
use tokio::sync::Semaphore;

use crate::briefs::Subject;
use crate::conversation::Asker;
use crate::judge::Policy;
use crate::ports::{ContractBackend, Language, Languages, RunReporter, Source, TestRunner, Workspace};
use crate::record::PluginDigests;

/// The phases of this version, in order. [`Phase::ORDER`] names those to come, too.
pub const IMPLEMENTED: [Phase; 5] =
    [Phase::Decompose, Phase::Contract, Phase::AuthorTests, Phase::Implement, Phase::Certify];

/// What a phase works with. Backend, runner, plugins and subject are of one language.
#[derive(Clone)]
pub struct Bench {
    /// Asks models.
    pub asker: Asker,
    /// Says contracts in the language.
    pub backend: Arc<dyn ContractBackend>,
    /// Executes tests.
    pub runner: Arc<dyn TestRunner>,
    /// The project folder.
    pub workspace: Arc<dyn Workspace>,
    /// Hears what happens.
    pub reporter: Arc<dyn RunReporter>,
    /// The plugins that take part in a verdict.
    pub plugins: PluginDigests,
    /// The language of each component.
    pub languages: Arc<Languages>,
    /// What every brief is about.
    pub subject: Subject,
    /// What a suite may cost.
    pub policy: Policy,
    /// Bounds the suites that run at the same time.
    pub open_suites: Arc<Semaphore>,
    /// Attempts at an implementation.
    pub max_implementation_attempts: u32,
}

impl Bench {
    /// Returns the bench of one component: with what knows its language.
    #[must_use]
    pub fn of(&self, component: &ComponentId) -> Self {
        let Language { backend, runner, plugins } = self.languages.of(component).clone();
        let subject = Subject {
            task: self.subject.task.clone(),
            language: backend.info().language.clone(),
            engine: runner.info().engine.clone(),
        };
        Self { backend, runner, plugins, subject, ..self.clone() }
    }
}

/// Attempts at everything that is written before code. A reply that still breaks the format then will not keep it later.
pub const MAX_AUTHOR_ATTEMPTS: u32 = 3;

/// What came of a phase.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome<T> {
    /// There is a result.
    Done {
        /// The result.
        value: T,
        /// How it came about.
        source: Source,
    },
    /// No attempt was good enough.
    GaveUp {
        /// What the last attempt failed on. Untrusted.
        reasons: Vec<String>,
    },
}

/// Returns the errors among findings as the reasons that their author is told.
fn reasons_of(findings: &[Finding]) -> Vec<String> {
    let errors = findings.iter().filter(|finding| finding.is_error());
    errors.map(|finding| format!("{}: {} [{}]", finding.pointer, finding.message, finding.code)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_phase_has_a_file_of_its_word() {
        let declared: Vec<&str> = include_str!("phases.rs")
            .lines()
            .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
            .collect();
        let mut words = IMPLEMENTED.map(Phase::as_str).to_vec();
        words.sort_unstable();
        assert_eq!(declared, words);
    }
}
