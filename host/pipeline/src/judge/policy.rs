//! What is judged, and how much it may cost.

use std::sync::Arc;

use pact_model::rendered_suite::RenderedSuite;
use pact_model::suite::SourceFile;

use super::CanaryKey;
use crate::ports::SplitRequest;

/// A suite to judge.
#[derive(Debug, Clone, Default)]
pub struct Suite {
    /// Everything below the suite's root.
    pub files: Arc<Vec<SourceFile>>,
    /// Third-party packages; no part of the suite.
    pub packages: Arc<Vec<SourceFile>>,
    /// Folders below the root that come first on the import path.
    pub import_paths: Vec<String>,
    /// The framework's own selection expression.
    pub keyword: Option<String>,
    /// When not empty: collect only these files or ids.
    pub paths: Vec<String>,
    /// Seeds all random numbers.
    pub seed: u64,
    /// When present: the tests run in an order drawn from this seed.
    pub shuffle: Option<u64>,
    /// When present: what the wall clock says at the start of each session, in seconds since 1970.
    pub clock_start: Option<u64>,
    /// When present: the tested code runs in an instance of its own, and `files` hold a proxy in its place.
    pub split: Option<Arc<SplitRequest>>,
    /// Why it is not split, where it could have been; for the verdict.
    pub shared_because: Vec<String>,
    /// When present: the ids of the tests that must pass, as they were collected when the suite was written.
    pub expected_ids: Option<Vec<String>>,
}

impl Suite {
    /// Whether the user selects by names of tests. Whole files are no names.
    pub(super) fn selects_by_name(&self) -> bool {
        let is_place = |path: &String| {
            let folder = path.trim_end_matches('/');
            let lies_in = |file: &SourceFile| file.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
            self.files.iter().any(|file| file.path == *path || lies_in(file))
        };
        self.keyword.is_some() || !self.paths.iter().all(is_place)
    }
}

/// How a suite is judged and what it may cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Fuel for all sessions of the suite together.
    pub suite_fuel: u64,
    /// Fuel for one test.
    pub test_fuel: u64,
    /// Sessions, the first included.
    pub max_sessions: usize,
    /// What becomes of test functions that were not collected.
    pub left_out: LeftOut,
    /// What draws canaries; without it there are none.
    pub canary_key: Option<CanaryKey>,
    /// Tests of a suite that are changed.
    pub canaries: u32,
    /// What must pass beside the suite that somebody wrote. Of components only.
    pub suites: Vec<RenderedSuite>,
    /// Whether sessions are profiled. What is profiled is not judged: see [`super::profile`].
    pub profile: bool,
}

impl Policy {
    /// A suite may burn 100 billion units: four tests that never end, judged in under a minute on a slow machine.
    pub const SUITE_FUEL: u64 = 100_000_000_000;
    /// A test may burn a quarter of that, tens of times what a slow unit test needs.
    pub const TEST_FUEL: u64 = 25_000_000_000;
    /// Starting a session costs the host some milliseconds that are not fuel; beyond this many the rest is not run.
    pub const MAX_SESSIONS: usize = 100;
    /// One canary would do against code that lets every test pass; three also meet code that spares one test or one file. Each
    /// costs a failing test and the same test once more. A split suite gets one: its code can reach no comparison.
    pub const CANARIES: u32 = 3;

    /// Returns the policy with another limit for the suite. One test may use a quarter of it, and of the default at least.
    #[must_use]
    pub fn with_suite_fuel(mut self, fuel: u64) -> Self {
        self.suite_fuel = fuel;
        self.test_fuel = (fuel / 4).max(Self::TEST_FUEL).min(fuel);
        self
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            suite_fuel: Self::SUITE_FUEL,
            test_fuel: Self::TEST_FUEL,
            max_sessions: Self::MAX_SESSIONS,
            left_out: LeftOut::ByFolder,
            canary_key: None,
            canaries: Self::CANARIES,
            suites: Vec::new(),
            profile: false,
        }
    }
}

/// What becomes of test functions that the parser finds and the runner did not collect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// Each must have been collected, and from a test file of the suite, unless the user selected: for suites whose settings
    /// are ours.
    Never,
    /// A folder of which *no* test file was collected counts as left out by the project's own settings (frameworks let a
    /// project name the folders that hold its tests) and is named in the check; so is each function that the runner says its
    /// settings deselected. A file or a function that is missing beside collected ones without a word is not: settings do
    /// not do that, tampering does.
    ByFolder,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_may_use_a_quarter_of_a_larger_limit_and_all_of_a_small_one() {
        let test_fuel = |fuel| Policy::default().with_suite_fuel(fuel).test_fuel;
        assert_eq!(test_fuel(8 * Policy::SUITE_FUEL), 2 * Policy::SUITE_FUEL);
        assert_eq!(test_fuel(Policy::SUITE_FUEL), Policy::TEST_FUEL);
        assert_eq!(test_fuel(1000), 1000);
    }
}
