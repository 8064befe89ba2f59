//! The document of `pact test --json`, read as a script would read it.

use serde::Deserialize;

use crate::support::Ended;

/// `pact/test@1`. A field that is not known here is an error, so that a new one does not appear unnoticed.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Document {
    pub(crate) schema: String,
    pub(crate) verdict: String,
    pub(crate) passed: u32,
    pub(crate) failed: u32,
    pub(crate) errors: u32,
    pub(crate) skipped: u32,
    pub(crate) total: u32,
    pub(crate) checks: Vec<Check>,
    pub(crate) tests: Vec<Test>,
    pub(crate) seed: u64,
    pub(crate) isolation: String,
    #[serde(default)]
    pub(crate) shared_because: Vec<String>,
    #[serde(default)]
    pub(crate) calls: Vec<serde_json::Value>,
    #[serde(default)]
    pub(crate) performance: Vec<serde_json::Value>,
    pub(crate) receipt: Vec<Receipt>,
    /// Only there when it is true.
    #[serde(default)]
    pub(crate) cached: bool,
    pub(crate) reason: Option<String>,
    #[serde(default)]
    pub(crate) deselected: u32,
    #[serde(default)]
    pub(crate) collection_errors: Vec<CollectionError>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Check {
    pub(crate) name: String,
    pub(crate) held: bool,
    pub(crate) detail: String,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Test {
    pub(crate) id: String,
    pub(crate) outcome: String,
    pub(crate) seconds: f64,
    pub(crate) fuel: u64,
    pub(crate) message: String,
}

#[derive(Debug, PartialEq, Deserialize)]
pub(crate) struct Receipt {
    pub(crate) limit: Option<String>,
    pub(crate) fuel: u64,
    pub(crate) seed: u64,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CollectionError {
    pub(crate) location: Location,
    pub(crate) message: String,
    pub(crate) detail: String,
    pub(crate) missing_module: Option<String>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Location {
    pub(crate) path: String,
    pub(crate) line: u32,
}

impl Document {
    /// Reads what a run with `--json` printed.
    #[track_caller]
    pub(crate) fn of(ended: &Ended) -> Self {
        let document: Self = serde_json::from_str(&ended.stdout)
            .unwrap_or_else(|error| panic!("{error}\nstdout:\n{}\nstderr:\n{}", ended.stdout, ended.stderr));
        assert_eq!(document.schema, "pact/test@1");
        document
    }

    /// Returns the test with this id.
    #[track_caller]
    pub(crate) fn test(&self, id: &str) -> &Test {
        self.tests.iter().find(|test| test.id == id).unwrap_or_else(|| panic!("no test `{id}` in {:#?}", self.tests))
    }

    /// Returns the check of this name.
    #[track_caller]
    pub(crate) fn check(&self, name: &str) -> &Check {
        self.checks
            .iter()
            .find(|check| check.name == name)
            .unwrap_or_else(|| panic!("no `{name}` in {:#?}", self.checks))
    }

    /// Returns the ids of the tests, in the order of collection.
    pub(crate) fn ids(&self) -> Vec<&str> {
        self.tests.iter().map(|test| test.id.as_str()).collect()
    }
}
