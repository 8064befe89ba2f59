//! The types of a contract.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::FunctionContract;
use crate::lenient;

/// A named type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TypeSpec {
    /// By convention in PascalCase.
    #[serde(deserialize_with = "lenient::text")]
    pub name: String,
    /// What it is made of.
    #[serde(deserialize_with = "lenient::word")]
    pub kind: TypeKind,
    /// Of a struct.
    #[serde(default, deserialize_with = "lenient::list")]
    pub fields: Vec<FieldSpec>,
    /// Of a list.
    #[serde(default, deserialize_with = "lenient::text")]
    pub item_type: String,
    /// Of an enum.
    #[serde(default, deserialize_with = "lenient::names")]
    pub variants: Vec<String>,
    /// Of an optional or a union.
    #[serde(default, deserialize_with = "lenient::texts_in_list")]
    pub inner_types: Vec<String>,
    /// For people.
    #[serde(default, deserialize_with = "lenient::text")]
    pub description: String,
    /// The component that defines it, when that is another one.
    #[serde(default, deserialize_with = "lenient::text")]
    pub owner_component: String,
    /// Of a class: what its constructor takes, in order. A field of ours.
    #[serde(default, deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")]
    pub init: Vec<FieldSpec>,
    /// Of a class: what can be called on its objects. A field of ours.
    #[serde(default, deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")]
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
    #[serde(alias = "alias")]
    Primitive,
    /// Named fields.
    #[serde(alias = "object", alias = "record", alias = "dataclass")]
    Struct,
    /// One of several names.
    #[serde(alias = "enumeration")]
    Enum,
    /// Any number of one type.
    #[serde(alias = "array")]
    List,
    /// A type or nothing.
    #[serde(alias = "nullable")]
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
    #[serde(deserialize_with = "lenient::text")]
    pub name: String,
    /// Its type, in the grammar of [`crate::type_reference`].
    pub type_ref: String,
    /// Whether it must be given.
    #[serde(default = "is_required", deserialize_with = "lenient::flag_or_true")]
    pub required: bool,
    /// Its value when it is not given, as text.
    #[serde(default, deserialize_with = "lenient::text")]
    pub default: String,
    /// For people.
    #[serde(default, deserialize_with = "lenient::text")]
    pub description: String,
    /// What its values must hold.
    #[serde(default, deserialize_with = "lenient::validators")]
    pub validators: Vec<ValidatorSpec>,
    /// What this version does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// A condition on a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ValidatorSpec {
    /// How the expression is read.
    #[serde(deserialize_with = "lenient::word")]
    pub kind: ValidatorKind,
    /// For example `0.01 <= value <= 999999.99`. Read by [`crate::validator`].
    #[serde(default, deserialize_with = "lenient::text")]
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
    #[serde(alias = "pattern")]
    Regex,
    /// Bounds of a length.
    #[serde(alias = "len")]
    Length,
    /// One of several values. A kind of ours.
    #[serde(alias = "enum", alias = "enumeration", alias = "choices", alias = "in")]
    OneOf,
    /// Whole multiples of a number. A kind of ours.
    #[serde(alias = "multiple", alias = "multiples")]
    MultipleOf,
    /// No item stands twice in it. A kind of ours; its expression is empty.
    #[serde(alias = "uniqueness", alias = "unique_items")]
    Unique,
    /// Anything else: an expression where it is one, else words that nobody enforces.
    Custom,
}

fn is_required() -> bool {
    true
}
