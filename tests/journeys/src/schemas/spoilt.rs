//! Documents that a schema must refuse, made from those that pact has printed.

use serde_json::{Value, json};

use super::{OPEN, SCHEMAS, check};

/// Fails when a document is not what its schema says, and when the schema lets through what is made of it by spoiling one place.
#[track_caller]
pub(crate) fn examine(name: &str, document: &Value) {
    check(name, document);
    let schema = &SCHEMAS[name];
    let refused = |spoilt: &Value, how: &str| {
        assert!(!schema.validator.is_valid(spoilt), "docs/schemas/{name}.schema.json lets through {how}:\n{spoilt:#}");
    };
    for field in schema.json["required"].as_array().into_iter().flatten() {
        let mut spoilt = document.clone();
        spoilt.as_object_mut().unwrap().remove(field.as_str().unwrap()).unwrap();
        refused(&spoilt, &format!("a document without {field}"));
    }
    for place in objects(document, String::new()) {
        let fields: Vec<String> = document.pointer(&place).unwrap().as_object().unwrap().keys().cloned().collect();
        if !OPEN.contains(&name) {
            let mut spoilt = document.clone();
            spoilt.pointer_mut(&place).unwrap()["surprise"] = json!(true);
            refused(&spoilt, &format!("a field that nobody knows at `{place}`"));
        }
        for field in fields {
            let mut spoilt = document.clone();
            let value = &mut spoilt.pointer_mut(&place).unwrap()[&field];
            *value = if value.is_object() { json!(0.5) } else { json!({"surprise": true}) };
            refused(&spoilt, &format!("another kind of value as `{place}/{field}`"));
            if document.pointer(&place).unwrap()[&field].is_array() {
                let mut spoilt = document.clone();
                spoilt.pointer_mut(&place).unwrap()[&field].as_array_mut().unwrap().push(json!(0.5));
                refused(&spoilt, &format!("another kind of item in `{place}/{field}`"));
            }
        }
    }
}

/// The places of all objects. Of a list the first and the last item: the others are like them.
fn objects(value: &Value, place: String) -> Vec<String> {
    match value {
        Value::Object(fields) => {
            let inner = fields.iter().flat_map(|(name, value)| {
                let name = name.replace('~', "~0").replace('/', "~1");
                objects(value, format!("{place}/{name}"))
            });
            let mut places: Vec<String> = inner.collect();
            places.push(place);
            places
        }
        Value::Array(items) => {
            let ends = [0, items.len().saturating_sub(1)];
            let count = if items.len() < 2 { items.len() } else { 2 };
            ends.iter().take(count).flat_map(|at| objects(&items[*at], format!("{place}/{at}"))).collect()
        }
        _ => Vec::new(),
    }
}
