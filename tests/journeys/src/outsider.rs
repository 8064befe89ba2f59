//! A plugin of somebody else's: built by `pact plugin build` outside every workspace, loaded by one line in `pact.yaml`.

use std::path::Path;

use serde_json::Value;

use crate::schemas;
use crate::support::{bare, folder, pact, read, repository, run, temporary, tree, variable, write};

/// Copies a folder of the clone, so that the build leaves nothing there.
fn copy(name: &str, to: &Path) {
    let from = repository().join(name);
    for (path, _) in tree(&from) {
        let relative = path.strip_prefix(&from).unwrap();
        let is_built = relative.starts_with("target") || relative.extension().is_some_and(|ending| ending == "wasm");
        if !is_built {
            write(&to.join(name).join(relative), &read(&path));
        }
    }
}

#[test]
fn a_plugin_from_outside_is_built_without_the_engine_and_loaded_by_one_line() {
    let place = folder(&[]);
    copy("sdk/rust", place.path());
    copy("tests/outsider", place.path());

    let mut build = bare(place.path());
    build.args(["plugin", "build", "tests/outsider", "--json"]);
    // The one command that needs a tool chain. What it compiled before is kept, or each run would begin from nothing.
    for name in ["PATH", "HOME", "CARGO_HOME", "RUSTUP_HOME"] {
        if let Some(value) = variable(name) {
            build.env(name, value);
        }
    }
    build.env("CARGO_TARGET_DIR", temporary().join("outsider"));
    let built = run(build).with_code(0).stdout;
    schemas::examine("plugin-build", &serde_json::from_str(&built).unwrap());
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
