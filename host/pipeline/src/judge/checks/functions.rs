//! Whether every test function of the source ran, and what was left out instead.

use std::collections::{BTreeSet, HashSet};

use pact_model::suite::Certainty;
use pact_model::verdict::{Check, CheckName};

use super::declared::Declared;
use super::{Paths, name_all, name_some};
use crate::judge::policy::LeftOut;
use crate::judge::record::Record;

/// Stands between what ran and what was left out.
const THEN: &str = "; ";

/// How many tests the runner says that a selection left out. The number is the guest's.
#[derive(Debug, Clone, Copy)]
pub(in crate::judge) struct Deselected {
    pub(in crate::judge) count: u32,
    /// Whether the user selected. If nobody did, settings or hooks of the suite left tests out.
    pub(in crate::judge) by_user: bool,
}

/// Every test function that the parser finds has at least one case that ran.
///
/// What the user's selection left out is known only by number, so that many functions may be missing. What a project's own
/// settings leave out is decided by [`LeftOut`] and always named: hooks of tested code can claim it as well.
pub(in crate::judge) fn expected_functions(
    declared: &Declared,
    record: &Record,
    deselected: Deselected,
    left_out: LeftOut,
) -> Check {
    let files = Paths::new(declared.listings.keys().map(String::as_str));
    let ran: HashSet<&str> = record.entries.iter().map(|entry| entry.case.function.as_str()).collect();
    let files_seen: HashSet<&str> = ran.iter().filter_map(|function| files.file_of(function)).collect();
    let folders_seen: HashSet<&str> = files_seen.iter().map(|path| folder(path)).collect();
    let (mut expected, mut missing, mut outside) = (0_usize, BTreeSet::new(), BTreeSet::new());
    for (path, listing) in &declared.listings {
        let functions = listing.functions.iter().filter(|test| test.certainty == Certainty::Defined);
        let functions: BTreeSet<&str> = functions.map(|test| test.function.as_str()).collect();
        // A file that skipped itself, as its source says it may, stands for its tests.
        if listing.skips_module && !functions.iter().any(|function| ran.contains(function)) {
            continue;
        }
        if !files_seen.contains(path.as_str()) && !functions.is_empty() {
            // With collection errors the verdict fails for a better reason than that their files brought no tests.
            if !record.collection_errors.is_empty() {
                continue;
            }
            if left_out == LeftOut::ByFolder && !folders_seen.contains(folder(path)) {
                outside.insert(path.as_str());
                continue;
            }
        }
        expected += functions.len();
        missing.extend(functions.into_iter().filter(|function| !ran.contains(function)));
    }
    let missing: Vec<&str> = missing.into_iter().collect();
    let outside: Vec<&str> = outside.into_iter().collect();
    // A file that cannot be parsed cannot be collected either: that error says it better.
    let unread = declared.unread.iter().filter(|_| record.collection_errors.is_empty());
    let unread: Vec<String> =
        unread.map(|(path, why)| format!("`{path}` {why}, so its tests cannot be compared")).collect();

    let claimed = usize::try_from(deselected.count).unwrap_or(usize::MAX);
    let is_strict = left_out == LeftOut::Never;
    let nobody_selected = is_strict && !deselected.by_user;
    let allowed = if nobody_selected { 0 } else { claimed };
    let unasked = nobody_selected && claimed > 0;
    let held = missing.len() <= allowed && !unasked && (!is_strict || unread.is_empty());

    let mut parts = Vec::new();
    if missing.len() > allowed {
        parts.push(format!("never ran: {}", name_some(&missing)));
    } else if missing.is_empty() {
        parts.push(format!("{expected} test functions in the source, all ran"));
    } else if deselected.by_user {
        parts.push(format!("{expected} test functions in the source, {} left out by selection", missing.len()));
    } else {
        parts.push(format!("{expected} test functions in the source, {} of them ran", expected - missing.len()));
        parts.push(format!("left out by the suite's own settings or hooks: {}", name_all(&missing)));
    }
    if unasked {
        parts.push(format!("the runner says that {claimed} tests were deselected, but nobody selected"));
    }
    if !outside.is_empty() {
        parts.push(format!("left out with their whole folder: {}", name_some(&outside)));
    }
    parts.extend(unread);
    Check { name: CheckName::ExpectedFunctions, held, detail: parts.join(THEN) }
}

/// Returns what a check that held says of tests that did not run or could not be compared, and nothing where all is
/// accounted for. People must see it: the tests that were left out are the ones that could have failed.
#[must_use]
pub fn left_out(check: &Check) -> Option<&str> {
    let is_held = check.held && check.name == CheckName::ExpectedFunctions;
    check.detail.split_once(THEN).map(|(_, rest)| rest).filter(|_| is_held)
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
