//! Tests with one expected value changed in place. Such a test must fail; where it passes, what runs the tests does not do
//! what their source says. Not for finding weak tests: what the author wrote says nothing about them.
//!
//! Whoever is tested must not know which tests these are. So no name and no line changes, and which tests and which values
//! is drawn from a key.

use oxc_allocator::Allocator;
use oxc_span::Span;
use pact_language_base::draw::Draw;

use crate::source::{Source, SyntaxError};

mod eligible;
mod literal;
mod state;
mod statement;
mod tables;

use eligible::Eligible;

/// A changed test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canary {
    /// The test, as it is listed.
    pub function: String,
    /// The first line of the statement that must fail.
    pub first_line: u32,
    /// Its last line.
    pub last_line: u32,
    /// Whether each case of the test must fail there. Else the value stands in a table of parameters: at least one case fails,
    /// and the others pass.
    pub every_case: bool,
}

/// A source with changed tests. Each of its lines is where the author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlantedSource {
    /// Its text.
    pub text: String,
    /// In the order of the source.
    pub canaries: Vec<Canary>,
}

/// Changes at most `count` tests. `path` begins the names.
pub fn plant(path: &str, text: &str, key: &[u8], count: u32) -> Result<PlantedSource, Vec<SyntaxError>> {
    let allocator = Allocator::default();
    let source = Source::parse(&allocator, path, text)?;
    let draw = Draw::new(key, path);
    let mut tests = eligible::tests(&source);
    tests.sort_by_cached_key(|test| draw.number(&["test", &test.id]));
    tests.truncate(usize::try_from(count).unwrap_or(usize::MAX));
    tests.sort_by_key(|test| test.line);
    let mut replacements = Vec::new();
    let mut canaries = Vec::new();
    for test in &tests {
        let (canary, replacement) = change(&draw, test, &source);
        canaries.push(canary);
        replacements.push(replacement);
    }
    // From the end, so that no place moves before its turn.
    replacements.sort_by_key(|(place, _)| std::cmp::Reverse(place.start));
    let mut text = text.to_owned();
    for (place, value) in replacements {
        text.replace_range(place.start as usize..place.end as usize, &value);
    }
    Ok(PlantedSource { text, canaries })
}

fn change(draw: &Draw<'_>, test: &Eligible, source: &Source<'_>) -> (Canary, (Span, String)) {
    let id = test.id.as_str();
    let statement = &test.statements[draw.below(&["statement", id], test.statements.len())];
    let change = &statement.changes[draw.below(&["value", id], statement.changes.len())];
    let canary = Canary {
        function: test.id.clone(),
        first_line: statement.first_line,
        last_line: statement.last_line,
        every_case: change.every_case,
    };
    (canary, (change.place, change.written(source, draw, id)))
}

#[cfg(test)]
mod tests;
