//! The types that several components share: `decomposition/type_registry.json`.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::TypeSpec;
use crate::lenient;

/// Types that contracts take as they are. The reference writes it before the first contract.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TypeRegistry {
    /// The definitions.
    #[serde(default, deserialize_with = "lenient::list")]
    pub types: Vec<TypeSpec>,
    /// What this version does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}
