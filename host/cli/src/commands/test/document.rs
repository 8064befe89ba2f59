//! The JSON document of `pact test --json`. Its fields are a promise to scripts: none is renamed or moved.

use pact_model::performance::PerformanceReport;
use pact_model::receipt::Receipt;
use pact_model::suite::CollectionError;
use pact_model::verdict::{Check, FunctionCost, Isolation, Judgement, RenderedVerdict, TestReport};
use serde::Serialize;

use super::judging::Judged;
use super::profile;
use super::project::{Tested, worst};
use super::seeds::{Ending, Factor, SeedRun, Unstable};

/// `pact/test@1` of a folder.
#[derive(Debug, Serialize)]
pub(super) struct Document<'a> {
    schema: &'static str,
    #[serde(flatten)]
    judged: Suite<'a>,
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
    judged: Option<Suite<'a>>,
    /// Why it could not be judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<&'a str>,
    /// What the backend finds in the source. Untrusted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    source: Vec<&'a str>,
}

/// What is said of one suite.
#[derive(Debug, Serialize)]
struct Suite<'a> {
    verdict: Judgement,
    passed: u32,
    failed: u32,
    errors: u32,
    skipped: u32,
    total: u32,
    checks: &'a [Check],
    tests: &'a [TestReport],
    seed: u64,
    isolation: Isolation,
    /// Why a component's suite could not be split. Untrusted.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    shared_because: &'a [String],
    /// What was measured for the performance bounds of the contract.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    performance: &'a [PerformanceReport],
    /// What the functions of the contract cost, where the host could see it.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    calls: &'a [FunctionCost],
    /// The suites that follow from the contract alone, where the project asks for them.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    suites: &'a [RenderedVerdict],
    receipt: &'a [Receipt],
    /// It comes from the verdict cache: nothing ran, and the receipts are those of the run that was judged.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    cached: bool,
    /// Why there is no judgement, or what ended the suite early.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Tests that the selection left out; not in `total`.
    #[serde(skip_serializing_if = "is_zero")]
    deselected: u32,
    /// Files that could not be collected; each counts in `errors`.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    collection_errors: &'a [CollectionError],
    /// With `--seeds`: every run. All else but `verdict` and `reason` is of the first, the plain one.
    #[serde(skip_serializing_if = "Option::is_none")]
    seeds: Option<&'a [SeedRun]>,
    /// With `--seeds`: the tests that did not end the same in all runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    unstable: Option<Vec<Varying<'a>>>,
    /// With `--profile`: where the fuel goes. Of a run of its own, not of the judged one.
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<profile::Summary<'a>>,
}

/// A test that did not end the same in all runs.
#[derive(Debug, Serialize)]
struct Varying<'a> {
    /// Untrusted.
    id: &'a str,
    outcomes: Vec<AtSeed>,
    /// What made it vary alone: `random`, `order`, `clock`.
    depends_on: &'a [Factor],
    /// Whether that was found out: not every run is looked into.
    explained: bool,
    /// Of its first run that was not good. Untrusted.
    message: &'a str,
}

#[derive(Debug, Serialize)]
struct AtSeed {
    seed: u64,
    outcome: Ending,
}

impl<'a> Varying<'a> {
    fn new(test: &'a Unstable) -> Self {
        Self {
            id: &test.id,
            outcomes: test.endings.iter().map(|(seed, outcome)| AtSeed { seed: *seed, outcome: *outcome }).collect(),
            depends_on: &test.depends_on,
            explained: test.is_looked_into,
            message: test.bad.as_ref().map_or("", |(_, report)| &report.message),
        }
    }
}

impl<'a> Document<'a> {
    pub(super) fn new(judged: &'a Judged) -> Self {
        Self { schema: "pact/test@1", judged: Suite::new(judged, judged.judgement()) }
    }
}

impl<'a> ProjectDocument<'a> {
    pub(super) fn new(tested: &'a [Tested]) -> Self {
        let components = tested
            .iter()
            .map(|tested| ComponentDocument {
                component: tested.id.as_str(),
                judged: tested.judged.as_ref().map(|judged| Suite::new(judged, tested.judgement())),
                missing: tested.missing,
                source: tested.source.iter().map(String::as_str).collect(),
            })
            .collect();
        Self { schema: "pact/test@1", verdict: worst(tested), components }
    }
}

impl<'a> Suite<'a> {
    fn new(judged: &'a Judged, judgement: Judgement) -> Self {
        let verdict = &judged.verdict;
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
            isolation: verdict.isolation,
            shared_because: &verdict.shared_because,
            performance: &verdict.performance,
            calls: &verdict.calls,
            suites: &verdict.suites,
            receipt: &verdict.receipt,
            cached: judged.cached,
            reason: judged.reason(),
            deselected: verdict.deselected,
            collection_errors: &verdict.collection_errors,
            seeds: judged.steadiness.as_ref().map(|steadiness| steadiness.runs.as_slice()),
            unstable: judged
                .steadiness
                .as_ref()
                .map(|steadiness| steadiness.unstable.iter().map(Varying::new).collect()),
            profile: judged.profiled.as_ref().and_then(profile::Summary::new),
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
        let judged = fixture::judged(fixture::failed());
        insta::assert_snapshot!(serde_json::to_string_pretty(&Document::new(&judged)).unwrap(), @r#"
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
          "isolation": "shared",
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
        let judged = fixture::judged(fixture::passed());
        let document = serde_json::to_value(Document::new(&judged)).unwrap();
        let fields: Vec<&String> = document.as_object().unwrap().keys().collect();
        let promised = [
            "schema",
            "verdict",
            "passed",
            "failed",
            "errors",
            "skipped",
            "total",
            "checks",
            "tests",
            "seed",
            "isolation",
            "receipt",
        ];
        assert_eq!(fields, promised);
    }
}
