//! What a project's `expected.json` says, and how a document is compared with it.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::document::Document;
use crate::support::{project, read};

/// What must come of a project.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Expected {
    /// A word to the reader.
    #[serde(rename = "NOTE")]
    _note: Option<String>,
    /// The counts; those that are not there follow from `failed_or_error`.
    passed: Option<u32>,
    failed: Option<u32>,
    errors: Option<u32>,
    skipped: Option<u32>,
    /// Id and outcome.
    tests: BTreeMap<String, String>,
    /// Ids of tests that end in one of two ways.
    #[serde(default)]
    failed_or_error: Vec<String>,
    /// The outcome of tests that are too many to list.
    others: Option<String>,
    /// The files that could not be collected, in their order.
    #[serde(default)]
    collection_errors: Vec<String>,
    /// Parts of the message when the suite's settings are refused.
    #[serde(default)]
    pub(super) invalid_input: Vec<String>,
    /// Follows from the counts; stands in the file where that would surprise.
    exit_code: Option<i32>,
    /// The limit that ended a sandbox.
    limit: Option<String>,
}

impl Expected {
    /// Reads the file of a project.
    #[track_caller]
    pub(super) fn of(name: &str) -> Self {
        let text = read(&project(name).join("expected.json"));
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("expected.json of `{name}`: {error}"))
    }

    /// Compares everything that it says.
    #[track_caller]
    pub(super) fn compare(&self, document: &Document) {
        let listed = |id: &str| self.tests.contains_key(id) || self.failed_or_error.iter().any(|listed| listed == id);
        let mut differences = Vec::new();
        for test in &document.tests {
            let is_right = match (self.tests.get(&test.id), &self.others) {
                (Some(outcome), _) => test.outcome == *outcome,
                (None, _) if listed(&test.id) => matches!(test.outcome.as_str(), "failed" | "error"),
                (None, Some(others)) => test.outcome == *others,
                (None, None) => false,
            };
            if !is_right {
                differences.push(format!("{} {}: {}", test.id, test.outcome, test.message));
            }
        }
        let found = document.ids();
        let missing = self.tests.keys().chain(&self.failed_or_error).filter(|id| !found.contains(&id.as_str()));
        differences.extend(missing.map(|id| format!("{id} is missing")));
        assert!(differences.is_empty(), "{differences:#?}\nin {document:#?}");

        for (name, expected, found) in [
            ("passed", self.passed, document.passed),
            ("failed", self.failed, document.failed),
            ("errors", self.errors, document.errors),
            ("skipped", self.skipped, document.skipped),
        ] {
            assert!(expected.is_none_or(|expected| expected == found), "{name}: {expected:?}, but {found}");
        }
        assert_eq!(document.total, document.passed + document.failed + document.errors + document.skipped);
        let files: Vec<&str> = document.collection_errors.iter().map(|error| error.location.path.as_str()).collect();
        assert_eq!(files, self.collection_errors);
        if let Some(limit) = &self.limit {
            let limits: Vec<&str> = document.receipt.iter().filter_map(|receipt| receipt.limit.as_deref()).collect();
            assert_eq!(limits, [limit]);
        }
        if let Some(code) = self.exit_code {
            assert_eq!(document.verdict, if code == 0 { "passed" } else { "failed" });
        }
    }
}
