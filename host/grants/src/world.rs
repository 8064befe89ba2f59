//! The worlds of the plugin interface that this pact runs, and what each may import.
//!
//! The WIT files in `wit/v0` are the source; a test in the runtime compares this table with them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::capability::Capability;

/// A world of `pact:plugin@0.1.0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum World {
    /// Parses and renders one language.
    LanguageBackend,
    /// Executes the tests of one language.
    TestRunner,
    /// Executes the tests of one language, and can hold the tested code in an instance of its own.
    SplitRunner,
    /// Speaks to a model.
    LlmProvider,
    /// Judges facts about sources.
    Assessor,
}

impl World {
    /// Every world, in the order of the documentation.
    pub const ALL: [Self; 5] =
        [Self::LanguageBackend, Self::TestRunner, Self::SplitRunner, Self::LlmProvider, Self::Assessor];

    /// Returns whether a plugin of this world executes tests.
    #[must_use]
    pub fn runs_tests(self) -> bool {
        matches!(self, Self::TestRunner | Self::SplitRunner)
    }

    /// Returns the name as the WIT file spells it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::LanguageBackend => "language-backend",
            Self::TestRunner => "test-runner",
            Self::SplitRunner => "split-runner",
            Self::LlmProvider => "llm-provider",
            Self::Assessor => "assessor",
        }
    }

    /// Returns the interfaces that a plugin of this world must export.
    #[must_use]
    pub fn exports(self) -> &'static [&'static str] {
        match self {
            Self::LanguageBackend => &["backend"],
            Self::TestRunner => &["runner"],
            Self::SplitRunner => &["runner", "tested"],
            Self::LlmProvider => &["provider"],
            Self::Assessor => &["assessment"],
        }
    }

    /// Returns the interfaces that a plugin of this world may import, each with the capability that it needs.
    ///
    /// `None` means that the world itself is the grant: the interface reaches nothing outside the session.
    #[must_use]
    pub fn imports(self) -> &'static [(&'static str, Option<Capability>)] {
        match self {
            // `facts`, `tests`, `values` and `messages` hold types only; they are listed because a component names them as imports.
            Self::LanguageBackend | Self::Assessor => &[("log", None), ("facts", None)],
            Self::TestRunner => &[("log", None), ("observe", None), ("profile", None), ("tests", None)],
            Self::SplitRunner => &[
                ("log", None),
                ("observe", None),
                ("profile", None),
                ("tests", None),
                ("values", None),
                ("messages", None),
                ("peer", None),
            ],
            Self::LlmProvider => &[("log", None), ("workspace", Some(Capability::WorkspaceRead))],
        }
    }
}

impl fmt::Display for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A world that this pact does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "no world is named `{0}`; this pact runs language-backend, test-runner, split-runner, llm-provider and assessor"
)]
pub struct UnknownWorld(pub String);

impl FromStr for World {
    type Err = UnknownWorld;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|world| world.name() == text).ok_or_else(|| UnknownWorld(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_world_is_found_by_its_name_and_an_unknown_one_is_told_all_names() {
        for world in World::ALL {
            assert_eq!(world.name().parse(), Ok(world));
        }
        let message = "assessors".parse::<World>().unwrap_err().to_string();
        assert!(World::ALL.iter().all(|world| message.contains(world.name())), "{message}");
    }

    #[test]
    fn an_assessor_reaches_nothing_outside_its_session() {
        assert!(World::Assessor.imports().iter().all(|(_, needs)| needs.is_none()));
    }
}
