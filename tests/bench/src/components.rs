//! A project of many components with contracts and suites: what `pact validate` reads, checks and has rendered.

use std::path::Path;

use serde_json::{Value, json};

use crate::scenario::{Peers, Prepared, pact, write};

/// As many as the goal is about: they are to be validated and rendered in two seconds.
const MANY: usize = 1000;

/// Validating a project renders types, stub and stand-in of each contract, because a language may have a word against one.
pub(crate) fn validate(folder: &Path, program: &Path, _: &Peers) -> anyhow::Result<Prepared> {
    let (many, one) = (folder.join("many"), folder.join("one"));
    write_project(&many, MANY)?;
    write_project(&one, 1)?;
    let validate = |folder: &Path| pact(program, "validate", folder, &[]);
    Ok(Prepared { ours: validate(&many), theirs: validate(&one), per: None })
}

fn write_project(folder: &Path, count: usize) -> anyhow::Result<()> {
    let ids: Vec<String> = (0..count).map(|at| format!("part_{at}")).collect();
    let mut nodes = serde_json::Map::new();
    let node = |id: &str, parent: &str, children: &[String]| {
        json!({"component_id": id, "name": id, "description": "Keeps accounts.", "depth": u8::from(!parent.is_empty()),
               "parent_id": parent, "children": children, "dependencies": [], "implementation_status": "contracted"})
    };
    nodes.insert("root".to_owned(), node("root", "", &ids));
    for (at, id) in ids.iter().enumerate() {
        nodes.insert(id.clone(), node(id, "root", &[]));
        // Chains of ten: each calls the one before it.
        let called: Vec<&str> = ids[at - at % 10..at].last().map(String::as_str).into_iter().collect();
        write(
            folder,
            &[
                (&format!("contracts/{id}/interface.json"), &contract(id, &called).to_string()),
                (&format!("tests/{id}/contract_test_suite.json"), &suite(id).to_string()),
            ],
        )?;
    }
    write(
        folder,
        &[
            ("task.md", "# Parts\n\nOpen accounts and pay.\n"),
            ("pact.yaml", "language: python\n"),
            ("decomposition/tree.json", &json!({"root_id": "root", "nodes": nodes}).to_string()),
            ("decomposition/decisions.json", "[]"),
        ],
    )
}

fn contract(id: &str, called: &[&str]) -> Value {
    let field = |name: &str, type_ref: &str, kind: &str, expression: &str| json!({"name": name, "type_ref": type_ref, "validators": [{"kind": kind, "expression": expression}]});
    let error = json!([{"name": "unknown", "condition": "no account has the owner", "error_type": "KeyError"}]);
    json!({
        "component_id": id, "name": id, "description": "Keeps accounts of owners.", "dependencies": called,
        "types": [
            {"name": "Kind", "kind": "enum", "variants": ["PRIVATE", "COMPANY"]},
            {"name": "Account", "kind": "struct", "description": "Money of one owner.", "fields": [
                field("owner", "str", "length", "1 <= len(value) <= 80"), field("cents", "int", "range", "0 <= value"),
                field("iban", "str", "regex", "^[A-Z]{2}[0-9]{20}$"), {"name": "kind", "type_ref": "Kind"}]}],
        "functions": [
            {"name": "open_account", "description": "Opens an account.", "output_type": "Account",
             "inputs": [field("owner", "str", "length", "1 <= len(value) <= 80"), {"name": "kind", "type_ref": "Kind"}]},
            {"name": "pay", "description": "Pays into an account.", "output_type": "Account", "error_cases": error,
             "inputs": [{"name": "account", "type_ref": "Account"}, field("cents", "int", "range", "1 <= value <= 100000")]},
            {"name": "accounts_of", "description": "Finds the accounts of an owner.", "output_type": "list[Account]",
             "inputs": [{"name": "owner", "type_ref": "str"}], "idempotent": true}],
    })
}

fn suite(id: &str) -> Value {
    let case = |name: &str, function: &str, category: &str, error: &str| json!({"id": name, "description": "A case.", "function": function, "category": category, "expected_error": error});
    json!({"component_id": id, "contract_version": 1, "test_language": "python", "generated_code": "# not run here\n", "test_cases": [
        case("opens", "open_account", "happy_path", ""), case("pays", "pay", "happy_path", ""),
        case("unknown", "pay", "error_case", "KeyError"), case("finds", "accounts_of", "happy_path", "")]})
}
