//! Plugins of somebody else's: built by `pact plugin build` outside every workspace, loaded by one line in `pact.yaml`.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use crate::schemas;
use crate::support::{bare, folder, pact, read, repository, run_within, temporary, tree, variable, write};

/// The first build of a parser compiles some fifty crates, after those that other tests build in the same folder.
const BUILD: Duration = Duration::from_secs(1_200);

/// Copies a folder of the clone, so that the build leaves nothing there.
fn copy(name: &str, to: &Path) {
    let from = repository().join(name);
    for (path, _) in tree(&from) {
        let relative = path.strip_prefix(&from).unwrap();
        let is_built =
            relative.iter().any(|part| part == "target") || relative.extension().is_some_and(|ending| ending == "wasm");
        if !is_built {
            write(&to.join(name).join(relative), &read(&path));
        }
    }
}

/// Builds the plugin in a folder, as its author does.
fn build(place: &Path, folder: &str) {
    let mut build = bare(place);
    build.args(["plugin", "build", folder, "--json"]);
    // The one command that needs a tool chain. What it compiled before is kept, or each run would begin from nothing.
    for name in ["PATH", "HOME", "CARGO_HOME", "RUSTUP_HOME"] {
        if let Some(value) = variable(name) {
            build.env(name, value);
        }
    }
    build.env("CARGO_TARGET_DIR", temporary().join("outsider"));
    let built = run_within(build, BUILD).with_code(0).stdout;
    schemas::examine("plugin-build", &serde_json::from_str(&built).unwrap());
}

#[test]
fn a_plugin_from_outside_is_built_without_the_engine_and_loaded_by_one_line() {
    let place = folder(&[]);
    copy("sdk/rust", place.path());
    copy("tests/outsider", place.path());
    build(place.path(), "tests/outsider");
    let lock = read(&place.path().join("tests/outsider/Cargo.lock"));
    assert!(!lock.contains("name = \"wasmtime\""), "the SDK must not bring the engine with it");

    let body = "    total = 0\n".to_owned() + &"    total += 1\n".repeat(50) + "    return total\n";
    write(&place.path().join("project/report.py"), &format!("def render():\n{body}"));
    let project = place.path().join("project");
    let without: Value = serde_json::from_str(&pact(&project, ["assess", "--json"]).with_code(0).stdout).unwrap();
    assert!(!without.to_string().contains("long-function"), "{without}");

    let line = "plugins: { long-function: ../tests/outsider/long-function.wasm }\n";
    write(&project.join("pact.yaml"), line);
    let with: Value = serde_json::from_str(&pact(&project, ["assess", "--json"]).with_code(0).stdout).unwrap();
    let findings = with["findings"].as_array().unwrap();
    let found = findings.iter().find(|finding| finding["code"] == "long-function").expect("the outsider found nothing");
    assert_eq!(found["path"], "report.py");
    assert_eq!(found["line"], 1);
}

/// Builds a plugin that builds on the crate of the shipped backend of Python.
fn build_on_python(place: &Path, folder: &str) {
    for name in ["wit/v0", "plugins/languages", folder] {
        copy(name, place);
    }
    write(&place.join("plugins/Cargo.toml"), &read(&repository().join("plugins/Cargo.toml")));
    build(place, folder);
}

