//! What is different between TypeScript and JavaScript. Everything else is the same in both.

/// The language that a component is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Types in the source.
    TypeScript,
    /// Types in comments (`JSDoc`).
    JavaScript,
}

impl Dialect {
    /// Returns its name as the host and the runner know it.
    pub fn language(self) -> &'static str {
        match self {
            Self::TypeScript => "typescript",
            Self::JavaScript => "javascript",
        }
    }

    /// Returns its name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::TypeScript => "TypeScript",
            Self::JavaScript => "JavaScript",
        }
    }

    /// Returns the ending of a source file, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::TypeScript => "ts",
            Self::JavaScript => "js",
        }
    }
}
