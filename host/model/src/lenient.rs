//! Reading what models write: `null` for nothing, other JSON where a text belongs. Writing stays strict.
//!
//! Not for repairing JSON that does not parse: that is an error with a position.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Reads any JSON value as a text: `null` is empty, a text stays itself, everything else is written as JSON.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Value::deserialize(deserializer).map(value_as_text)
}

/// Reads `null` as the type's default.
pub(crate) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Option::<T>::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Reads a map whose values are texts; accepts the map written as a JSON text, and values that are no texts.
pub(crate) fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, String>, D::Error> {
    let value = match Value::deserialize(deserializer)? {
        Value::String(encoded) => serde_json::from_str(&encoded).unwrap_or(Value::String(encoded)),
        other => other,
    };
    match value {
        Value::Null => Ok(BTreeMap::new()),
        Value::Object(entries) => Ok(entries.into_iter().map(|(key, value)| (key, value_as_text(value))).collect()),
        other => Err(serde::de::Error::custom(format_args!("expected an object of texts, found `{other}`"))),
    }
}

fn value_as_text(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}
