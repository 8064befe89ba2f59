//! Scopes: proof that an effect was granted, and how far it reaches.
//!
//! Only [`crate::decide`] makes a scope. A host function takes one, so that a function that forgot its check does not compile.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use serde::{Deserialize, Serialize};

/// Glob patterns of project files, relative to the project's root, with `/`.
///
/// `*` does not cross a `/`, `**` does. A pattern that is absolute, contains `..`, or is empty is refused.
#[derive(Debug, Clone)]
pub struct Patterns {
    texts: Vec<String>,
    set: GlobSet,
}

/// Why a list of patterns was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternsError {
    /// Nothing in it.
    #[error("a scope needs at least one pattern")]
    Empty,
    /// A pattern that could leave the project.
    #[error("pattern `{0}` must be relative to the project and must not contain `..` or a backslash")]
    Escapes(String),
    /// Not a glob.
    #[error("pattern `{pattern}` is no glob: {reason}")]
    Invalid {
        /// The pattern.
        pattern: String,
        /// What the parser says.
        reason: String,
    },
}

impl Patterns {
    /// Reads patterns as `plugin.toml` and `pact.yaml` spell them.
    ///
    /// # Errors
    /// [`PatternsError`] for an empty list, a pattern that could leave the project, or one that is no glob.
    pub fn parse<S: AsRef<str>>(texts: impl IntoIterator<Item = S>) -> Result<Self, PatternsError> {
        let texts: Vec<String> = texts.into_iter().map(|text| text.as_ref().to_owned()).collect();
        if texts.is_empty() {
            return Err(PatternsError::Empty);
        }
        let mut builder = GlobSetBuilder::new();
        for text in &texts {
            let leaves = text.starts_with('/') || text.contains('\\') || text.split('/').any(|part| part == "..");
            if text.is_empty() || leaves {
                return Err(PatternsError::Escapes(text.clone()));
            }
            let glob = GlobBuilder::new(text)
                .literal_separator(true)
                .build()
                .map_err(|error| PatternsError::Invalid { pattern: text.clone(), reason: error.kind().to_string() })?;
            builder.add(glob);
        }
        let set = builder
            .build()
            .map_err(|error| PatternsError::Invalid { pattern: texts.join(", "), reason: error.to_string() })?;
        Ok(Self { texts, set })
    }

    /// Tells whether a path relative to the project's root is inside.
    ///
    /// A path that is not in its plain form (`.` or `..` parts, doubled or leading `/`, a backslash, NUL) never is.
    #[must_use]
    pub fn allows(&self, path: &str) -> bool {
        is_plain(path) && self.set.is_match(path)
    }

    /// Returns the patterns as they were written.
    #[must_use]
    pub fn texts(&self) -> &[String] {
        &self.texts
    }
}

impl PartialEq for Patterns {
    fn eq(&self, other: &Self) -> bool {
        self.texts == other.texts
    }
}

impl Serialize for Patterns {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.texts.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Patterns {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum OneOrMany {
            One(String),
            Many(Vec<String>),
        }
        let texts = match OneOrMany::deserialize(deserializer)? {
            OneOrMany::One(text) => vec![text],
            OneOrMany::Many(texts) => texts,
        };
        Self::parse(texts).map_err(serde::de::Error::custom)
    }
}

/// Files of the project that a plugin may read: what it asked for and the user allowed.
#[derive(Debug, Clone)]
pub struct WorkspaceScope {
    asked: Patterns,
    granted: Patterns,
}

impl WorkspaceScope {
    // Not public outside the crate: a scope comes out of `decide` only.
    pub(crate) fn new(asked: Patterns, granted: Patterns) -> Self {
        Self { asked, granted }
    }

    /// Tells whether a path relative to the project's root may be read: both lists must allow it.
    #[must_use]
    pub fn allows(&self, path: &str) -> bool {
        self.asked.allows(path) && self.granted.allows(path)
    }

    /// Returns what the plugin asked for.
    #[must_use]
    pub fn asked(&self) -> &Patterns {
        &self.asked
    }

    /// Returns what the user allows.
    #[must_use]
    pub fn granted(&self) -> &Patterns {
        &self.granted
    }
}

fn is_plain(path: &str) -> bool {
    !path.contains(['\\', '\0']) && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_does_not_cross_a_folder() {
        let patterns = Patterns::parse(["src/*.py"]).unwrap();
        assert!(patterns.allows("src/a.py"));
        assert!(!patterns.allows("src/deep/a.py"));
        assert!(Patterns::parse(["src/**"]).unwrap().allows("src/deep/a.py"));
    }

    #[test]
    fn refuses_patterns_that_could_leave_the_project() {
        for text in ["/etc/*", "../x", "a/../b", "", "a\\b"] {
            assert_eq!(Patterns::parse([text]), Err(PatternsError::Escapes(text.to_owned())), "{text}");
        }
        assert_eq!(Patterns::parse(Vec::<String>::new()), Err(PatternsError::Empty));
    }

    #[test]
    fn never_allows_a_path_that_is_not_plain() {
        let all = Patterns::parse(["**"]).unwrap();
        assert!(all.allows("a/b"));
        for path in ["../a", "a/../b", "./a", "/a", "a//b", "a/", "a\\b", "a\0", ""] {
            assert!(!all.allows(path), "{path:?}");
        }
    }

    #[test]
    fn a_scope_allows_only_what_both_sides_allow() {
        let scope = WorkspaceScope::new(Patterns::parse(["src/**"]).unwrap(), Patterns::parse(["**/*.py"]).unwrap());
        assert!(scope.allows("src/a.py"));
        assert!(!scope.allows("src/secret.env"), "asked for, but not granted");
        assert!(!scope.allows("tests/a.py"), "granted, but not asked for");
    }
}
