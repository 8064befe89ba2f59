//! Two runs of one suite, side by side: which tests ended differently, and which documented limit says why.

use std::{collections::BTreeMap, fmt, time::Duration};

use super::{
    list::{Explanation, List, Package},
    wildcard,
};

/// The outcome of a test that one of the two runs never had.
const ABSENT: &str = "not there";

/// The outcome of every test in a file that could not be imported. A file of this outcome stands for its tests.
pub(super) const NOT_COLLECTED: &str = "not collected";

/// What one run said.
#[derive(Debug, Default)]
pub(super) struct Outcomes {
    /// By test id, or by path for a file that was not collected.
    pub(super) tests: BTreeMap<String, Ended>,
    /// Checks of the host that did not hold, with their details.
    pub(super) broken_checks: Vec<(String, String)>,
    /// Start of the process to its end.
    pub(super) took: Duration,
}

/// How a test ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ended {
    /// passed, failed, error, skipped, xfailed, xpassed, or [`NOT_COLLECTED`].
    pub(super) outcome: String,
    /// Text of the suite: one line, and not to be printed as it is.
    pub(super) message: String,
}

/// A test that ended differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) id: String,
    pub(super) native: Ended,
    pub(super) sandbox: Ended,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, native, sandbox } = self;
        let why = if sandbox.message.is_empty() { &native.message } else { &sandbox.message };
        write!(f, "{}: {} natively, {} in the sandbox", plain(id), native.outcome, sandbox.outcome)?;
        if why.is_empty() { Ok(()) } else { write!(f, ": {}", plain(why)) }
    }
}

/// What came of one package.
#[derive(Debug)]
pub(super) struct Comparison {
    pub(super) name: String,
    /// Ids that either run had.
    pub(super) tests: usize,
    pub(super) same: usize,
    /// Differences by the name of the limit that explains them.
    pub(super) explained: BTreeMap<String, Vec<Difference>>,
    pub(super) unexplained: Vec<Difference>,
    /// Limits and patterns of the entries that explained nothing.
    pub(super) idle: Vec<(String, Vec<String>)>,
    pub(super) native: Duration,
    pub(super) sandbox: Duration,
}

impl Comparison {
    /// Returns how many times as long the sandbox took.
    pub(super) fn ratio(&self) -> f64 {
        self.sandbox.as_secs_f64() / self.native.as_secs_f64()
    }

    /// Returns how many tests ended differently. A check that did not hold is no test.
    pub(super) fn different(&self) -> usize {
        self.tests - self.same
    }
}

/// Compares two runs of a package.
pub(super) fn compare(list: &List, package: &Package, native: &Outcomes, sandbox: &Outcomes) -> Comparison {
    let mut ids: Vec<&String> = native.tests.keys().chain(sandbox.tests.keys()).collect();
    ids.sort();
    ids.dedup();
    // A file that the sandbox could not collect is no test: its tests are, where they are known natively.
    let has_tests =
        |file: &str| native.tests.keys().any(|id| id.strip_prefix(file).is_some_and(|id| id.starts_with("::")));
    ids.retain(|id| is_test(id, sandbox) || !has_tests(id));
    let mut differences = Vec::new();
    for id in &ids {
        let (native, sandbox) = (ended(id, native), ended(id, sandbox));
        if native.outcome != sandbox.outcome {
            differences.push(Difference { id: (*id).clone(), native, sandbox });
        }
    }
    let same = ids.len() - differences.len();
    differences.extend(sandbox.broken_checks.iter().map(|(check, detail)| Difference {
        id: format!("check {check}"),
        native: Ended { outcome: ABSENT.to_owned(), message: String::new() },
        sandbox: Ended { outcome: "did not hold".to_owned(), message: detail.clone() },
    }));

    let mut explained: BTreeMap<String, Vec<Difference>> = BTreeMap::new();
    let mut unexplained = Vec::new();
    let mut used = vec![false; package.differences.len()];
    for difference in differences {
        match package.differences.iter().position(|entry| explains(entry, &difference)) {
            Some(entry) => {
                used[entry] = true;
                explained.entry(package.differences[entry].limit.clone()).or_default().push(difference);
            }
            None => unexplained.push(difference),
        }
    }
    debug_assert!(explained.keys().all(|limit| list.limit(limit).is_some()));
    let idle = package.differences.iter().zip(used).filter(|(_, used)| !used);
    let idle = idle.map(|(entry, _)| (entry.limit.clone(), entry.tests.clone())).collect();
    Comparison {
        name: package.name.clone(),
        tests: ids.len(),
        same,
        explained,
        unexplained,
        idle,
        native: native.took,
        sandbox: sandbox.took,
    }
}

fn is_test(id: &str, outcomes: &Outcomes) -> bool {
    outcomes.tests.get(id).is_none_or(|ended| ended.outcome != NOT_COLLECTED)
}

fn ended(id: &str, outcomes: &Outcomes) -> Ended {
    let file = id.split_once("::").map_or(id, |(file, _)| file);
    let of_file = || outcomes.tests.get(file).filter(|ended| ended.outcome == NOT_COLLECTED);
    let absent = || Ended { outcome: ABSENT.to_owned(), message: String::new() };
    outcomes.tests.get(id).or_else(of_file).cloned().unwrap_or_else(absent)
}

fn explains(entry: &Explanation, difference: &Difference) -> bool {
    let is_named = entry.tests.iter().any(|pattern| wildcard::matches(pattern, &difference.id));
    let says = |words: &String| {
        [&difference.native, &difference.sandbox].iter().any(|ended| ended.message.contains(words.as_str()))
    };
    is_named && entry.message.as_ref().is_none_or(says)
}

/// Returns text of a suite in a form that a terminal and a page can be given.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .flat_map(|c| if c.is_ascii_graphic() || c == ' ' { vec![c] } else { c.escape_unicode().collect() })
        .collect()
}

#[cfg(test)]
mod tests;
