//! What holds for all files in `docs/schemas`.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{OPEN, SCHEMAS};
use crate::support::{read, repository};

/// The words that our schemas are made of. Any other would be a misspelt one, which a validator ignores.
const KEYWORDS: [&str; 24] = [
    "$defs",
    "$ref",
    "$schema",
    "additionalProperties",
    "anyOf",
    "const",
    "description",
    "else",
    "enum",
    "format",
    "if",
    "items",
    "maximum",
    "minimum",
    "oneOf",
    "pattern",
    "properties",
    "propertyNames",
    "required",
    "then",
    "title",
    "type",
    "unevaluatedProperties",
    "uniqueItems",
];

/// Calls `look` with every schema in a schema, and with its place.
fn walk(schema: &Value, place: &str, look: &mut impl FnMut(&str, &Value)) {
    look(place, schema);
    let Some(fields) = schema.as_object() else { return };
    for (word, value) in fields {
        let place = format!("{place}/{word}");
        match word.as_str() {
            "properties" | "$defs" => {
                for (name, inner) in value.as_object().unwrap() {
                    walk(inner, &format!("{place}/{name}"), look);
                }
            }
            "anyOf" | "oneOf" => value.as_array().unwrap().iter().for_each(|inner| walk(inner, &place, look)),
            "items" | "if" | "then" | "else" | "propertyNames" | "additionalProperties" => walk(value, &place, look),
            _ => {}
        }
    }
}

#[test]
fn each_is_a_schema_of_the_draft_that_it_names() {
    for (name, schema) in &*SCHEMAS {
        assert_eq!(schema.json["$schema"], "https://json-schema.org/draft/2020-12/schema", "{name}");
        jsonschema::draft202012::meta::validate(&schema.json).unwrap_or_else(|error| panic!("{name}: {error}"));
        walk(&schema.json, "", &mut |place, inner| {
            for word in inner.as_object().into_iter().flatten().map(|(word, _)| word.as_str()) {
                assert!(KEYWORDS.contains(&word), "{name}#{place}: `{word}`");
            }
        });
    }
}

#[test]
fn each_refers_to_nothing_outside_of_itself_and_has_no_definition_that_nobody_uses() {
    for (name, schema) in &*SCHEMAS {
        let mut named = Vec::new();
        walk(&schema.json, "", &mut |place, inner| {
            if let Some(target) = inner.get("$ref") {
                let pointer = target.as_str().unwrap().strip_prefix('#').unwrap_or_else(|| panic!("{name}#{place}"));
                assert!(schema.json.pointer(pointer).is_some(), "{name}#{place}: {pointer}");
                named.push(pointer.to_owned());
            }
        });
        for definition in schema.json["$defs"].as_object().into_iter().flatten().map(|(definition, _)| definition) {
            assert!(named.contains(&format!("/$defs/{definition}")), "{name}: `{definition}`");
        }
    }
}

#[test]
fn each_says_what_it_is_and_what_every_field_means() {
    for (name, schema) in &*SCHEMAS {
        let says = |value: &Value| value["description"].as_str().is_some_and(|text| text.ends_with('.'));
        assert!(schema.json["title"].is_string() && says(&schema.json), "{name}");
        walk(&schema.json, "", &mut |place, inner| {
            for (field, value) in inner["properties"].as_object().into_iter().flatten() {
                let is_a_word = value.get("const").is_some();
                assert!(says(value) || value.get("$ref").is_some() || is_a_word, "{name}#{place}: `{field}`");
            }
        });
        for (definition, value) in schema.json["$defs"].as_object().into_iter().flatten() {
            assert!(says(value), "{name}: `{definition}`");
        }
    }
}

/// A field that was left out of `required` by mistake does not say so.
#[test]
fn a_field_that_may_be_missing_says_when_it_is_absent() {
    for (name, schema) in &*SCHEMAS {
        walk(&schema.json, "", &mut |place, inner| {
            let required: Vec<&Value> = inner["required"].as_array().into_iter().flatten().collect();
            for (field, value) in inner["properties"].as_object().into_iter().flatten() {
                let said = value["description"].as_str().unwrap_or_default().to_lowercase();
                let is_required = required.iter().any(|known| *known == field);
                assert_ne!(is_required, said.contains("absent"), "{name}#{place}: `{field}`: {said}");
            }
        });
    }
}

#[test]
fn a_number_of_bytes_fuel_or_seconds_says_so() {
    for (name, schema) in &*SCHEMAS {
        walk(&schema.json, "", &mut |place, inner| {
            for (field, value) in inner["properties"].as_object().into_iter().flatten() {
                let said = value["description"].as_str().unwrap_or_default().to_lowercase();
                let unit = match field.rsplit('_').next().unwrap() {
                    "bytes" => "bytes",
                    "fuel" => "units",
                    "seconds" | "secs" => "seconds",
                    "ms" => "milliseconds",
                    _ => continue,
                };
                let is_number = value["type"].to_string().contains("integer") || value["type"] == "number";
                assert!(!is_number || said.contains(unit), "{name}#{place}: `{field}`: {said}");
            }
        });
    }
}

/// Each file stands alone, so that one is all that a validator needs.
#[test]
fn a_definition_of_one_name_is_the_same_in_all_of_them() {
    let mut known: BTreeMap<&str, (&str, &Value)> = BTreeMap::new();
    for (name, schema) in &*SCHEMAS {
        for (definition, value) in schema.json["$defs"].as_object().into_iter().flatten() {
            let (first, expected) = known.entry(definition).or_insert((name, value));
            assert_eq!(*expected, value, "`{definition}` of {first} and of {name}");
        }
    }
}

#[test]
fn every_object_is_closed_but_those_that_others_may_extend() {
    for (name, schema) in &*SCHEMAS {
        let mut open = 0;
        walk(&schema.json, "", &mut |_, inner| {
            let is_open = inner.get("properties").is_some()
                && ["additionalProperties", "unevaluatedProperties"].iter().all(|word| inner.get(*word).is_none());
            open += usize::from(is_open);
        });
        // `pact test` says of a folder what it says of a component, so what is common is closed where it is used.
        let expected = if name == "test" { 2 } else { 0 };
        assert!(open == expected || OPEN.contains(&name.as_str()), "{name}: {open}");
    }
}

#[test]
fn the_index_names_each() {
    let index = read(&repository().join("docs/schemas/README.md"));
    for name in SCHEMAS.keys() {
        assert!(index.contains(&format!("]({name}.schema.json)")), "{name}");
    }
    let linked = index.matches(".schema.json)").count();
    assert_eq!(linked, SCHEMAS.len());
}
