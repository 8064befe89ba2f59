//! The contract document as it crosses: the field names of its file, read leniently. Not for judging it: whether it makes
//! sense in a language is decided by `interface`.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A component's contract. Fields that this backend does not use are ignored.
#[derive(Debug, Deserialize)]
pub struct Contract {
    /// The component, which is its module's name.
    pub component_id: String,
    /// For people.
    #[serde(default)]
    pub name: String,
    /// For people.
    #[serde(default)]
    pub description: String,
    /// Structs, enumerations and aliases.
    #[serde(default)]
    pub types: Vec<TypeSpec>,
    /// What the module offers.
    #[serde(default)]
    pub functions: Vec<FunctionContract>,
    /// Component ids; unknown ones are external.
    #[serde(default)]
    pub dependencies: Vec<String>,
    /// What always holds.
    #[serde(default)]
    pub invariants: Vec<String>,
    /// What it says of the data that it reads and writes. Read as far as it has the form that is expected.
    #[serde(default)]
    pub data_access: Value,
}

/// One type of a contract.
#[derive(Debug, Deserialize)]
pub struct TypeSpec {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: TypeKind,
    /// Of a struct.
    #[serde(default)]
    pub fields: Vec<FieldSpec>,
    /// Of a list.
    #[serde(default)]
    pub item_type: String,
    /// Of an enumeration.
    #[serde(default)]
    pub variants: Vec<String>,
    /// Of an optional or a union.
    #[serde(default)]
    pub inner_types: Vec<String>,
    /// For people.
    #[serde(default)]
    pub description: String,
    /// The component that defines it, when it is shared.
    #[serde(default)]
    pub owner_component: String,
    /// Of a class: what its constructor takes.
    #[serde(default)]
    pub init: Vec<FieldSpec>,
    /// Of a class.
    #[serde(default)]
    pub methods: Vec<FunctionContract>,
}

/// What a type is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum TypeKind {
    Primitive,
    Struct,
    Enum,
    List,
    Optional,
    Union,
    /// The implementation defines it; its objects stay in the component.
    Class,
}

/// A field of a struct or a parameter of a function.
#[derive(Debug, Deserialize)]
pub struct FieldSpec {
    /// Its name.
    pub name: String,
    /// Its type.
    pub type_ref: String,
    /// May it be left out?
    #[serde(default = "yes")]
    pub required: bool,
    /// The value when it is left out; empty means none.
    #[serde(default, deserialize_with = "any_as_text")]
    pub default: String,
    /// For people.
    #[serde(default)]
    pub description: String,
    /// What its value must satisfy.
    #[serde(default)]
    pub validators: Vec<ValidatorSpec>,
}

/// What a value must satisfy.
#[derive(Debug, Deserialize)]
pub struct ValidatorSpec {
    /// How to read the expression.
    pub kind: ValidatorKind,
    /// Free form.
    pub expression: String,
    /// What to say when it does not hold; empty means a standard text.
    #[serde(default)]
    pub error_message: String,
}

/// How a validator's expression is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum ValidatorKind {
    Range,
    Regex,
    Length,
    OneOf,
    MultipleOf,
    Unique,
    Custom,
}

/// One function of a contract.
#[derive(Debug, Deserialize)]
pub struct FunctionContract {
    /// Its name.
    pub name: String,
    /// For people.
    #[serde(default)]
    pub description: String,
    /// The parameters in order.
    #[serde(default)]
    pub inputs: Vec<FieldSpec>,
    /// The type of what it returns.
    pub output_type: String,
    /// What it raises.
    #[serde(default)]
    pub error_cases: Vec<ErrorCase>,
    /// What the caller must see to.
    #[serde(default)]
    pub preconditions: Vec<String>,
    /// What it sees to.
    #[serde(default)]
    pub postconditions: Vec<String>,
    /// Calling it twice is as good as once.
    #[serde(default)]
    pub idempotent: bool,
    /// Declared with `async`.
    #[serde(default)]
    pub is_async: bool,
    /// What it may touch.
    #[serde(default)]
    pub structured_side_effects: Vec<SideEffect>,
}

/// A declared error of a function.
#[derive(Debug, Deserialize)]
pub struct ErrorCase {
    /// For people.
    pub name: String,
    /// When it is raised.
    pub condition: String,
    /// The exception's class.
    pub error_type: String,
    /// What the exception carries: attribute to description.
    #[serde(default, deserialize_with = "texts")]
    pub error_data: BTreeMap<String, String>,
}

/// Something that a function may touch.
#[derive(Debug, Deserialize)]
pub struct SideEffect {
    /// For example `reads_file`.
    pub kind: String,
    /// What it touches.
    #[serde(default)]
    pub target: String,
}

impl Contract {
    /// Reads a contract. The error names the field and the place.
    pub fn read(json: &str) -> Result<Self, String> {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let contract = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
            let path = error.path().to_string();
            let at = if path == "." { String::new() } else { format!("`{path}`: ") };
            format!("{at}{}", error.into_inner())
        })?;
        deserializer.end().map_err(|error| format!("after the contract: {error}"))?;
        Ok(contract)
    }
}

fn yes() -> bool {
    true
}

/// Authors write `5` or `true` where the format says a text.
fn any_as_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Null => String::new(),
        value => text_of(value),
    })
}

/// The map may come as a JSON text, and its values as any JSON.
fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, String>, D::Error> {
    let value = match Value::deserialize(deserializer)? {
        Value::String(text) if text.trim().is_empty() => return Ok(BTreeMap::new()),
        Value::String(text) => serde_json::from_str(&text).map_err(serde::de::Error::custom)?,
        value => value,
    };
    match value {
        Value::Null => Ok(BTreeMap::new()),
        Value::Object(map) => Ok(map.into_iter().map(|(key, value)| (key, text_of(value))).collect()),
        _ => Err(serde::de::Error::custom("expected an object, or a text that holds one")),
    }
}

fn text_of(value: Value) -> String {
    match value {
        Value::String(text) => text,
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_leniently_what_authors_write() {
        let json = r#"{"component_id": "a", "surprise": 1, "functions": [{"name": "f", "description": "", "output_type": "int",
            "inputs": [{"name": "x", "type_ref": "int", "default": 5}, {"name": "y", "type_ref": "int", "default": null}],
            "error_cases": [{"name": "n", "condition": "c", "error_type": "E", "error_data": "{\"a\": {\"b\": 1}}"}]}]}"#;
        let contract = Contract::read(json).expect("it reads");
        let function = &contract.functions[0];
        assert_eq!((function.inputs[0].default.as_str(), function.inputs[1].default.as_str()), ("5", ""));
        assert_eq!(function.error_cases[0].error_data["a"], r#"{"b":1}"#);
    }

    #[test]
    fn an_error_names_the_field_and_the_line() {
        let error = Contract::read("{\"component_id\": \"a\",\n\"types\": [{\"name\": \"A\", \"kind\": \"thing\"}]}");
        let error = error.expect_err("no such kind");
        assert!(error.starts_with("`types[0].kind`: unknown variant `thing`"), "{error}");
        assert!(error.ends_with("at line 2 column 39"), "{error}");
    }

    #[test]
    fn text_after_the_document_is_an_error() {
        assert!(Contract::read("{\"component_id\": \"a\"} x").is_err());
    }
}
