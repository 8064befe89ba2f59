//! `docs/schemas`: each JSON document that pact prints or writes is what its schema says, and nothing else is.
//!
//! The output of every journey is looked at, see [`check_printed`]. What is asked for here are the shapes that no other journey
//! needs, the files of a project, and documents that a schema must refuse.

mod files;
mod laws;
mod places;
mod printed;
mod spoilt;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::Value;

use crate::support::{read, repository, tree};

pub(crate) use spoilt::examine;

/// These may hold fields that pact does not know: it keeps them, and writes them back.
const OPEN: [&str; 2] = ["contract", "test-suite"];

/// One file of `docs/schemas`.
struct Schema {
    json: Value,
    validator: Validator,
}

/// All of them, by name.
static SCHEMAS: LazyLock<BTreeMap<String, Schema>> = LazyLock::new(|| {
    let files = tree(&repository().join("docs/schemas")).into_iter();
    let schemas = files.filter_map(|(path, _)| {
        let name = path.file_name().unwrap().to_str().unwrap().strip_suffix(".schema.json")?.to_owned();
        let json: Value = serde_json::from_str(&read(&path)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let validator = jsonschema::draft202012::new(&json).unwrap_or_else(|error| panic!("{name}: {error}"));
        Some((name, Schema { json, validator }))
    });
    schemas.collect()
});

/// Fails with the places where a document is not what the schema of this name says.
#[track_caller]
pub(crate) fn check(name: &str, document: &Value) {
    let schema = SCHEMAS.get(name).unwrap_or_else(|| panic!("no schema docs/schemas/{name}.schema.json"));
    let faults = faults(&schema.validator, document);
    assert!(faults.is_empty(), "not as in docs/schemas/{name}.schema.json:\n{}\n{document:#}", faults.join("\n"));
}

/// Looks at what a run has printed: a document that names its shape must have it.
#[track_caller]
pub(crate) fn check_printed(stdout: &str) {
    // Most runs print words.
    let Ok(document) = serde_json::from_str::<Value>(stdout) else { return };
    if let Some(shape) = document["schema"].as_str() {
        let name = shape.strip_prefix("pact/").and_then(|rest| rest.strip_suffix("@1"));
        check(name.unwrap_or_else(|| panic!("no shape of pact is called `{shape}`")), &document);
    }
}

fn faults(validator: &Validator, document: &Value) -> Vec<String> {
    validator.iter_errors(document).map(|error| format!("  at `{}`: {error}", error.instance_path())).collect()
}

#[test]
fn every_schema_is_the_shape_of_a_command_or_a_file() {
    let mut used: Vec<&str> = printed::SHAPES.iter().map(|(_, shape)| *shape).collect();
    used.extend(files::SHAPES.iter().map(|(shape, _)| *shape));
    used.sort_unstable();
    used.dedup();
    let there: Vec<&str> = SCHEMAS.keys().map(String::as_str).collect();
    assert_eq!(there, used);
}

#[test]
#[should_panic(expected = "not as in docs/schemas/init.schema.json")]
fn a_journey_whose_output_is_not_as_promised_fails() {
    check_printed(r#"{"schema": "pact/init@1", "written": ["task.md"], "kept": [], "surprise": true}"#);
}
