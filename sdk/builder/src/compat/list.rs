//! `tests/compat/packages.toml`: the packages, what their suites need, and which limit explains which difference.

use std::{collections::BTreeSet, fs, path::Path};

use serde::Deserialize;

use super::CompatError;
use crate::cache::CacheError;

/// The whole list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    /// The native version of Python, as `3.11`, for which the entries with a limit `by_version` were written.
    pub(super) python: String,
    /// Everything that may explain a difference.
    #[serde(rename = "limit")]
    pub(super) limits: Vec<Limit>,
    /// Wheels that suites import beside the package itself.
    #[serde(rename = "wheel", default)]
    pub(super) wheels: Vec<Wheel>,
    #[serde(rename = "package")]
    pub(super) packages: Vec<Package>,
    /// Packages that were tried and say nothing yet.
    #[serde(default)]
    pub(super) omitted: Vec<Omitted>,
}

/// A package without a comparison.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Omitted {
    pub(super) name: String,
    pub(super) reason: String,
}

/// A documented limit.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Limit {
    pub(super) name: String,
    /// What it comes to, for the page.
    pub(super) summary: String,
    /// A file of the clone and the anchor of one of its headings: `docs/capabilities.md#limits`.
    pub(super) at: String,
    /// Words that stand below this heading. Line breaks do not count.
    pub(super) says: String,
    /// Whether it is the version of Python: with another native version its entries may explain nothing.
    #[serde(default)]
    pub(super) by_version: bool,
}

/// A pure wheel at a version.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wheel {
    pub(super) name: String,
    pub(super) version: String,
    /// SHA-256 in hexadecimal.
    pub(super) sha256: String,
}

/// A package whose suite is run.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Package {
    pub(super) name: String,
    pub(super) version: String,
    /// What its suite is written in. One in JavaScript is fetched as `tests/compat/npm` says.
    #[serde(default)]
    pub(super) language: Language,
    /// Of Python: SHA-256 of the source package, which holds the tests.
    pub(super) sdist: Option<String>,
    /// SHA-256 of the pure wheel, which the tests import unless a copy lies at the root of the source package.
    pub(super) wheel: Option<String>,
    /// Where there is no pure wheel: the folder of the source package that the tests import from.
    pub(super) import_path: Option<String>,
    /// Of JavaScript: whether its tests use vitest's names without importing them.
    #[serde(default)]
    pub(super) globals: bool,
    /// Names of wheels, or of other packages of this list; in JavaScript of packages of `tests/compat/npm`.
    #[serde(default)]
    pub(super) needs: Vec<String>,
    /// What is left out of both runs.
    pub(super) deselect: Option<Deselect>,
    /// Units of fuel for the suite, where the default is too little.
    pub(super) fuel: Option<u64>,
    #[serde(default)]
    pub(super) differences: Vec<Explanation>,
}

/// A language of suites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Language {
    #[default]
    Python,
    /// And TypeScript.
    JavaScript,
}

/// Tests that no run could compare.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Deselect {
    /// For `-k`.
    pub(super) keyword: String,
    pub(super) reason: String,
}

/// Which limit explains which differences.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Explanation {
    pub(super) limit: String,
    /// Patterns of test ids.
    pub(super) tests: Vec<String>,
    /// Words in the message of one of the two outcomes. Without it any message will do.
    pub(super) message: Option<String>,
}

impl List {
    /// Reads the list.
    pub(super) fn read(path: &Path) -> Result<Self, CompatError> {
        let text = fs::read_to_string(path).map_err(CacheError::new("read", path))?;
        Self::parse(&text)
    }

    pub(super) fn parse(text: &str) -> Result<Self, CompatError> {
        let list: Self = toml::from_str(text).map_err(|error| CompatError::List(error.to_string()))?;
        list.faults().map_or(Ok(list), |fault| Err(CompatError::List(fault)))
    }

    /// Returns the packages of these names, in the order of the list; all, when there are no names.
    pub(super) fn choose(&self, names: &[String]) -> Result<Vec<&Package>, CompatError> {
        if let Some(unknown) = names.iter().find(|name| self.package(name).is_none()) {
            let known: Vec<&str> = self.packages.iter().map(|package| package.name.as_str()).collect();
            return Err(CompatError::List(format!("it has no package `{unknown}`, but {}", known.join(", "))));
        }
        Ok(self.packages.iter().filter(|package| names.is_empty() || names.contains(&package.name)).collect())
    }

    pub(super) fn limit(&self, name: &str) -> Option<&Limit> {
        self.limits.iter().find(|limit| limit.name == name)
    }

    pub(super) fn package(&self, name: &str) -> Option<&Package> {
        self.packages.iter().find(|package| package.name == name)
    }

