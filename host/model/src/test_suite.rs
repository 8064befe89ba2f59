//! The tests of a contract as their author hands them in: cases in words, and one file of code.
//!
//! What a runner says about a suite is in [`crate::suite`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::component_id::ComponentId;
use crate::lenient;

/// `tests/<id>/contract_test_suite.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContractTestSuite {
    /// The component that it is about.
    pub component_id: ComponentId,
    /// The version of the contract that it was written for.
    pub contract_version: u32,
    /// What is tested, in words.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub test_cases: Vec<PlannedCase>,
    /// The language of the code.
    #[serde(default = "default_language")]
    pub test_language: String,
    /// The whole test file.
    #[serde(default, deserialize_with = "lenient::text")]
    pub generated_code: String,
    /// The ids that were collected when the suite was written; each must pass. A field of ours.
    #[serde(default, deserialize_with = "lenient::or_default", skip_serializing_if = "Vec::is_empty")]
    pub expected_ids: Vec<String>,
    /// What this version does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// One case of a suite, in words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlannedCase {
    /// Unique in the suite.
    pub id: String,
    /// What is shown.
    #[serde(deserialize_with = "lenient::text")]
    pub description: String,
    /// The function of the contract that it is about.
    pub function: String,
    /// What kind of case.
    pub category: CaseCategory,
    /// What must be there before.
    #[serde(default, deserialize_with = "lenient::text")]
    pub setup_description: String,
    /// What dependencies answer.
    #[serde(default, deserialize_with = "lenient::texts")]
    pub mock_dependencies: BTreeMap<String, String>,
    /// What goes in.
    #[serde(default, deserialize_with = "lenient::texts")]
    pub input_values: BTreeMap<String, String>,
    /// What goes in, in words.
    #[serde(default, deserialize_with = "lenient::text")]
    pub input_description: String,
    /// What comes out, in words.
    #[serde(default, deserialize_with = "lenient::text")]
    pub expected_output_description: String,
    /// The error that must be raised.
    #[serde(default, deserialize_with = "lenient::text")]
    pub expected_error: String,
    /// What is asserted, in words.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub assertions: Vec<String>,
    /// What this version does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// What kind of behaviour a case is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseCategory {
    /// What the function is for.
    HappyPath,
    /// The borders of its inputs.
    EdgeCase,
    /// A declared error.
    ErrorCase,
    /// What always holds.
    Invariant,
}

fn default_language() -> String {
    "python".to_owned()
}
