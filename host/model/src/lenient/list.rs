//! Lists as models write them: one thing without brackets, an object by names, a list inside of a text.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeOwned, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::value_as_text;
use crate::contract::{ValidatorKind, ValidatorSpec};

/// Reads a list of objects. Also read are `null`, one object with a `name`, an object of objects by their names, and each of
/// these as a JSON text.
pub(crate) fn list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    deserializer.deserialize_any(ListVisitor(PhantomData))
}

/// Reads a list of texts. Also read are `null`, one text, and a list in a JSON text; what is no text is written as JSON.
pub(crate) fn texts_in_list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let items = values(Value::deserialize(deserializer)?);
    Ok(items.into_iter().filter(|item| !item.is_null()).map(value_as_text).collect())
}

/// Reads a list of names as [`texts_in_list`] does; an object stands for its `name`.
pub(crate) fn names<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let name = |item| match item {
        Value::Object(mut entries) => entries.shift_remove("name").unwrap_or(Value::Object(entries)),
        other => other,
    };
    let items = values(Value::deserialize(deserializer)?);
    Ok(items.into_iter().filter(|item| !item.is_null()).map(|item| value_as_text(name(item))).collect())
}

/// Reads validators as [`list`] does; a text is a rule of its own.
pub(crate) fn validators<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<ValidatorSpec>, D::Error> {
    struct Lenient(ValidatorSpec);
    impl<'de> Deserialize<'de> for Lenient {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Either;
            impl<'de> Visitor<'de> for Either {
                type Value = ValidatorSpec;
                fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str("a validator")
                }
                fn visit_str<E: Error>(self, text: &str) -> Result<ValidatorSpec, E> {
                    let (kind, expression) = (ValidatorKind::Custom, text.to_owned());
                    Ok(ValidatorSpec { kind, expression, error_message: String::new(), extra: Map::new() })
                }
                fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<ValidatorSpec, A::Error> {
                    ValidatorSpec::deserialize(MapAccessDeserializer::new(entries))
                }
            }
            deserializer.deserialize_any(Either).map(Self)
        }
    }
    struct Visit;
    impl<'de> Visitor<'de> for Visit {
        type Value = Vec<Lenient>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list of validators")
        }
        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            Ok(Vec::new())
        }
        fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
            let words = Some(text).filter(|text| !text.trim().is_empty());
            words.map(|text| Lenient::deserialize(serde::de::value::StrDeserializer::new(text))).into_iter().collect()
        }
        fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Self::Value, A::Error> {
            Ok(vec![Lenient::deserialize(MapAccessDeserializer::new(entries))?])
        }
        fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
            Vec::deserialize(SeqAccessDeserializer::new(items))
        }
    }
    Ok(deserializer.deserialize_any(Visit)?.into_iter().map(|Lenient(spec)| spec).collect())
}

fn values(value: Value) -> Vec<Value> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(items) => items,
        Value::String(text) if text.trim().is_empty() => Vec::new(),
        Value::String(text) if text.trim_start().starts_with('[') => match serde_json::from_str(&text) {
            Ok(Value::Array(items)) => items,
            _ => vec![Value::String(text)],
        },
        other => vec![other],
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for ListVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of objects")
    }

    fn visit_unit<E: Error>(self) -> Result<Vec<T>, E> {
        Ok(Vec::new())
    }

    // The usual case. It reads from the document itself, so that an error names its place.
    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Vec<T>, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Vec<T>, A::Error> {
        let entries = Map::deserialize(MapAccessDeserializer::new(entries))?;
        read(by_name(entries)).map_err(A::Error::custom)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Vec<T>, E> {
        if text.trim().is_empty() {
            return Ok(Vec::new());
        }
        match serde_json::from_str(text) {
            Ok(Value::Array(items)) => read(items).map_err(E::custom),
            Ok(Value::Object(entries)) => read(by_name(entries)).map_err(E::custom),
            _ => Err(E::invalid_type(serde::de::Unexpected::Str(text), &self)),
        }
    }
}

fn read<T: DeserializeOwned>(items: Vec<Value>) -> Result<Vec<T>, serde_json::Error> {
    items.into_iter().map(serde_json::from_value).collect()
}

fn by_name(entries: Map<String, Value>) -> Vec<Value> {
    if entries.get("name").is_some_and(|name| !name.is_object()) {
        return vec![Value::Object(entries)];
    }
    let named = entries.into_iter().map(|(name, value)| match value {
        Value::Object(mut entries) => {
            entries.entry("name").or_insert(Value::String(name));
            Value::Object(entries)
        }
        other => other,
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::contract::FieldSpec;

    fn fields(value: Value) -> Vec<String> {
        let fields: Vec<FieldSpec> = list(value).expect("readable");
        fields.into_iter().map(|field| format!("{}: {}", field.name, field.type_ref)).collect()
    }

    #[test]
    fn a_list_of_objects_is_read_however_it_is_wrapped() {
        let one = json!({"name": "a", "type_ref": "int"});
        for (written, expected) in [
            (json!([one]), vec!["a: int"]),
            (one.clone(), vec!["a: int"]),
            (json!({"b": {"type_ref": "str"}, "a": {"type_ref": "int"}}), vec!["b: str", "a: int"]),
            (json!(json!([one]).to_string()), vec!["a: int"]),
            (json!(null), vec![]),
            (json!(""), vec![]),
        ] {
            assert_eq!(fields(written.clone()), expected, "{written}");
        }
        assert!(list::<_, FieldSpec>(json!("a, b")).is_err());
        assert!(list::<_, FieldSpec>(json!({"a": 1})).is_err());
    }

    #[test]
    fn a_list_of_texts_is_read_however_it_is_wrapped() {
        for (written, expected) in [
            (json!(["a", null, 3]), vec!["a", "3"]),
            (json!("a"), vec!["a"]),
            (json!("[\"a\", \"b\"]"), vec!["a", "b"]),
            (json!("[no list"), vec!["[no list"]),
            (json!(null), vec![]),
        ] {
            assert_eq!(texts_in_list(written.clone()).expect("readable"), expected, "{written}");
        }
        assert_eq!(names(json!([{"name": "A", "value": 1}, "B"])).expect("readable"), ["A", "B"]);
    }

    #[test]
    fn a_validator_may_be_a_text() {
        let read = validators(json!(["value > 0", {"kind": "RANGE", "expression": "1..2"}])).expect("readable");
        let kinds: Vec<_> = read.iter().map(|spec| (spec.kind, spec.expression.as_str())).collect();
        assert_eq!(kinds, [(ValidatorKind::Custom, "value > 0"), (ValidatorKind::Range, "1..2")]);
        assert_eq!(validators(json!("value > 0")).expect("readable").len(), 1);
        assert_eq!(validators(json!(null)).expect("readable"), vec![]);
    }
}
