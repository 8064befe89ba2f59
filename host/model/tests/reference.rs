//! What pact-agents 1.2.0 wrote (`tests/reference`) is read, and written again with every field.

#![expect(clippy::unwrap_used, reason = "a test")]
#![expect(clippy::disallowed_methods, reason = "the files are what is tested")]

use std::fs;
use std::path::{Path, PathBuf};

use pact_model::contract::{ComponentContract, TypeRegistry};
use pact_model::decomposition::{DecompositionTree, EngineeringDecision};
use pact_model::run_state::RunState;
use pact_model::test_suite::ContractTestSuite;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn json_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            json_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "json") {
            found.push(path);
        }
    }
}

fn written_again<T: DeserializeOwned + Serialize>(text: &str) -> Value {
    serde_json::to_value(serde_json::from_str::<T>(text).unwrap()).unwrap()
}

/// Everything that stood in the old document stands in the new one.
fn assert_kept(old: &Value, new: &Value, at: &str) {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            for (key, value) in old {
                let kept = new.get(key).unwrap_or_else(|| panic!("{at}/{key} is lost"));
                assert_kept(value, kept, &format!("{at}/{key}"));
            }
        }
        (Value::Array(old), Value::Array(new)) => {
            assert_eq!(old.len(), new.len(), "{at}");
            for (index, (old, new)) in old.iter().zip(new).enumerate() {
                assert_kept(old, new, &format!("{at}/{index}"));
            }
        }
        (old, new) => assert_eq!(old, new, "{at}"),
    }
}

/// `Class.method` among the functions of a contract is a method of a class among its types: the one thing that moves.
fn with_methods(document: &mut Value) {
    let Some(functions) = document.get_mut("functions").and_then(Value::as_array_mut) else { return };
    let (moved, stay): (Vec<Value>, Vec<Value>) =
        functions.drain(..).partition(|function| function["name"].as_str().unwrap().contains('.'));
    *functions = stay;
    let types = document["types"].as_array_mut().unwrap();
    for mut function in moved {
        let (class, method) = function["name"].as_str().unwrap().split_once('.').unwrap();
        let (class, method) = (Value::from(class), Value::from(method));
        function["name"] = method;
        match types.iter_mut().find(|known| known["name"] == class) {
            Some(known) => known["methods"].as_array_mut().unwrap().push(function),
            None => types.push(serde_json::json!({"name": class, "kind": "class", "methods": [function]})),
        }
    }
}

#[test]
fn reading_and_writing_keeps_every_field_of_the_references_files() {
    let mut files = Vec::new();
    json_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference"), &mut files);
    let mut read = 0;
    for path in &files {
        let text = fs::read_to_string(path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        let is_history = path.parent().unwrap().ends_with("history");
        let again = match name {
            _ if is_history => written_again::<ComponentContract>(&text),
            "interface.json" => written_again::<ComponentContract>(&text),
            "contract_test_suite.json" | "goodhart_test_suite.json" => written_again::<ContractTestSuite>(&text),
            "tree.json" => written_again::<DecompositionTree>(&text),
            "decisions.json" => written_again::<Vec<EngineeringDecision>>(&text),
            "type_registry.json" => written_again::<TypeRegistry>(&text),
            "state.json" => written_again::<RunState>(&text),
            // Read or left alone, never written.
            "design.json" | "interview.json" | "metadata.json" => continue,
            other => panic!("nobody says what `{other}` is"),
        };
        let mut old: Value = serde_json::from_str(&text).unwrap();
        with_methods(&mut old);
        assert_kept(&old, &again, &path.display().to_string());
        read += 1;
    }
    assert!(read > 20, "{read} files of {}", files.len());
}
