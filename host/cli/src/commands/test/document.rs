//! The JSON document of `pact test --json`. Its fields are a promise to scripts: none is renamed or moved.

use pact_model::receipt::Receipt;
use pact_model::suite::CollectionError;
use pact_model::verdict::{Check, Judgement, TestReport, Verdict};
use serde::Serialize;

use super::project::{Tested, worst};

/// `pact/test@1` of a folder.
#[derive(Debug, Serialize)]
pub(super) struct Document<'a> {
    schema: &'static str,
    #[serde(flatten)]
    judged: Judged<'a>,
}

/// `pact/test@1` of a project.
#[derive(Debug, Serialize)]
pub(super) struct ProjectDocument<'a> {
    schema: &'static str,
    /// The worst of the components'.
    verdict: Judgement,
    /// In an order in which each comes after those that it calls.
    components: Vec<ComponentDocument<'a>>,
}

#[derive(Debug, Serialize)]
struct ComponentDocument<'a> {
    component: &'a str,
    #[serde(flatten)]
    judged: Option<Judged<'a>>,
    /// Why it could not be judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<&'a str>,
    /// What the backend finds in the source. Untrusted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    source: Vec<&'a str>,
}

/// What is said of one suite.
#[derive(Debug, Serialize)]
struct Judged<'a> {
    verdict: Judgement,
    passed: u32,
    failed: u32,
    errors: u32,
    skipped: u32,
    total: u32,
    checks: &'a [Check],
    tests: &'a [TestReport],
    seed: u64,
    receipt: &'a [Receipt],
    /// Why there is no judgement, or what ended the suite early.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    /// Tests that the selection left out; not in `total`.
    #[serde(skip_serializing_if = "is_zero")]
    deselected: u32,
    /// Files that could not be collected; each counts in `errors`.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    collection_errors: &'a [CollectionError],
}

impl<'a> Document<'a> {
    pub(super) fn new(verdict: &'a Verdict) -> Self {
        Self { schema: "pact/test@1", judged: Judged::new(verdict, verdict.verdict) }
    }
}

impl<'a> ProjectDocument<'a> {
    pub(super) fn new(tested: &'a [Tested]) -> Self {
        let components = tested
            .iter()
            .map(|tested| ComponentDocument {
                component: tested.id.as_str(),
                judged: tested.verdict.as_ref().map(|verdict| Judged::new(verdict, tested.judgement())),
                missing: tested.missing,
                source: tested.source.iter().map(String::as_str).collect(),
            })
            .collect();
        Self { schema: "pact/test@1", verdict: worst(tested), components }
    }
}

impl<'a> Judged<'a> {
    fn new(verdict: &'a Verdict, judgement: Judgement) -> Self {
        Self {
            verdict: judgement,
            passed: verdict.passed,
            failed: verdict.failed,
            errors: verdict.errors,
            skipped: verdict.skipped,
            total: verdict.total,
            checks: &verdict.checks,
            tests: &verdict.tests,
            seed: verdict.seed,
            receipt: &verdict.receipt,
            reason: verdict.reason.as_deref(),
            deselected: verdict.deselected,
            collection_errors: &verdict.collection_errors,
        }
    }
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::test::report::fixture;

    #[test]
    fn the_fields_stand_in_the_promised_order() {
        let verdict = fixture::failed();
        insta::assert_snapshot!(serde_json::to_string_pretty(&Document::new(&verdict)).unwrap(), @r#"
        {
          "schema": "pact/test@1",
          "verdict": "failed",
          "passed": 1,
          "failed": 1,
          "errors": 2,
          "skipped": 1,
          "total": 5,
          "checks": [
            {
              "name": "typed-results",
              "held": false,
              "detail": "no typed result of `a.x::exits`"
            },
            {
              "name": "zero-tests",
              "held": true,
              "detail": "fine"
            }
          ],
          "tests": [
            {
              "id": "a.x::one",
              "outcome": "passed",
              "seconds": 0.5,
              "fuel": 7,
              "message": ""
            },
            {
              "id": "a.x::two",
              "outcome": "failed",
              "seconds": 0.5,
              "fuel": 7,
              "message": "expect 1 == 2"
            },
            {
              "id": "a.x::three",
              "outcome": "skipped",
              "seconds": 0.5,
              "fuel": 7,
              "message": "not here"
            },
            {
              "id": "a.x::exits",
              "outcome": "error",
              "seconds": 0.5,
              "fuel": 7,
              "message": "the test exited with code 0"
            }
          ],
          "seed": 0,
          "receipt": [
            {
              "plugin": "runner-made-up",
              "digest": "00",
              "call": "runner.run",
              "outcome": {
                "kind": "exited",
                "code": 0
              },
              "limit": null,
              "fuel": 31083292,
              "wall_ms": 100,
              "peak_memory_bytes": 1,
              "output_bytes": 2,
              "seed": 0,
              "engine": "engine"
            },
            {
              "plugin": "runner-made-up",
              "digest": "00",
              "call": "runner.run",
              "outcome": {
                "kind": "returned"
              },
              "limit": null,
              "fuel": 31083292,
              "wall_ms": 100,
              "peak_memory_bytes": 1,
              "output_bytes": 2,
              "seed": 0,
              "engine": "engine"
            }
          ],
          "deselected": 3,
          "collection_errors": [
            {
              "location": {
                "path": "b.x",
                "line": 3
              },
              "message": "no module numbers",
              "detail": "3: use numbers",
              "missing_module": "numbers"
            }
          ]
        }
        "#);
    }

    #[test]
    fn what_is_empty_is_left_out_but_the_promised_fields_are_always_there() {
        let verdict = fixture::passed();
        let document = serde_json::to_value(Document::new(&verdict)).unwrap();
        let fields: Vec<&String> = document.as_object().unwrap().keys().collect();
        let promised = [
            "schema", "verdict", "passed", "failed", "errors", "skipped", "total", "checks", "tests", "seed", "receipt",
        ];
        assert_eq!(fields, promised);
    }
}
