//! What was judged, and by what: `certification/certification.json`.
//!
//! Only what two machines agree on: no durations and no absolute paths.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::component_id::ComponentId;
use crate::verdict::{Check, Verdict};

/// The certificate of a project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Certificate {
    /// Of the format.
    pub version: String,
    /// The run that issued it.
    pub project_id: String,
    /// The start of that run.
    pub timestamp: String,
    /// Over all components.
    pub verdict: CertificateVerdict,
    /// SHA-256 of what the tree says about components and dependencies.
    pub tree_hash: String,
    /// SHA-256 of each `interface.json`.
    pub contract_hashes: BTreeMap<ComponentId, String>,
    /// SHA-256 of each `contract_test_suite.json`.
    pub test_hashes: BTreeMap<ComponentId, String>,
    /// SHA-256 over paths and contents of each implementation.
    pub implementation_hashes: BTreeMap<ComponentId, String>,
    /// SHA-256 over everything that the suite of each component is put together from: contracts, code, test files and the
    /// tests that are expected. A field of ours.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub input_hashes: BTreeMap<ComponentId, String>,
    /// What the visible suites said.
    pub visible_results: BTreeMap<ComponentId, SuiteResult>,
    /// SHA-256 of each plugin that took part in a verdict, by id.
    pub plugins: BTreeMap<String, String>,
    /// All components, in the order in which they depend on each other.
    pub components: Vec<ComponentId>,
    /// One line for people.
    pub summary: String,
    /// SHA-256 of the canonical JSON with this field empty.
    pub self_hash: String,
    /// What this version does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// The judgement over all components.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificateVerdict {
    /// Every component passed.
    Pass,
    /// None passed.
    Fail,
    /// Some passed.
    Partial,
}

/// What a suite said about a component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuiteResult {
    /// Tests.
    pub total: u32,
    /// Tests that passed.
    pub passed: u32,
    /// Tests that failed, errors included.
    pub failed: u32,
    /// Tests that a mark in their source leaves out.
    pub skipped: u32,
    /// The mechanical checks.
    pub checks: Vec<Check>,
    /// Units of fuel of all sessions together.
    pub fuel: u64,
    /// The seed of the run.
    pub seed: u64,
    /// What drew the canaries. Fuel can be compared with that of a run with the same ones. A field of ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canary_key: Option<String>,
    /// Why there is no result, for a component that was not judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

impl SuiteResult {
    /// What a judgement says about a component.
    #[must_use]
    pub fn of(verdict: &Verdict) -> Self {
        Self {
            total: verdict.total,
            passed: verdict.passed,
            failed: verdict.failed + verdict.errors,
            skipped: verdict.skipped,
            checks: verdict.checks.clone(),
            fuel: verdict.receipt.iter().map(|receipt| receipt.fuel).sum(),
            seed: verdict.seed,
            canary_key: verdict.canary_key.clone(),
            error: None,
        }
    }
}