    pub(super) fn wheel(&self, name: &str) -> Option<&Wheel> {
        self.wheels.iter().find(|wheel| wheel.name == name)
    }

    /// Returns what is wrong beyond the shape: names that lead nowhere, and entries without use.
    fn faults(&self) -> Option<String> {
        let mut used = BTreeSet::new();
        for package in &self.packages {
            let name = &package.name;
            let is_python = package.language == Language::Python;
            if is_python && (package.wheel.is_some() == package.import_path.is_some()) {
                return Some(format!("`{name}` needs either `wheel` or `import_path`"));
            }
            if is_python != package.sdist.is_some() || (is_python && package.globals) {
                return Some(format!("`{name}`: `sdist` is for Python, `globals` for JavaScript"));
            }
            if !is_python && (package.wheel.is_some() || package.import_path.is_some()) {
                return Some(format!("`{name}`: `wheel` and `import_path` are for Python"));
            }
            for need in package.needs.iter().filter(|_| is_python) {
                if self.wheel(need).is_none() && self.package(need).is_none() {
                    return Some(format!("`{name}` needs `{need}`, which is nowhere in the list"));
                }
                used.insert(need);
            }
            for explanation in &package.differences {
                if self.limit(&explanation.limit).is_none() {
                    return Some(format!(
                        "`{name}` names the limit `{}`, which is nowhere in the list",
                        explanation.limit
                    ));
                }
                if explanation.tests.is_empty() {
                    return Some(format!("an entry of `{name}` for `{}` names no tests", explanation.limit));
                }
                used.insert(&explanation.limit);
            }
        }
        let names = self.limits.iter().map(|limit| &limit.name).chain(self.wheels.iter().map(|wheel| &wheel.name));
        names.into_iter().find(|name| !used.contains(name)).map(|name| format!("nobody uses `{name}`"))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A list with one package, two limits and one wheel.
    pub(in super::super) const EXAMPLE: &str = r#"
        python = "3.11"

        [[limit]]
        name = "threads"
        summary = "no threads"
        at = "README.md#not-available"
        says = "Threads raise an error."

        [[limit]]
        name = "version"
        summary = "another Python"
        at = "README.md#the-runner"
        says = "CPython 3.14"
        by_version = true

        [[wheel]]
        name = "six"
        version = "1.0"
        sha256 = "00"

        [[package]]
        name = "spam"
        version = "2.0"
        sdist = "00"
        wheel = "00"
        needs = ["six"]
        differences = [
            { limit = "threads", tests = ["tests/a.py::*"], message = "threads are not available" },
            { limit = "version", tests = ["tests/b.py::test_new"] },
        ]
    "#;

    fn fault(from: &str, to: &str) -> String {
        assert!(EXAMPLE.contains(from));
        List::parse(&EXAMPLE.replace(from, to)).unwrap_err().to_string()
    }

    #[test]
    fn the_list_of_this_clone_can_be_read_and_names_ten_packages() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/compat/packages.toml");
        let list = List::read(&path).unwrap();
        assert!(list.packages.len() >= 10);
    }

    #[test]
    fn a_name_that_leads_nowhere_is_an_error() {
        assert!(fault("needs = [\"six\"]", "needs = [\"seven\"]").contains("`seven`, which is nowhere"));
        assert!(fault("{ limit = \"threads\"", "{ limit = \"theads\"").contains("`theads`, which is nowhere"));
    }

    #[test]
    fn what_nobody_uses_is_an_error() {
        assert!(fault("needs = [\"six\"]", "").contains("nobody uses `six`"));
    }

    #[test]
    fn a_package_without_anything_to_import_is_an_error() {
        assert!(fault("wheel = \"00\"", "").contains("either `wheel` or `import_path`"));
    }

    #[test]
    fn keys_of_another_language_are_errors() {
        assert!(
            fault("version = \"2.0\"", "version = \"2.0\"\nlanguage = \"javascript\"")
                .contains("`sdist` is for Python")
        );
        assert!(fault("version = \"2.0\"", "version = \"2.0\"\nglobals = true").contains("`globals` for JavaScript"));
    }

    #[test]
    fn an_unknown_key_and_an_entry_without_tests_are_errors() {
        assert!(fault("needs = ", "neds = ").contains("neds"));
        assert!(fault("[\"tests/a.py::*\"]", "[]").contains("names no tests"));
    }

    #[test]
    fn an_unknown_name_is_told_with_the_known_ones() {
        let list = List::parse(EXAMPLE).unwrap();
        assert_eq!(list.choose(&[]).unwrap().len(), 1);
        assert!(list.choose(&["egg".to_owned()]).unwrap_err().to_string().contains("no package `egg`, but spam"));
    }
}
