//! What pact remembers of finished work, so that it is not done again: digests of inputs, and verdicts.
//!
//! The artefacts themselves are the truth; a record only says what they were made from. Losing it costs progress.

use std::collections::BTreeMap;

use pact_model::verdict::Verdict;
use serde::{Deserialize, Serialize};

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
