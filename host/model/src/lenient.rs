//! Reading what models write: `null` for nothing, other JSON where a text belongs, one where a list belongs. Writing stays
//! strict: what was read leniently is written in the one form of the format.
//!
//! Not for repairing JSON that does not parse: that is an error with a position.

use std::collections::BTreeMap;

use serde::de::IntoDeserializer;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

mod list;

pub(crate) use list::{list, names, texts_in_list, validators};

/// Reads any JSON value as a text: `null` is empty, a text stays itself, everything else is written as JSON.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Value::deserialize(deserializer).map(value_as_text)
}

/// Reads a text that may be absent: `null` is absent, everything else is read as [`text`] reads it.
pub(crate) fn optional_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Null => None,
        other => Some(value_as_text(other)),
    })
}

/// Reads a reference to a type: `null` is the type of nothing.
pub(crate) fn type_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.unwrap_or_else(|| "None".to_owned()))
}

/// Reads one of the words of an enumeration, whatever its case.
pub(crate) fn word<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let word = String::deserialize(deserializer)?.trim().to_ascii_lowercase();
    T::deserialize(word.into_deserializer())
}

/// Reads `null` as the type's default.
pub(crate) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Option::<T>::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Reads a truth: `true`, `"yes"`, `1`; `null` is false.
pub(crate) fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    truth(deserializer).map(Option::unwrap_or_default)
}

/// Reads a truth as [`flag`] does; `null` is true.
pub(crate) fn flag_or_true<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    truth(deserializer).map(|found| found.unwrap_or(true))
}

fn truth<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    match &value {
        Value::Null => return Ok(None),
        Value::Bool(truth) => return Ok(Some(*truth)),
        Value::Number(number) if number.as_u64() == Some(1) => return Ok(Some(true)),
        Value::Number(number) if number.as_u64() == Some(0) => return Ok(Some(false)),
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "" => return Ok(None),
            "true" | "yes" | "1" => return Ok(Some(true)),
            "false" | "no" | "0" => return Ok(Some(false)),
            _ => {}
        },
        _ => {}
    }
    Err(serde::de::Error::custom(format_args!("expected true or false, found `{value}`")))
}

/// Reads a whole number: `20`, `20.0`, `"20"`; `null` and an empty text are absent.
pub(crate) fn optional_count<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<u64>,
{
    /// Up to here every whole number is itself as a binary fraction.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let value = Value::deserialize(deserializer)?;
    let count = match &value {
        Value::Null => return Ok(None),
        Value::Number(number) => number.as_u64().or_else(|| {
            let whole = number.as_f64().filter(|float| float.fract() == 0.0 && (0.0..EXACT).contains(float));
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it was just looked at")]
            whole.map(|float| float as u64)
        }),
        Value::String(text) if text.trim().is_empty() => return Ok(None),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    count
        .and_then(|count| T::try_from(count).ok())
        .map(Some)
        .ok_or_else(|| serde::de::Error::custom(format_args!("expected a whole number, found `{value}`")))
}

/// Reads a version: as [`optional_count`] does, and one when it is absent.
pub(crate) fn version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    optional_count(deserializer).map(|found| found.unwrap_or(1))
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
        Value::String(text) if text.trim().is_empty() => Ok(BTreeMap::new()),
        other => Err(serde::de::Error::custom(format_args!("expected an object of texts, found `{other}`"))),
    }
}

/// Reads a map whose values are lists of texts, each as [`texts_in_list`] reads it.
pub(crate) fn lists_of_texts<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, Vec<String>>, D::Error> {
    #[derive(Deserialize)]
    struct Texts(#[serde(deserialize_with = "texts_in_list")] Vec<String>);
    let entries: BTreeMap<String, Texts> = or_default(deserializer)?;
    Ok(entries.into_iter().map(|(key, Texts(texts))| (key, texts)).collect())
}

fn value_as_text(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}
