//! A project with one small component, to be changed in one place by each test.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::{folder, pact, write};

pub(super) const CODE: &str = "_seen = []\n\n\ndef total(values: list[int]) -> int:\n    return sum(values)\n\n\n\
                               def remember(value: int) -> int:\n    _seen.append(value)\n    return len(_seen)\n";

pub(super) const TESTS: &str = "from gauge import remember, total\n\n\ndef test_total():\n    assert total([1, 2]) == 3\n\n\n\
                                def test_nothing():\n    assert total([]) == 0\n\n\n\
                                def test_remember():\n    assert remember(7) == 1\n";

/// The project on disk.
pub(super) struct Gauge {
    folder: tempfile::TempDir,
    contract: Value,
}

impl Gauge {
    pub(super) fn new(tests: &str, code: &str) -> Self {
        let node = |id: &str, parent: &str, children: &[&str], depth: u32| {
            json!({"component_id": id, "name": id, "description": "A gauge.", "depth": depth, "parent_id": parent,
                   "children": children, "dependencies": [], "implementation_status": "tested"})
        };
        let tree = json!({"root_id": "root", "nodes": {"root": node("root", "", &["gauge"], 0), "gauge": node("gauge", "root", &[], 1)}});
        let input = |name: &str, type_ref: &str| json!({"name": name, "type_ref": type_ref});
        let contract = json!({
            "component_id": "gauge", "name": "Gauge", "description": "Adds and remembers.", "version": 1, "types": [],
            "functions": [
                {"name": "total", "description": "Adds.", "inputs": [input("values", "list[int]")], "output_type": "int"},
                {"name": "remember", "description": "Counts.", "inputs": [input("value", "int")], "output_type": "int"},
            ],
        });
        let folder = folder(&[
            ("task.md", "# Gauge\n\nAdds and remembers.\n"),
            ("pact.yaml", "language: python\n"),
            ("decomposition/tree.json", &tree.to_string()),
            ("decomposition/decisions.json", "[]"),
            ("tests/gauge/contract_test.py", tests),
            ("src/gauge/gauge.py", code),
        ]);
        let gauge = Self { folder, contract };
        gauge.write_contract();
        gauge
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Lets the contract say that state lasts.
    pub(super) fn keeping_state(mut self) -> Self {
        self.contract["keeps_state"] = json!(true);
        self.write_contract();
        self
    }

    /// Lets the contract of `total` say an effect.
    pub(super) fn allowing(mut self, kind: &str) -> Self {
        self.contract["functions"][0]["structured_side_effects"] = json!([{"kind": kind, "target": "clock"}]);
        self.write_contract();
        self
    }

    /// Lets the contract of `total` say how it grows.
    pub(super) fn bounded(mut self, complexity: &str) -> Self {
        self.contract["functions"][0]["performance_budget"] = json!({"complexity": complexity});
        self.write_contract();
        self
    }

    /// Lets the contract say something else.
    pub(super) fn saying(mut self, change: impl FnOnce(&mut Value)) -> Self {
        change(&mut self.contract);
        self.write_contract();
        self
    }

    /// Runs `pact test --json` and demands an exit code.
    #[track_caller]
    pub(super) fn document(&self, options: &[&str], code: i32) -> Value {
        let ended = pact(self.folder(), ["test", "--json"].iter().chain(options)).with_code(code);
        serde_json::from_str(&ended.stdout).unwrap_or_else(|error| panic!("{error}: {ended:#?}"))
    }

    /// The same, of the one component.
    #[track_caller]
    pub(super) fn component(&self, options: &[&str], code: i32) -> Value {
        self.document(options, code)["components"][0].take()
    }

    fn write_contract(&self) {
        let text = serde_json::to_string_pretty(&self.contract).unwrap();
        write(&self.folder().join("contracts/gauge/interface.json"), &text);
    }
}
