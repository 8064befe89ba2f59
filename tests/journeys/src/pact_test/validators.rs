//! The rendered types of each language judge the values of `tests/validators.json` as the host does.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::support::{folder, pact};

const TABLE: &str = include_str!("../../../validators.json");

/// A struct of the contract with one validator, and what it has to say of the values of its field `x`.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) accepts: Vec<Value>,
    pub(super) rejects: Vec<Value>,
}

/// Returns the types of a contract, and a row for each validator that is enforced.
fn types_and_rows() -> (Vec<Value>, Vec<Row>) {
    let table: Value = serde_json::from_str(TABLE).unwrap();
    let mut types = table["types"].as_array().unwrap().clone();
    let mut rows = Vec::new();
    for (index, row) in table["accepted"].as_array().unwrap().iter().enumerate() {
        if row["written"].is_null() {
            continue;
        }
        let name = format!("Row{index}");
        let validator = json!({"kind": row["kind"], "expression": row["expression"]});
        let mut fields = vec![json!({"name": "x", "type_ref": row["type"], "validators": [validator]})];
        if row["expression"].as_str().unwrap().contains("limit") {
            // Not given, so that a rule about it cannot be judged.
            fields.push(json!({"name": "limit", "type_ref": "int", "required": false}));
        }
        types.push(json!({"name": name, "kind": "struct", "description": "One validator.", "fields": fields}));
        let values = |column: &str| row[column].as_array().unwrap().clone();
        rows.push(Row { name, accepts: values("accepts"), rejects: values("rejects") });
    }
    assert!(rows.len() > 60, "{} rows", rows.len());
    (types, rows)
}

/// A literal of both languages: a text of JSON.
fn literal(values: impl Iterator<Item = Value>) -> String {
    let text = Value::Array(values.collect()).to_string();
    Value::String(text).to_string()
}

fn names(rows: &[Row]) -> String {
    rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn python(id: &str, rows: &[Row]) -> (String, String) {
    let names = names(rows);
    let code = format!("from {id}_types import {names}\n\n\ndef twice(value: int) -> int:\n    return value * 2\n");
    let mut tests = format!(
        "import json\n\nimport pydantic\nimport pytest\n\nfrom {id} import {names}, twice\n\n\n\
         def test_twice():\n    assert twice(2) == 4\n"
    );
    for Row { name, accepts, rejects } in rows {
        let (accepts, rejects) = (literal(accepts.iter().cloned()), literal(rejects.iter().cloned()));
        let test = name.to_lowercase();
        let _ = write!(
            tests,
            "\n\ndef test_{test}():\n    for value in json.loads({accepts}):\n        {name}(x=value)\n    \
             for value in json.loads({rejects}):\n        with pytest.raises(pydantic.ValidationError):\n            \
             {name}(x=value)\n"
        );
    }
    (code, tests)
}

fn ecmascript(id: &str, rows: &[Row], types: [&str; 2]) -> (String, String) {
    let names = names(rows);
    let code = format!(
        "export * from \"{id}_types\";\n\nexport function twice(value{}){} {{\n  return value * 2;\n}}\n",
        types[0], types[1]
    );
    let mut tests = format!(
        "import {{ expect, test }} from \"vitest\";\nimport {{ {names}, twice }} from \"{id}\";\n\n\
         test(\"twice\", () => {{\n  expect(twice(2)).toBe(4);\n}});\n"
    );
    for Row { name, accepts, rejects } in rows {
        let accepts = literal(accepts.iter().filter(|value| is_exact_in_javascript(value)).cloned());
        let rejects = literal(rejects.iter().cloned());
        let _ = write!(
            tests,
            "\ntest(\"{name}\", () => {{\n  for (const value of JSON.parse({accepts})) new {name}({{ x: value }});\n  \
             for (const value of JSON.parse({rejects})) expect(() => new {name}({{ x: value }})).toThrow();\n}});\n"
        );
    }
    (code, tests)
}

/// A whole number above these is no number of JavaScript's, and its types refuse what it is rounded to.
fn is_exact_in_javascript(value: &Value) -> bool {
    const LARGEST: i64 = (1 << 53) - 1;
    match value.as_i64() {
        Some(whole) => (-LARGEST..=LARGEST).contains(&whole),
        None => !value.is_u64(),
    }
}

#[test]
fn rendered_types_judge_the_values_of_the_table_alike_in_every_language() {
    let (types, rows) = types_and_rows();
    assert_judged(&types, &rows);
}

/// Renders the types in every language, and lets each judge the values of the rows.
pub(super) fn assert_judged(types: &[Value], rows: &[Row]) {
    let ids = ["inpython", "intypescript", "injavascript"];
    let node = |id: &str, parent: &str, children: &[&str]| {
        json!({"component_id": id, "name": id, "description": "A part.", "depth": u8::from(!parent.is_empty()),
               "parent_id": parent, "children": children, "dependencies": [], "implementation_status": "tested"})
    };
    let mut nodes = json!({"root": node("root", "", &ids)});
    for id in ids {
        nodes[id] = node(id, "root", &[]);
    }
    let tree = json!({"root_id": "root", "nodes": nodes}).to_string();
    let contract = |id: &str| {
        json!({"component_id": id, "name": id, "description": "A part.", "version": 1, "types": types, "functions": [
            {"name": "twice", "description": "Doubles.", "inputs": [{"name": "value", "type_ref": "int"}], "output_type": "int"}]})
        .to_string()
    };
    let contracts = ids.map(contract);
    let (python_code, python_tests) = python(ids[0], rows);
    let (typescript_code, typescript_tests) = ecmascript(ids[1], rows, [": number", ": number"]);
    let (javascript_code, javascript_tests) = ecmascript(ids[2], rows, ["", ""]);
    let project = folder(&[
        ("task.md", "# Table\n\nJudges values.\n"),
        ("pact.yaml", "language: {default: python, intypescript: typescript, injavascript: javascript}\n"),
        ("decomposition/tree.json", &tree),
        ("contracts/inpython/interface.json", &contracts[0]),
        ("contracts/intypescript/interface.json", &contracts[1]),
        ("contracts/injavascript/interface.json", &contracts[2]),
        ("src/inpython/inpython.py", &python_code),
        ("src/intypescript/intypescript.ts", &typescript_code),
        ("src/injavascript/injavascript.js", &javascript_code),
        ("tests/inpython/contract_test.py", &python_tests),
        ("tests/intypescript/contract_test.test.ts", &typescript_tests),
        ("tests/injavascript/contract_test.test.js", &javascript_tests),
    ]);
    let ended = pact(project.path(), ["test", "--json"]);
    let document: Value = serde_json::from_str(&ended.stdout).unwrap_or_else(|error| panic!("{error}: {ended:#?}"));
    let components = document["components"].as_array().unwrap();
    assert_eq!(components.len(), ids.len(), "{document:#}");
    for component in components {
        let failed: Vec<&Value> = component["tests"]
            .as_array()
            .unwrap_or_else(|| panic!("no tests: {component:#}"))
            .iter()
            .filter(|test| test["outcome"] != "passed")
            .collect();
        assert!(failed.is_empty(), "{}: {failed:#?}", component["component"]);
        assert_eq!(component["passed"], rows.len() + 1, "{component:#}");
    }
}
