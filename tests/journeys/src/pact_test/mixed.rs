//! Components of three languages in one project.

use serde_json::{Value, json};

use crate::support::{folder, pact, read, write};

const MONEY: &str = "def add(left: int, right: int) -> int:\n    return left + right\n";
const MONEY_TESTS: &str = "from money import add\n\n\ndef test_adds():\n    assert add(200, 50) == 250\n";

const TARIFF: &str = "import { add } from \"money\";\n\nexport function price(cents: number): number {\n  \
                      return add(cents, cents);\n}\n";
const TARIFF_TESTS: &str = "import money from \"money\";\nimport { expect, test, vi } from \"vitest\";\nimport { price } from \
                            \"tariff\";\n\ntest(\"doubles\", () => {\n  const add = vi.spyOn(money, \
                            \"add\").mockReturnValue(14);\n  expect(price(7)).toBe(14);\n  \
                            expect(add).toHaveBeenCalledWith(7, 7);\n});\n";

const INVOICE: &str = "import { price } from \"tariff\";\n\nexport function total(parts) {\n  return \
                       parts.reduce((sum, part) => sum + price(part), 0);\n}\n";
const INVOICE_TESTS: &str = "import tariff from \"tariff\";\nimport { expect, test, vi } from \"vitest\";\nimport { total } from \
                             \"invoice\";\n\ntest(\"sums\", () => {\n  vi.spyOn(tariff, \
                             \"price\").mockImplementation((cents) => cents);\n  expect(total([1, 2, 4])).toBe(7);\n});\n";

/// `invoice` in JavaScript calls `tariff` in TypeScript, which calls `money` in Python.
fn project(language: &str) -> tempfile::TempDir {
    let node = |id: &str, parent: &str, children: &[&str], dependencies: &[&str]| {
        json!({"component_id": id, "name": id, "description": "A part.", "depth": u8::from(!parent.is_empty()),
               "parent_id": parent, "children": children, "dependencies": dependencies, "implementation_status": "tested"})
    };
    let tree = json!({"root_id": "root", "nodes": {
        "root": node("root", "", &["money", "tariff", "invoice"], &[]),
        "money": node("money", "root", &[], &[]),
        "tariff": node("tariff", "root", &[], &["money"]),
        "invoice": node("invoice", "root", &[], &["tariff"]),
    }});
    let contract = |id: &str, function: &str, inputs: &[(&str, &str)], dependencies: &[&str]| {
        let inputs: Vec<Value> =
            inputs.iter().map(|(name, type_ref)| json!({"name": name, "type_ref": type_ref})).collect();
        json!({"component_id": id, "name": id, "description": "A part.", "version": 1, "types": [], "dependencies": dependencies,
               "functions": [{"name": function, "description": "Counts.", "inputs": inputs, "output_type": "int"}]})
        .to_string()
    };
    folder(&[
        ("task.md", "# Shop\n\nCounts money.\n"),
        ("pact.yaml", language),
        ("decomposition/tree.json", &tree.to_string()),
        ("contracts/money/interface.json", &contract("money", "add", &[("left", "int"), ("right", "int")], &[])),
        ("contracts/tariff/interface.json", &contract("tariff", "price", &[("cents", "int")], &["money"])),
        ("contracts/invoice/interface.json", &contract("invoice", "total", &[("parts", "list[int]")], &["tariff"])),
        ("src/money/money.py", MONEY),
        ("src/tariff/tariff.ts", TARIFF),
        ("src/invoice/invoice.js", INVOICE),
        ("tests/money/contract_test.py", MONEY_TESTS),
        ("tests/tariff/contract_test.test.ts", TARIFF_TESTS),
        ("tests/invoice/contract_test.test.js", INVOICE_TESTS),
    ])
}

const THREE: &str = "language: {default: python, tariff: typescript, invoice: javascript}\n";

#[test]
fn components_of_three_languages_are_tested_by_one_command() {
    let project = project(THREE);
    let ended = pact(project.path(), ["test", "--json"]).with_code(0);
    let document: Value = serde_json::from_str(&ended.stdout).unwrap();
    let seen: Vec<Value> = document["components"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| {
            json!([part["component"], part["verdict"], part["passed"], part["isolation"], part["receipt"][0]["plugin"]])
        })
        .collect();
    assert_eq!(
        seen,
        [
            json!(["money", "passed", 1, "split", "runner-python"]),
            json!(["tariff", "passed", 1, "split", "runner-js"]),
            json!(["invoice", "passed", 1, "split", "runner-js"])
        ]
    );
}

#[test]
fn the_sandbox_is_named_wherever_it_is_another_one() {
    let project = project(THREE);
    let ended = pact(project.path(), ["test"]).with_code(0);
    let sandboxes: Vec<&str> = ended.stdout.lines().filter(|line| line.starts_with("sandbox: ")).collect();
    assert_eq!(sandboxes.len(), 3, "{}", ended.stdout);
    assert!(sandboxes[0].contains("pytest") && sandboxes[1].contains("vitest"), "{}", ended.stdout);
    assert!(ended.stdout.ends_with("3 of 3 components passed\n"), "{}", ended.stdout);
}

#[test]
fn a_fault_in_one_language_fails_its_component_and_no_other() {
    let project = project(THREE);
    let code = project.path().join("src/invoice/invoice.js");
    write(&code, &read(&code).replace("sum + price", "sum - price"));
    let ended = pact(project.path(), ["test", "--json"]).with_code(1);
    let document: Value = serde_json::from_str(&ended.stdout).unwrap();
    let verdicts: Vec<&Value> =
        document["components"].as_array().unwrap().iter().map(|part| &part["verdict"]).collect();
    assert_eq!(verdicts, ["passed", "passed", "failed"]);
}

#[test]
fn a_language_for_a_component_that_is_not_there_is_refused_with_those_that_are() {
    let project = project("language: {default: python, tarif: typescript}\n");
    for command in ["test", "status", "components"] {
        let ended = pact(project.path(), [command]).with_code(2);
        assert!(
            ended.stderr.contains("`language` in pact.yaml names `tarif`, which is no component"),
            "{}",
            ended.stderr
        );
        assert!(ended.stderr.contains("components of this project: invoice, money, tariff"), "{}", ended.stderr);
    }
}

#[test]
fn every_language_of_a_project_is_assessed() {
    let project = project(THREE);
    for (path, text) in [
        ("src/money/spare.py", "def unused():\n    return 1\n"),
        ("src/tariff/spare.ts", "export function unused(): number {\n  return 1;\n}\n"),
    ] {
        write(&project.path().join(path), text);
    }
    let ended = pact(project.path(), ["assess", "--json"]);
    let document: Value =
        serde_json::from_str(&ended.stdout).unwrap_or_else(|error| panic!("{error}: {}", ended.stderr));
    let paths: Vec<&str> =
        document["findings"].as_array().unwrap().iter().filter_map(|finding| finding["path"].as_str()).collect();
    for path in ["src/money/spare.py", "src/tariff/spare.ts"] {
        assert!(paths.contains(&path), "{document}");
    }
}
