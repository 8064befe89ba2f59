//! What pact remembers of finished work, so that it is not done again: digests of inputs, and verdicts.
//!
//! The artefacts themselves are the truth; a record only says what they were made from. Losing it costs progress.

use std::collections::BTreeMap;

use pact_model::contract::ComponentContract;
use pact_model::verdict::Verdict;
use serde::{Deserialize, Serialize};

use crate::digest;

/// What is known of the run.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RunRecord {
    /// The first run's start.
    #[serde(default)]
    pub created_at: String,
    /// Set when the decomposition is done.
    #[serde(default)]
    pub decompose: Option<PhaseRecord>,
}

/// What is known of one component.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ComponentRecord {
    /// Set when the contract is done.
    #[serde(default)]
    pub contract: Option<PhaseRecord>,
    /// Set when the suite is done.
    #[serde(default)]
    pub author_tests: Option<PhaseRecord>,
    /// Set when the suite was examined, whoever wrote it.
    #[serde(default)]
    pub examined: Option<Examination>,
    /// Set when an implementation was judged.
    #[serde(default)]
    pub implement: Option<JudgedRecord>,
}

/// A phase that is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhaseRecord {
    /// Digest of everything that the result was made from.
    pub inputs: String,
    /// Attempts that it took.
    pub attempts: u32,
}

/// What a suite showed against implementations that are wrong on purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Examination {
    /// Digest of contract and test code: what was examined.
    pub of: String,
    /// Digest of the plugins that did it.
    pub by: String,
    /// The ids that were collected; empty when the suite could not be.
    pub expected_ids: Vec<String>,
    /// Why the suite could not be collected, or which of its tests show nothing. Untrusted.
    pub faults: Vec<String>,
}

/// Returns the digest of what an examination is about.
pub(crate) fn examined_inputs(contract: &ComponentContract, code: &[u8]) -> String {
    digest::of_json(&(contract, digest::of_bytes(code)))
}

/// An implementation that was judged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JudgedRecord {
    /// Digest of what the implementation was made from.
    pub inputs: String,
    /// Digest of everything that the verdict depends on: suite, implementation, plugins, limits, seed.
    pub judged: String,
    /// Attempts that it took; zero for an implementation that pact did not write.
    pub attempts: u32,
    /// The judgement.
    pub verdict: Verdict,
}

/// SHA-256 of each plugin that takes part in a verdict, by id.
pub type PluginDigests = BTreeMap<String, String>;
