//! Whether each skip and each expected failure is the doing of a mark in the source of the tests.
//!
//! Where a result was raised decides. A mark that *could* have applied proves nothing: its condition may not hold, and
//! tested code can raise the same exceptions.

use std::collections::HashMap;

use pact_model::suite::{DeclaredTest, Location, Mark, MarkKind, Outcome};
use pact_model::verdict::{Check, CheckName};

use super::declared::Declared;
use super::{Paths, name_some};
use crate::judge::record::{Entry, Record};

/// Every skip and every expected failure has its mark in the source of the tests. One that has not becomes a failure.
pub(in crate::judge) fn skip_marks(declared: &Declared, record: &mut Record) -> Check {
    let functions: HashMap<&str, Source<'_>> = declared
        .listings
        .iter()
        .flat_map(|(path, listing)| {
            listing.functions.iter().map(move |test| (test.function.as_str(), Source { path, test }))
        })
        .collect();
    let unread = Paths::new(declared.unread.keys().map(String::as_str));
    let (mut marked, mut unmarked, mut unreadable) = (0_usize, Vec::new(), None);
    for entry in &mut record.entries {
        let Some(outcome) = entry.report.as_ref().map(|report| report.outcome) else { continue };
        let source = functions.get(entry.case.function.as_str()).copied();
        let (is_marked, word) = match outcome {
            Outcome::Skipped => (may_skip(declared, source, entry), "skipped"),
            Outcome::Xfailed => (may_fail(declared, source, entry), "expected to fail"),
            _ => continue,
        };
        if is_marked {
            marked += 1;
            continue;
        }
        unmarked.push(entry.case.id.clone());
        let why = unread.file_of(&entry.case.function).and_then(|path| declared.unread.get_key_value(path));
        let why = why.map(|(path, why)| format!("`{path}` {why}, so its marks cannot be read"));
        fail_unmarked(entry, word, why.as_deref());
        unreadable = unreadable.or(why);
    }
    let unmarked: Vec<&str> = unmarked.iter().map(String::as_str).collect();
    let detail = if unmarked.is_empty() {
        format!("{marked} skips and expected failures, each with a mark in the test source")
    } else {
        let why = unreadable.map_or_else(String::new, |why| format!("; {why}"));
        format!("without a mark in the test source: {}{why}", name_some(&unmarked))
    };
    Check { name: CheckName::SkipMarks, held: unmarked.is_empty(), detail }
}

/// Where a test function is declared.
#[derive(Clone, Copy)]
struct Source<'a> {
    path: &'a str,
    test: &'a DeclaredTest,
}

impl Source<'_> {
    /// Whether a result was raised where frameworks put the doing of a mark: at the place under which the function was
    /// collected. What code raises while the test runs has its place in a body.
    fn is_head(self, entry: &Entry) -> bool {
        let collected_at = &entry.case.location;
        collected_at.path == self.path && entry.raised_at.as_ref() == Some(collected_at)
    }

    fn encloses(self, path: &str, call: &Mark) -> bool {
        self.path == path && encloses(self.test, call)
    }
}

/// A skip counts when a mark on the function or on a case of a fixture made it, or a call in the test file.
fn may_skip(declared: &Declared, source: Option<Source<'_>>, entry: &Entry) -> bool {
    let skips = |mark: &Mark| matches!(mark.kind, MarkKind::Skip | MarkKind::SkipIf);
    let is_marked = source.is_some_and(|source| source.is_head(entry) && source.test.marks.iter().any(skips));
    is_marked
        || is_of_fixture(declared, source, entry, skips)
        || called(declared, source, entry.raised_at.as_ref(), skips)
}

/// An expected failure counts when a mark on the function or on a case of a fixture made it, be it one that the function
/// puts on itself while it runs, or a call in the test file that ended it.
fn may_fail(declared: &Declared, source: Option<Source<'_>>, entry: &Entry) -> bool {
    let fails = |mark: &Mark| mark.kind == MarkKind::Xfail;
    let is_marked = source.is_some_and(|source| {
        let calls = declared.listings.get(source.path).into_iter().flat_map(|listing| &listing.calls);
        let marks_itself = calls.filter(|call| source.encloses(source.path, call)).any(fails);
        source.is_head(entry) && (marks_itself || source.test.marks.iter().any(fails))
    });
    is_marked
        || is_of_fixture(declared, source, entry, fails)
        || called(declared, source, entry.raised_at.as_ref(), fails)
}

/// Whether a mark on a case of a fixture's parameters made it. Frameworks put its doing at the first line of the fixture, which
/// runs when its file is imported: what is raised there then skips a file, and no test.
fn is_of_fixture(
    declared: &Declared,
    source: Option<Source<'_>>,
    entry: &Entry,
    allows: impl Fn(&Mark) -> bool,
) -> bool {
    let Some(at) = entry.raised_at.as_ref().filter(|_| source.is_some()) else { return false };
    let marks = declared.listings.get(&at.path).into_iter().flat_map(|listing| &listing.fixtures);
    marks.filter(|mark| mark.first_line == at.line).any(allows)
}

/// Whether a call raised it that this test can reach: one of its own, or one of a fixture or a helper. A call inside of
/// another test function is neither.
fn called(
    declared: &Declared,
    source: Option<Source<'_>>,
    at: Option<&Location>,
    allows: impl Fn(&Mark) -> bool,
) -> bool {
    let Some((at, listing)) = at.and_then(|at| Some((at, declared.listings.get(&at.path)?))) else { return false };
    let is_reached = |call: &Mark| {
        let is_own = source.is_some_and(|source| source.encloses(&at.path, call));
        is_own || !listing.functions.iter().any(|test| encloses(test, call))
    };
    let mut calls = listing.calls.iter().filter(|call| (call.first_line..=call.last_line).contains(&at.line));
    calls.any(|call| allows(call) && is_reached(call))
}

fn encloses(test: &DeclaredTest, call: &Mark) -> bool {
    test.first_line <= call.first_line && call.last_line <= test.last_line
}

fn fail_unmarked(entry: &mut Entry, word: &str, unread: Option<&str>) {
    let place = match &entry.raised_at {
        Some(at) => format!("raised at {}:{}", at.path, at.line),
        None => "raised at an unknown place".to_owned(),
    };
    if let Some(report) = &mut entry.report {
        let reason = std::mem::take(&mut report.message);
        report.outcome = Outcome::Failed;
        report.message = match unread {
            Some(unread) => format!("{word}, but {unread}: {reason}"),
            None => format!("{word}, but no mark in the source of the test says so ({place}): {reason}"),
        };
    }
}
