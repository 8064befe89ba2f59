//! The types of a contract.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::FunctionContract;
use crate::lenient;

/// A named type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TypeSpec {
    /// By convention in PascalCase.
    pub name: String,
    /// What it is made of.
    pub kind: TypeKind,
    /// Of a struct.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub fields: Vec<FieldSpec>,
    /// Of a list.
    #[serde(default, deserialize_with = "lenient::text")]
    pub item_type: String,
    /// Of an enum.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub variants: Vec<String>,
    /// Of an optional or a union.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub inner_types: Vec<String>,
    /// For people.
    #[serde(default, deserialize_with = "lenient::text")]
    pub description: String,
    /// The component that defines it, when that is another one.
    #[serde(default, deserialize_with = "lenient::text")]
    pub owner_component: String,
    /// Of a class: what its constructor takes, in order. A field of ours.
    #[serde(default, deserialize_with = "lenient::or_default", skip_serializing_if = "Vec::is_empty")]
    pub init: Vec<FieldSpec>,
    /// Of a class: what can be called on its objects. A field of ours.
    #[serde(default, deserialize_with = "lenient::or_default", skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<FunctionContract>,
    /// What this version does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// What a type is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TypeKind {
    /// Another name for a basic type.
    Primitive,
    /// Named fields.
    Struct,
    /// One of several names.
    Enum,
    /// Any number of one type.
    List,
    /// A type or nothing.
    Optional,
    /// One of several types.
    Union,
    /// Objects that stay in the component: others hold a handle and call its methods. The implementation defines it, with a
    /// constructor that takes `init`. Not of the reference.
    Class,
}

/// A field of a struct, or an input of a function.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldSpec {
    /// Its name.
    pub name: String,
    /// Its type, in the grammar of [`crate::type_reference`].
    pub type_ref: String,
    /// Whether it must be given.
    #[serde(default = "is_required")]
    pub required: bool,
    /// Its value when it is not given, as text.
    #[serde(default, deserialize_with = "lenient::text")]
    pub default: String,
    /// For people.
    #[serde(default, deserialize_with = "lenient::text")]
    pub description: String,
    /// What its values must hold.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub validators: Vec<ValidatorSpec>,
    /// What this version does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// A condition on a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ValidatorSpec {
    /// How the expression is read.
    pub kind: ValidatorKind,
    /// For example `0.01 <= value <= 999999.99`.
    #[serde(deserialize_with = "lenient::text")]
    pub expression: String,
    /// What the user of the component is told.
    #[serde(default, deserialize_with = "lenient::text")]
    pub error_message: String,
    /// What this version does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// How a validator's expression is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValidatorKind {
    /// Bounds of a number.
    Range,
    /// A pattern of a text.
    Regex,
    /// Bounds of a length.
    Length,
    /// Anything else, in words.
    Custom,
}

fn is_required() -> bool {
    true
}
