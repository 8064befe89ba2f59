//! A component's code, as files by value.

use serde::{Deserialize, Serialize};

/// The files of one component's code.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Implementation {
    /// Sorted by path; paths are unique.
    pub files: Vec<ImplementationFile>,
}

impl Implementation {
    /// Takes files in any order.
    #[must_use]
    pub fn new(mut files: Vec<ImplementationFile>) -> Self {
        files.sort_by(|left, right| left.path.cmp(&right.path));
        Self { files }
    }

    /// Answers whether there is no file at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// One source file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImplementationFile {
    /// Relative to the project's root, with `/`.
    pub path: String,
    /// The whole text.
    pub content: String,
}