#[test]
fn a_second_backend_of_a_language_takes_a_project_over_by_one_line() {
    let place = folder(&[]);
    build_on_python(place.path(), "tests/outsider/python-dataclasses");

    pact(place.path(), ["demo", "project"]).with_code(0);
    let project = place.path().join("project");
    let types = |folder: &str| {
        pact(&project, ["render", "money", "-o", folder]).with_code(0);
        read(&project.join(folder).join("contracts/money/money_types.py"))
    };
    assert!(types("shipped").contains("pydantic"));
    let settings = read(&project.join("pact.yaml"));
    let line =
        "language: { backend: ../tests/outsider/python-dataclasses/python-dataclasses.wasm, runner: runner-python }\n";
    let swapped = settings.replacen("language: python\n", line, 1);
    assert_ne!(swapped, settings);
    write(&project.join("pact.yaml"), &swapped);
    let types = types("outside");
    assert!(types.contains("@dataclass") && !types.contains("pydantic"), "{types}");

    let tested: Value = serde_json::from_str(&pact(&project, ["test", "--json"]).with_code(0).stdout).unwrap();
    let components = tested["components"].as_array().unwrap();
    assert_eq!(components.len(), 3);
    for component in components {
        assert_eq!(
            (&component["verdict"], &component["isolation"]),
            (&"passed".into(), &"split".into()),
            "{component}"
        );
    }

    // A run judges the same code under the other backend, and asks nobody.
    let asked = || read(&project.join(".pact/receipts.jsonl")).matches("provider.complete").count();
    let before = asked();
    let run = pact(&project, ["run", "--implement"]).with_code(0);
    assert_eq!((asked(), run.stdout.matches("verdict: ").count()), (before, 3), "{}", run.stdout);
    assert_eq!(read(&project.join("contracts/money/money_types.py")), types);
    let certificate = read(&project.join("certification/certification.json"));
    assert!(certificate.contains("\"python-dataclasses\""), "{certificate}");
    pact(&project, ["verify"]).with_code(0);
}

#[test]
fn a_toy_language_has_a_backend_of_its_own_and_the_runner_of_another() {
    let place = folder(&[]);
    build_on_python(place.path(), "tests/outsider/postfix");

    let project = place.path().join("project");
    let node = |id: &str, children: &[&str]| json!({"component_id": id, "name": id, "description": "A part.", "children": children});
    let tree = json!({"root_id": "root", "nodes": {"root": node("root", &["sums"]), "sums": node("sums", &[])}});
    let numbers = json!([{"name": "left", "type_ref": "float"}, {"name": "right", "type_ref": "float"}]);
    let function = |name: &str| json!({"name": name, "description": "d", "inputs": numbers, "output_type": "float"});
    let contract = json!({"component_id": "sums", "name": "Sums", "description": "Sums.",
                          "functions": [function("mean"), function("gap")]});
    let good = "mean left right : left right + 2 /\ngap left right : right left - # may be negative\n";
    for (path, text) in [
        ("task.md", "# Sums\n\nComputes sums.\n"),
        (
            "pact.yaml",
            "language: { backend: ../tests/outsider/postfix/postfix.wasm, runner: runner-python }\nsuites: [smoke]\n",
        ),
        ("decomposition/tree.json", &tree.to_string()),
        ("contracts/sums/interface.json", &contract.to_string()),
        ("src/sums/main.postfix", good),
        (
            "tests/sums/contract_test.py",
            "from sums import gap, mean\n\n\ndef test_mean():\n    assert mean(1, 4) == 2.5\n\n\n\
             def test_gap():\n    assert gap(3, 1) == -2\n",
        ),
    ] {
        write(&project.join(path), text);
    }
    let judged = |code: &str| -> Value {
        write(&project.join("src/sums/main.postfix"), code);
        let tested: Value = serde_json::from_str(&pact(&project, ["test", "--json"]).stdout).unwrap();
        tested["components"][0].clone()
    };
    let passed = judged(good);
    assert_eq!((&passed["verdict"], &passed["passed"]), (&"passed".into(), &2.into()), "{passed:#}");
    let wrong = judged(&good.replace("right left -", "left right -"));
    assert_eq!((&wrong["verdict"], &wrong["failed"]), (&"failed".into(), &1.into()), "{wrong:#}");
    // The backend's own check of the code, which nobody but it can read.
    let unreadable = judged(&good.replace("right left -", "right left minus"));
    assert_eq!(unreadable["verdict"], "failed", "{unreadable:#}");
    assert!(unreadable.to_string().contains("`minus` is no number"), "{unreadable:#}");
}
