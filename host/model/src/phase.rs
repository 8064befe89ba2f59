//! The phases of a run. One word per phase, everywhere: files, events, options, state.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A phase of a run or of one component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Questions about the task.
    Interview,
    /// The task in outline, with what it leaves out.
    Shape,
    /// The task becomes components.
    Decompose,
    /// A component gets its interface.
    Contract,
    /// A contract gets its tests.
    AuthorTests,
    /// A component gets its code.
    #[serde(alias = "preflight")]
    Implement,
    /// Components meet each other.
    Integrate,
    /// Hidden tests and regressions.
    Polish,
    /// A person or another program lets the result through.
    #[serde(alias = "arbiter")]
    Gate,
    /// What was judged is written down.
    Certify,
    /// What was learnt is written down.
    Retrospective,
    /// A failure is traced to the phase that caused it. Beside the order: it leads back into it.
    Diagnose,
}

impl Phase {
    /// The phases in the order in which a run goes through them. [`Phase::Diagnose`] is beside it.
    pub const ORDER: [Self; 11] = [
        Self::Interview,
        Self::Shape,
        Self::Decompose,
        Self::Contract,
        Self::AuthorTests,
        Self::Implement,
        Self::Integrate,
        Self::Polish,
        Self::Gate,
        Self::Certify,
        Self::Retrospective,
    ];

    /// Returns the phase's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Interview => "interview",
            Self::Shape => "shape",
            Self::Decompose => "decompose",
            Self::Contract => "contract",
            Self::AuthorTests => "author_tests",
            Self::Implement => "implement",
            Self::Integrate => "integrate",
            Self::Polish => "polish",
            Self::Gate => "gate",
            Self::Certify => "certify",
            Self::Retrospective => "retrospective",
            Self::Diagnose => "diagnose",
        }
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phase_has_the_same_word_in_json_and_in_words() {
        for phase in Phase::ORDER.into_iter().chain([Phase::Diagnose]) {
            assert_eq!(serde_json::to_string(&phase).expect("a word"), format!("\"{phase}\""));
        }
    }

    #[test]
    fn words_of_the_reference_are_read_as_ours() {
        assert_eq!(serde_json::from_str::<Phase>("\"preflight\"").expect("known"), Phase::Implement);
        assert_eq!(serde_json::from_str::<Phase>("\"arbiter\"").expect("known"), Phase::Gate);
    }
}
