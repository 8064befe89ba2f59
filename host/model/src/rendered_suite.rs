//! Suites that follow from a contract alone: nobody writes them, and nobody can forget a case.

use serde::{Deserialize, Serialize};

use crate::verdict::CheckName;

/// What a rendered suite looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RenderedSuite {
    /// Whether the component has every export, with the parameters of the contract.
    Smoke,
    /// Whether the types that the component exports accept and refuse what their validators say.
    Validators,
    /// Whether each function reports its calls, under its key and with the classification of its data.
    Emission,
}

impl RenderedSuite {
    /// All of them, in the order in which they are judged.
    pub const ALL: [Self; 3] = [Self::Smoke, Self::Validators, Self::Emission];

    /// Returns its word: in `pact.yaml`, in documents, and of its check.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Smoke => "smoke",
            Self::Validators => "validators",
            Self::Emission => "emission",
        }
    }

    /// Returns the check that says whether it passed.
    #[must_use]
    pub fn check(self) -> CheckName {
        match self {
            Self::Smoke => CheckName::Smoke,
            Self::Validators => CheckName::Validators,
            Self::Emission => CheckName::Emission,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suite_and_its_check_have_one_word() {
        for suite in RenderedSuite::ALL {
            assert_eq!(serde_json::to_value(suite).expect("a word"), suite.as_str());
            assert_eq!(serde_json::to_value(suite.check()).expect("a word"), suite.as_str());
        }
    }
}
