//! The mechanical checks of a verdict. Each answers by name; none of them asks the tested code.
//!
//! Here is what needs no source: that events add up and that something passed. What the source of the tests says is
//! compared in [`functions`] and [`marks`], what was known before the run in [`expected_ids`] and [`canaries`].

mod canaries;
mod declared;
mod expected_ids;
mod functions;
mod marks;

use std::collections::{BTreeSet, HashSet};

use pact_model::effect::Effect;
use pact_model::suite::{FileRole, Outcome, SourceFile, TestCase};
use pact_model::verdict::{Check, CheckName};

use super::calls::Calls;
use super::policy::LeftOut;
use super::record::Record;

pub(super) use canaries::{canaries, no_canary_counted, passed_although_changed};
pub(super) use declared::declared;
pub(super) use expected_ids::expected_ids;
pub(super) use functions::{Deselected, expected_functions};
pub(super) use marks::skip_marks;

pub use canaries::without_canaries;
pub use functions::left_out;

/// A list in a check names so many; the rest is counted.
const NAMED: usize = 5;

/// Each collected test started once and ended with one typed result, and nothing else was said. Where the suite is ours,
/// each also comes from a test file of the suite: a test that the tested code brings along shows nothing.
pub(super) fn typed_results(record: &Record, files: &[SourceFile], left_out: LeftOut) -> Check {
    let without = record.entries.iter().filter(|entry| !entry.typed).map(|entry| entry.case.id.as_str());
    let without: Vec<&str> = without.collect();
    let foreign = match left_out {
        LeftOut::Never => foreign(record, files),
        LeftOut::ByFolder => Vec::new(),
    };
    let detail = if let Some(first) = record.breaches.first() {
        match record.breaches.len() {
            1 => first.clone(),
            more => format!("{first}; and {} more like it", more - 1),
        }
    } else if !foreign.is_empty() {
        format!("collected, but from no test file of the suite: {}", name_some(&foreign))
    } else if without.is_empty() {
        format!("{} collected, {} results", record.entries.len(), record.entries.len())
    } else {
        format!("no typed result of {}", name_some(&without))
    };
    let held = record.breaches.is_empty() && foreign.is_empty() && without.is_empty();
    Check { name: CheckName::TypedResults, held, detail }
}

/// At least one test passed. An expected failure is not a pass: a suite of nothing else has shown nothing.
pub(super) fn zero_tests(record: &Record) -> Check {
    let passed = record.entries.iter().filter_map(|entry| entry.report.as_ref());
    let passed = passed.filter(|report| matches!(report.outcome, Outcome::Passed | Outcome::Xpassed)).count();
    let detail = match (passed, record.entries.len()) {
        (0, 0) => "no test was collected".to_owned(),
        (0, collected) => format!("none of {collected} collected tests passed"),
        (passed, _) => format!("{passed} passed"),
    };
    Check { name: CheckName::ZeroTests, held: passed > 0, detail }
}

/// No function did what its contract does not say. The host knows which one ran: only in split isolation.
pub(super) fn side_effects(calls: &Calls) -> Check {
    let said = |(function, effect): (Option<&str>, Effect)| match function {
        Some(function) => format!("`{function}` {effect}"),
        None => format!("the component {effect} while it is imported"),
    };
    let violations: Vec<String> = calls.violations().map(said).collect();
    let detail = match violations.as_slice() {
        [] => "no function did what its contract does not say".to_owned(),
        some => {
            let named = some.get(..NAMED).unwrap_or(some).join(", ");
            let more = some.len().saturating_sub(NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("{named}{more}, which the contract does not say (`structured_side_effects`)")
        }
    };
    Check { name: CheckName::SideEffects, held: violations.is_empty(), detail }
}

/// Returns the cases that no test file of the suite holds. A case must have both its name and its place in one: a test
/// file can import a test from elsewhere, and then only the place tells.
fn foreign<'a>(record: &'a Record, files: &[SourceFile]) -> Vec<&'a str> {
    let tests = files.iter().filter(|file| file.role == FileRole::Test).map(|file| file.path.as_str());
    let tests = Paths::new(tests);
    let is_ours = |case: &TestCase| tests.contains(&case.location.path) && tests.file_of(&case.function).is_some();
    record.entries.iter().map(|entry| &entry.case).filter(|case| !is_ours(case)).map(|case| case.id.as_str()).collect()
}

/// Paths of files, to find the one with which the name of a test function begins.
struct Paths<'a> {
    paths: HashSet<&'a str>,
    /// Each length that a path has, the longest last.
    lengths: BTreeSet<usize>,
}

impl<'a> Paths<'a> {
    fn new(paths: impl Iterator<Item = &'a str>) -> Self {
        let paths: HashSet<&str> = paths.collect();
        let lengths = paths.iter().map(|path| path.len()).collect();
        Self { paths, lengths }
    }

    fn contains(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// Returns the longest path that begins the name: nothing here knows how a runner separates a path from what follows
    /// it. Only prefixes as long as some path are looked up, since a guest chooses how long its names are.
    fn file_of(&self, function: &str) -> Option<&'a str> {
        let mut prefixes = self.lengths.iter().rev().filter_map(|length| function.get(..*length));
        prefixes.find_map(|prefix| self.paths.get(prefix).copied())
    }
}

fn name_some(names: &[&str]) -> String {
    let mut text = name_all(names.get(..NAMED).unwrap_or(names));
    if names.len() > NAMED {
        text.push_str(&format!(" and {} more", names.len() - NAMED));
    }
    text
}

fn name_all(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_path_that_begins_a_name_is_its_file_however_long_the_name_is() {
        let paths = Paths::new(["t/a", "t/ab", "é"].into_iter());
        assert_eq!(paths.file_of("t/ab::one"), Some("t/ab"));
        assert_eq!(paths.file_of("t/a::one"), Some("t/a"));
        assert_eq!((paths.file_of("t/é"), paths.file_of("")), (None, None), "a length may end inside of a character");
        // Looking at every prefix of these would take hours.
        let long = format!("t/ab{}", "x".repeat(8 << 20));
        assert!((0..100).all(|_| paths.file_of(&long) == Some("t/ab")));
        assert_eq!(paths.file_of(long.trim_start_matches("t/")), None);
    }
}
