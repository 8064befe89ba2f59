//! Which files a runner takes for tests, by the patterns that it says. The host spells no such pattern itself.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::ports::{PluginFault, RunnerInfo};

/// Tells which files a runner reads as tests or as their settings.
#[derive(Debug, Clone)]
pub struct TestFiles {
    /// Patterns without `/`: they say the name of a file, in whatever folder.
    names: GlobSet,
    /// Patterns with `/`: they say the whole path.
    paths: GlobSet,
}

impl TestFiles {
    /// Reads the patterns of a runner.
    ///
    /// # Errors
    /// [`PluginFault`] when one is no glob pattern: the runner's fault.
    pub fn of_runner(info: &RunnerInfo) -> Result<Self, PluginFault> {
        Self::new(&info.test_patterns).map_err(|error| PluginFault {
            plugin: info.plugin.clone(),
            call: "runner.describe".to_owned(),
            reason: error.to_string(),
            receipt: None,
        })
    }

    /// Reads patterns.
    ///
    /// # Errors
    /// When one is no glob pattern.
    pub fn new(patterns: &[String]) -> Result<Self, globset::Error> {
        let (paths, names): (Vec<&String>, Vec<&String>) = patterns.iter().partition(|pattern| pattern.contains('/'));
        let set = |patterns: Vec<&String>| {
            let mut set = GlobSetBuilder::new();
            for pattern in patterns {
                set.add(GlobBuilder::new(pattern).literal_separator(true).build()?);
            }
            set.build()
        };
        Ok(Self { names: set(names)?, paths: set(paths)? })
    }

    /// Whether a file holds tests.
    #[must_use]
    pub fn holds(&self, path: &str) -> bool {
        self.names.is_match(path.rsplit('/').next().unwrap_or(path)) || self.paths.is_match(path)
    }

    /// Whether a file holds tests on any machine: some file systems do not tell `A` from `a`.
    #[must_use]
    pub fn may_hold(&self, path: &str) -> bool {
        self.holds(path) || self.holds(&path.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_without_a_slash_holds_in_every_folder() {
        let tests = TestFiles::new(&["check_*.x".to_owned(), "spec/*.y".to_owned()]).unwrap();
        for path in ["check_a.x", "a/b/check_a.x", "spec/a.y"] {
            assert!(tests.holds(path), "{path}");
        }
        for path in ["check_a.xx", "check_/a.x", "a/spec/a.y", "spec/b/a.y", "recheck_a.x"] {
            assert!(!tests.holds(path), "{path}");
        }
    }

    #[test]
    fn capitals_do_not_hide_a_test() {
        let tests = TestFiles::new(&["check_*.x".to_owned()]).unwrap();
        assert!(tests.may_hold("a/Check_A.X") && !tests.holds("a/Check_A.X"));
    }

    #[test]
    fn a_pattern_that_is_none_is_the_runners_fault() {
        let info = RunnerInfo {
            plugin: "bad".to_owned(),
            language: String::new(),
            engine: String::new(),
            install_hint: String::new(),
            test_patterns: vec!["[".to_owned()],
            can_split: false,
        };
        let fault = TestFiles::of_runner(&info).unwrap_err();
        assert_eq!(fault.plugin, "bad");
    }
}
