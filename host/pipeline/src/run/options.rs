//! What a run is given: the ports to everything outside, how far it goes, and how broad.

use std::sync::Arc;

use pact_model::phase::Phase;
use pact_model::rendered_suite::RenderedSuite;

use crate::judge::CanaryKey;
use crate::phases::IMPLEMENTED;
use crate::ports::{Clock, Languages, Provider, RunReporter, Workspace};

/// Everything outside that a run needs.
#[derive(Clone)]
pub struct Ports {
    /// Answers briefs.
    pub provider: Arc<dyn Provider>,
    /// What the components are written in.
    pub languages: Languages,
    /// The project folder.
    pub workspace: Arc<dyn Workspace>,
    /// Knows the time.
    pub clock: Arc<dyn Clock>,
    /// Hears what happens.
    pub reporter: Arc<dyn RunReporter>,
}

/// How far a run goes, and how broad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunOptions {
    /// The last phase that is done.
    pub until: Until,
    /// Attempts at an implementation; at least one.
    pub max_implementation_attempts: u32,
    /// Questions to models at the same time; at least one.
    pub max_open_calls: usize,
    /// Suites at the same time; at least one.
    pub max_open_suites: usize,
    /// The most tokens of one reply.
    pub max_output_tokens: u32,
    /// What draws canaries; without it there are none.
    pub canary_key: Option<CanaryKey>,
    /// The suites that follow from a contract and must pass, too.
    pub suites: Vec<RenderedSuite>,
}

impl Default for RunOptions {
    fn default() -> Self {
        Self {
            until: Until::AuthorTests,
            max_implementation_attempts: 3,
            max_open_calls: 4,
            max_open_suites: 2,
            max_output_tokens: 32_768,
            canary_key: None,
            suites: Vec::new(),
        }
    }
}

/// The last phase of a run: those of [`IMPLEMENTED`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Until {
    /// Only components.
    Decompose,
    /// Components and contracts.
    Contract,
    /// A plan: everything but code.
    AuthorTests,
    /// Code, judged.
    Implement,
    /// Everything.
    Certify,
}

impl Until {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [Self::Decompose, Self::Contract, Self::AuthorTests, Self::Implement, Self::Certify];

    /// Returns the phase.
    #[must_use]
    pub fn phase(self) -> Phase {
        IMPLEMENTED[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_can_stop_after_each_phase_that_exists() {
        assert_eq!(Until::ALL.map(Until::phase), IMPLEMENTED);
    }
}
