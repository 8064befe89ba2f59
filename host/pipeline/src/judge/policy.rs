//! What is judged, and how much it may cost.

use std::sync::Arc;

use pact_model::suite::SourceFile;

/// A suite to judge.
#[derive(Debug, Clone)]
pub struct Suite {
    /// Everything below the suite's root.
    pub files: Arc<Vec<SourceFile>>,
    /// Third-party packages; no part of the suite.
    pub packages: Arc<Vec<SourceFile>>,
    /// Folders below the root that come first on the import path.
    pub import_paths: Vec<String>,
    /// The framework's own selection expression.
    pub keyword: Option<String>,
    /// Seeds all random numbers.
    pub seed: u64,
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
}

impl Policy {
    /// A suite may burn 100 billion units: four tests that never end, judged in under a minute on a slow machine.
    pub const SUITE_FUEL: u64 = 100_000_000_000;
    /// A test may burn a quarter of that, tens of times what a slow unit test needs.
    pub const TEST_FUEL: u64 = 25_000_000_000;
    /// Starting a session costs the host some milliseconds that are not fuel; beyond this many the rest is not run.
    pub const MAX_SESSIONS: usize = 100;

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
