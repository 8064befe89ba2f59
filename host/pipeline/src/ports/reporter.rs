//! The port to whoever watches a run: typed events, no words.

use pact_model::component_id::ComponentId;
use pact_model::finding::Finding;
use pact_model::phase::Phase;
use pact_model::verdict::Verdict;

use crate::judge;

/// Hears what happens in a run, as it happens. Nothing of it decides anything.
pub trait RunReporter: Send + Sync {
    /// Something happened. Components work at the same time, so events of different ones are mixed.
    fn report(&self, event: &RunEvent<'_>);

    /// Returns who hears of the tests of one component while they run.
    fn suite(&self, component: &ComponentId) -> Box<dyn judge::Reporter> {
        let _ = component;
        Box::new(judge::Silent)
    }
}

/// Something that happened in a run. Texts of findings and reasons may quote models and guests: untrusted.
#[derive(Debug, Clone)]
pub enum RunEvent<'run> {
    /// A phase began to work.
    Started {
        /// Which one.
        phase: Phase,
        /// On what; absent for the whole run.
        component: Option<&'run ComponentId>,
    },
    /// A phase is done.
    Finished {
        /// Which one.
        phase: Phase,
        /// On what; absent for the whole run.
        component: Option<&'run ComponentId>,
        /// How its result came about.
        source: Source,
    },
    /// A phase gave up: no attempt was good enough.
    GaveUp {
        /// Which one.
        phase: Phase,
        /// On what; absent for the whole run.
        component: Option<&'run ComponentId>,
        /// What the last attempt failed on.
        reasons: &'run [String],
    },
    /// A model is asked, or its stored reply is used again.
    Asked {
        /// The role.
        phase: Phase,
        /// About what; absent for the whole task.
        component: Option<&'run ComponentId>,
        /// Counts from one.
        attempt: u32,
        /// Whether the reply was stored already, so that nobody is asked.
        is_stored: bool,
    },
    /// An attempt is not good enough; the next one is told why.
    Rejected {
        /// The role.
        phase: Phase,
        /// About what; absent for the whole task.
        component: Option<&'run ComponentId>,
        /// Counts from one.
        attempt: u32,
        /// Why, one text per fault.
        reasons: &'run [String],
    },
    /// An implementation was judged.
    Judged {
        /// Whose.
        component: &'run ComponentId,
        /// Counts from one; zero for an implementation that pact did not write.
        attempt: u32,
        /// The judgement with its evidence.
        verdict: &'run Verdict,
    },
    /// Validation found something that does not stop the run.
    Warned {
        /// What.
        finding: &'run Finding,
    },
}

/// How the result of a phase came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// It was made now.
    Made,
    /// It lay on disk, and what it was made from has not changed.
    Kept,
    /// It lies on disk as a person wrote it, and pact leaves it alone.
    Edited,
}
