//! Finds the tests of a file as vitest and `node:test` would collect them, without running it, with the marks that let them
//! skip or fail.
//!
//! A test is known by the names of its suites and its own, joined with ` > `; one that repeats an id has `#2`, `#3` and so on
//! behind it. A test with a table (`.each`, `.for`) is one function, named by its template. Names that are computed are not
//! guessed: such a test is listed as it is written, and nobody expects it under that id.

use oxc_allocator::Allocator;

use crate::source::{Source, SyntaxError};

mod collection;
pub(crate) mod definition;
mod marks;
pub(crate) mod title;

/// What a test file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestListing {
    /// In the order of the source.
    pub functions: Vec<TestFunction>,
    /// All marks that are calls, wherever they stand, and those that stand at tests whose names are computed.
    pub calls: Vec<Mark>,
}

/// One test function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestFunction {
    /// `path::suite > name`.
    pub id: String,
    /// Whether the framework must collect it.
    pub certainty: Certainty,
    /// The line in which its definition begins.
    pub first_line: u32,
    /// The line of its name.
    pub definition_line: u32,
    /// The line in which it ends.
    pub last_line: u32,
    /// Declared with `async`.
    pub is_async: bool,
    /// It has a table of cases.
    pub is_parametrised: bool,
    /// The declared marks that apply to it.
    pub marks: Vec<Mark>,
}

/// Whether the framework collects a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// Defined unconditionally.
    Defined,
    /// Defined inside a condition, a loop, a function or a `try`.
    Conditional,
    /// Its name, or that of a suite round it, is computed.
    Bound,
}

/// What a mark permits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    /// Skipped always.
    Skip,
    /// Skipped under a condition.
    SkipIf,
    /// Expected to fail.
    Xfail,
}

/// How a mark is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkForm {
    /// The framework applies it before the test runs.
    Declared,
    /// Code of the file does it while it runs.
    Called,
}

/// A mark with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What it permits.
    pub kind: MarkKind,
    /// How it is written.
    pub form: MarkForm,
    /// As it is written, without arguments.
    pub text: String,
    /// The first line.
    pub first_line: u32,
    /// The last line.
    pub last_line: u32,
}

pub(crate) use collection::list;

/// Lists the tests of a file. `path` begins the ids.
pub fn list_tests(path: &str, text: &str) -> Result<TestListing, Vec<SyntaxError>> {
    let allocator = Allocator::default();
    Ok(collection::list(&Source::parse(&allocator, path, text)?))
}

#[cfg(test)]
mod tests;
