//! What became of a changed test.

use pact_model::suite::{Location, Outcome};

use super::Planted;
use crate::judge::record::{Entry, Record};

/// A changed test and what became of it.
#[derive(Debug)]
pub(in crate::judge) struct Sighting {
    /// The test, as the runner names its function.
    pub(in crate::judge) function: String,
    /// Whether each of its cases passed as it was written.
    pub(in crate::judge) passes_as_written: bool,
    pub(in crate::judge) sight: Sight,
}

/// What a changed test did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::judge) enum Sight {
    /// It failed where its expected value was changed.
    Failed,
    /// It did not compare as its source says. The words go after the test's name.
    Void(&'static str),
    /// It says nothing by itself: another changed test may be why. The words go after the test's name.
    Unclear(&'static str),
}

/// Says what became of each canary that the suite's own settings did not leave out.
pub(super) fn sightings(planted: &Planted, with: &Record, apart: &Record) -> Vec<Sighting> {
    let cases = |record: &'_ Record, function: &str| -> Vec<usize> {
        let of_function = |(_, entry): &(usize, &Entry)| entry.case.function == function;
        record.entries.iter().enumerate().filter(of_function).map(|(at, _)| at).collect()
    };
    let mut found = Vec::new();
    for (path, canary) in &planted.placed {
        let (mut changed, mut written) = (cases(with, &canary.function), cases(apart, &canary.function));
        // A case that ends by a mark of its own, as written and as changed, does not compare: a fixture's case may be skipped.
        let marked: Vec<&str> = written.iter().filter_map(|at| ended_by_mark(apart.entries.get(*at)?)).collect();
        let is_left = |record: &Record, at: usize| {
            let id = record.entries.get(at).and_then(ended_by_mark);
            id.is_none_or(|id| !marked.contains(&id))
        };
        changed.retain(|at| is_left(with, *at));
        written.retain(|at| is_left(apart, *at));
        if changed.is_empty() {
            continue;
        }
        let outcomes = |record: &Record, places: &[usize]| -> Vec<Option<(Outcome, Option<Location>)>> {
            let entries = places.iter().filter_map(|at| record.entries.get(*at));
            entries.map(|entry| Some((entry.report.as_ref()?.outcome, entry.raised_at.clone()))).collect()
        };
        let has_passed = |outcome: &Option<(Outcome, _)>| matches!(outcome, Some((Outcome::Passed, _)));
        let as_written = outcomes(apart, &written);
        let lines = canary.first_line..=canary.last_line;
        let is_place = |at: &Location| at.path == *path && lines.contains(&at.line);
        let sight = if changed.len() == written.len() || written.is_empty() {
            sight(&outcomes(with, &changed), canary.every_case, is_place)
        } else {
            Sight::Unclear("has other cases among all tests than apart from them")
        };
        let passes_as_written = !as_written.is_empty() && as_written.iter().all(has_passed);
        found.push(Sighting { function: canary.function.clone(), passes_as_written, sight });
    }
    found
}

/// The id of a case that was skipped, or failed as expected.
fn ended_by_mark(entry: &Entry) -> Option<&str> {
    let outcome = entry.report.as_ref()?.outcome;
    matches!(outcome, Outcome::Skipped | Outcome::Xfailed).then_some(entry.case.id.as_str())
}

fn sight(
    cases: &[Option<(Outcome, Option<Location>)>],
    every_case: bool,
    is_place: impl Fn(&Location) -> bool,
) -> Sight {
    let (mut failed, mut passed) = (0, 0);
    for case in cases {
        match case {
            Some((Outcome::Failed, Some(at))) if is_place(at) => failed += 1,
            Some((Outcome::Passed | Outcome::Xpassed, _)) => passed += 1,
            Some((Outcome::Skipped, _)) => return Sight::Void("was skipped although the test itself runs"),
            Some((Outcome::Xfailed, _)) => {
                return Sight::Void("failed as expected, although the test itself expects no failure");
            }
            Some((Outcome::Failed, Some(_))) => {
                return Sight::Unclear("failed elsewhere than where its expected value was changed");
            }
            Some((Outcome::Failed, None)) => return Sight::Unclear("failed, and nobody says where"),
            Some((Outcome::Error, _)) | None => {
                return Sight::Unclear("ended with an error instead of a failed comparison");
            }
        }
    }
    if failed == 0 || (every_case && passed > 0) {
        return Sight::Void("passed although its expected value was changed");
    }
    Sight::Failed
}
