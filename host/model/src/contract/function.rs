//! The functions of a contract.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::FieldSpec;
use crate::lenient;

/// A function that a component offers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FunctionContract {
    /// Its name.
    #[serde(deserialize_with = "lenient::text")]
    pub name: String,
    /// What it does.
    #[serde(deserialize_with = "lenient::text")]
    pub description: String,
    /// In order.
    #[serde(default, deserialize_with = "lenient::list")]
    pub inputs: Vec<FieldSpec>,
    /// The type of what it returns.
    #[serde(deserialize_with = "lenient::type_text")]
    pub output_type: String,
    /// How it can fail.
    #[serde(default, deserialize_with = "lenient::list")]
    pub error_cases: Vec<ErrorCase>,
    /// What must hold before, in words.
    #[serde(default, deserialize_with = "lenient::texts_in_list")]
    pub preconditions: Vec<String>,
    /// What holds afterwards, in words.
    #[serde(default, deserialize_with = "lenient::texts_in_list")]
    pub postconditions: Vec<String>,
    /// Whether calling it twice is the same as calling it once.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub idempotent: bool,
    /// Whether it is awaited.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub is_async: bool,
    /// Effects in words: the older spelling.
    #[serde(default, deserialize_with = "lenient::texts_in_list")]
    pub side_effects: Vec<String>,
    /// Effects that can be enforced.
    #[serde(default, deserialize_with = "lenient::list")]
    pub structured_side_effects: Vec<SideEffect>,
    /// How fast and how small it must be. The field keeps the reference's name; in pact a budget is money.
    #[serde(default, rename = "performance_budget")]
    pub performance_bound: Option<PerformanceBound>,
    /// What this version does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// A declared way to fail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ErrorCase {
    /// Unique in the function.
    #[serde(deserialize_with = "lenient::text")]
    pub name: String,
    /// When it happens.
    #[serde(deserialize_with = "lenient::text")]
    pub condition: String,
    /// The error's type.
    #[serde(deserialize_with = "lenient::text")]
    pub error_type: String,
    /// What it carries.
    #[serde(default, deserialize_with = "lenient::texts")]
    pub error_data: BTreeMap<String, String>,
    /// What this version does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// A declared effect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SideEffect {
    /// What kind of effect.
    #[serde(deserialize_with = "lenient::word")]
    pub kind: SideEffectKind,
    /// On what.
    #[serde(default, deserialize_with = "lenient::text")]
    pub target: String,
    /// For people.
    #[serde(default, deserialize_with = "lenient::text")]
    pub description: String,
    /// What this version does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// What kind of effect a function has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SideEffectKind {
    /// None at all.
    #[serde(alias = "pure")]
    None,
    /// Reads a file.
    #[serde(alias = "read_file", alias = "file_read")]
    ReadsFile,
    /// Writes a file.
    #[serde(alias = "write_file", alias = "file_write")]
    WritesFile,
    /// Talks to another machine.
    #[serde(alias = "network")]
    NetworkCall,
    /// Changes something that outlives the call, its arguments included.
    MutatesState,
    /// Writes a log.
    #[serde(alias = "log")]
    Logging,
    /// Reads the clock. A kind of ours.
    #[serde(alias = "clock")]
    ReadsClock,
    /// Draws random numbers, from a generator that it has not seeded itself. A kind of ours.
    #[serde(alias = "random")]
    DrawsRandom,
    /// Changes an argument in place. A kind of ours.
    ChangesArgument,
}

/// How fast and how small a function must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PerformanceBound {
    /// Milliseconds that 95 of 100 calls stay below; at least one.
    #[serde(default, deserialize_with = "lenient::optional_count")]
    pub p95_latency_ms: Option<u64>,
    /// Megabytes; at least one.
    #[serde(default, deserialize_with = "lenient::optional_count")]
    pub max_memory_mb: Option<u64>,
    /// In Big-O notation.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub complexity: Option<String>,
    /// What this version does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}
