//! Finds the tests of a file as pytest would collect them, without running it, with the marks that let them skip or fail.
//!
//! pytest's defaults are followed: functions `test*`, methods `test*` of classes `Test*` that have no constructor, nested
//! `Test*` classes, and of every `unittest.TestCase` the methods `test*` (or `runTest` alone). Inheritance is followed within
//! the file. Not for counting cases: parameters may be computed, so a parametrised test is one function.

use crate::source::bindings::Bindings;
use crate::source::{Source, SyntaxError};

mod collection;
mod marks;

pub use crate::source::namespace::Certainty;
pub use marks::{Mark, MarkForm, MarkKind};

/// What a test file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestListing {
    /// In the order of the source.
    pub functions: Vec<TestFunction>,
    /// All marks that are calls, wherever they stand.
    pub calls: Vec<Mark>,
    /// The marks on cases of fixtures' parameters, each with the lines of the fixture's decorators.
    pub fixtures: Vec<Mark>,
    /// A call or mark at the top level may skip the file.
    pub skips_module: bool,
}

/// One test function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestFunction {
    /// `path::Class::name`.
    pub id: String,
    /// Whether the framework must collect it.
    pub certainty: Certainty,
    /// The first decorator's line.
    pub first_line: u32,
    /// The line of its name.
    pub definition_line: u32,
    /// The line in which it ends.
    pub last_line: u32,
    /// Declared with `async`.
    pub is_async: bool,
    /// `pytest.mark.parametrize` applies to it.
    pub is_parametrised: bool,
    /// The declared marks that apply to it.
    pub marks: Vec<Mark>,
}

/// Lists the tests of a file. `path` begins the ids.
pub fn list_tests(path: &str, text: &str) -> Result<TestListing, Vec<SyntaxError>> {
    Ok(list(&Source::parse(path, text)?))
}

/// Lists the tests of a file that has been parsed.
pub(crate) fn list(source: &Source) -> TestListing {
    let bindings = Bindings::of(source.body(), "");
    let marks = marks::Marks::new(source, &bindings);
    let functions = collection::Collection::new(source, &bindings, &marks).functions();
    let (calls, skips_module) = marks.calls();
    TestListing { functions, calls, fixtures: marks.of_fixtures(), skips_module }
}

#[cfg(test)]
mod tests;
