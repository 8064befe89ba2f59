//! Copies of tests with one expected value changed. Such a copy must fail; where it passes, or where it is missed, what runs
//! the tests does not do what their source says. Not for finding weak tests: the unchanged one says nothing about them.
//!
//! Whoever is tested must not know which tests these are, so everything is drawn from a key: the tests, the values, the names
//! and the order.

use crate::source::{Source, SyntaxError};

mod draw;
mod eligible;
mod lines;
mod literal;
mod makers;
mod naming;
mod state;
mod statement;

use draw::Draw;
use eligible::Eligible;
use lines::{Block, Replacement, Rewriting};
use naming::Names;

/// A test and its changed copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twin {
    /// The author's test, as it is listed in the author's source.
    pub original: String,
    /// The unchanged test, as it is listed in the twinned source.
    pub unchanged: String,
    /// The changed one, likewise.
    pub changed: String,
    /// The first line of the statement that must fail, in the twinned source.
    pub first_line: u32,
    /// Its last line.
    pub last_line: u32,
}

/// Lines that follow each other in both sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineRun {
    /// The first one in the twinned source.
    pub twinned: u32,
    /// The author's line that it was.
    pub original: u32,
    /// How many.
    pub count: u32,
}

/// A source with twins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwinnedSource {
    /// Its text.
    pub text: String,
    /// In the order of the source.
    pub twins: Vec<Twin>,
    /// For every line of the text, where it comes from.
    pub lines: Vec<LineRun>,
}

/// Adds twins of at most `count` tests. `path` begins the names.
pub fn twin_tests(path: &str, text: &str, key: &[u8], count: u32) -> Result<TwinnedSource, Vec<SyntaxError>> {
    let source = Source::parse(path, text)?;
    let draw = Draw::new(key, path);
    let mut tests = eligible::tests(&source);
    tests.sort_by_cached_key(|test| draw.number(&["test", &test.id]));
    tests.truncate(usize::try_from(count).unwrap_or(usize::MAX));
    tests.sort_by_key(|test| test.first_line);
    let mut names = Names::of(&source);
    let mut rewriting = Rewriting::new(text);
    let mut twins = Vec::new();
    for test in &tests {
        // Without a free name there is no copy.
        if let Some(name) = names.draw(&draw, &test.id, test.function.name.as_str()) {
            twins.push(add(&draw, test, &name, &source, &mut rewriting));
        }
    }
    let (text, lines) = rewriting.finish();
    Ok(TwinnedSource { text, twins, lines })
}

/// Writes a test twice.
fn add(draw: &Draw, test: &Eligible, name: &str, source: &Source, rewriting: &mut Rewriting) -> Twin {
    let id = test.id.as_str();
    let statement = &test.statements[draw.below(&["statement", id], test.statements.len())];
    let change = &statement.changes[draw.below(&["value", id], statement.changes.len())];
    let changing = Replacement { range: change.range, text: change.written(source, draw, id) };
    let naming = Replacement { range: test.function.name.range, text: name.to_owned() };
    let (is_changed_renamed, is_changed_first) =
        (draw.below(&["bearer", id], 2) == 0, draw.below(&["order", id], 2) == 0);
    let unchanged: Vec<&Replacement> = (!is_changed_renamed).then_some(&naming).into_iter().collect();
    let changed: Vec<&Replacement> =
        is_changed_renamed.then_some(&naming).into_iter().chain(std::iter::once(&changing)).collect();
    let block = Block { first_line: test.first_line, last_line: test.last_line, gap: &test.gap };
    let begins = if is_changed_first {
        rewriting.write_twice(&block, &changed, &unchanged).0
    } else {
        rewriting.write_twice(&block, &unchanged, &changed).1
    };
    let new = match id.rsplit_once("::") {
        Some((round, _)) => format!("{round}::{name}"),
        None => name.to_owned(),
    };
    let (unchanged, changed) = if is_changed_renamed { (test.id.clone(), new) } else { (new, test.id.clone()) };
    Twin {
        original: test.id.clone(),
        unchanged,
        changed,
        first_line: begins + statement.first_line - test.first_line,
        last_line: begins + statement.last_line - test.first_line,
    }
}

#[cfg(test)]
mod tests;
