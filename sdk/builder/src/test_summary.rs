//! Adds up the result lines of test programs. Whether the run as a whole failed is told by cargo, not by these numbers.

use std::fmt;

/// How many tests there were, over all test programs.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TestSummary {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl TestSummary {
    /// Counts a line if it is the last line of a test program: `test result: ok. 5 passed; 0 failed; ...`.
    pub(crate) fn line(&mut self, line: &str) {
        let Some((_, counts)) = line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". ")) else {
            return;
        };
        for part in counts.split(';') {
            let mut words = part.split_whitespace();
            if let (Some(count), Some(kind)) = (words.next(), words.next())
                && let Ok(count) = count.parse::<u64>()
            {
                match kind {
                    "passed" => self.passed += count,
                    "failed" => self.failed += count,
                    _ => {}
                }
            }
        }
    }
}

impl fmt::Display for TestSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_up_all_programs_and_nothing_else() {
        let mut summary = TestSummary::default();
        for line in [
            "running 3 tests",
            "test a ... ok",
            "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "printed by a test: 9 passed; 9 failed",
            "test result: FAILED. 2 passed; 3 failed; 0 ignored; 0 measured; 7 filtered out; finished in 1.20s",
        ] {
            summary.line(line);
        }
        assert_eq!(summary.to_string(), "7 passed, 3 failed");
    }
}
