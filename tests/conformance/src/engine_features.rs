//! wasmtime takes minutes to compile, so every selection of packages must want the same one.

use std::collections::BTreeSet;
use std::process::Command;

#[test]
fn every_selection_of_packages_compiles_the_same_engine() {
    let engine = features(&["-p", "pact-runtime"]);
    for selection in [&["-p", "pact"][..], &["--workspace"][..], &["--workspace", "-e", "normal,build,dev"][..]] {
        // Others may want a package a second time, for a build script: with other features, and not for the engine.
        let other = features(selection);
        let missing: Vec<&String> = engine.difference(&other).collect();
        assert_eq!(missing, Vec::<&String>::new(), "with {selection:?}; pin the features in host/runtime/Cargo.toml");
    }
}

/// Returns everything that wasmtime is built from with its features, when a selection of packages is built.
fn features(selection: &[&str]) -> BTreeSet<String> {
    let below = |selection: &[&str], format: &str| {
        let mut command = Command::new(env!("CARGO"));
        command.current_dir(super::root()).args(["tree", "--offline", "--locked", "--prefix", "none", "-f", format]);
        if !selection.contains(&"-e") {
            command.args(["-e", "normal,build"]);
        }
        let output = command.args(selection).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let engine: Vec<String> = below(&["-p", "wasmtime"], "{p}").lines().map(|line| line.replace(" (*)", "")).collect();
    assert!(engine.len() > 50, "wasmtime is built from more than this: {engine:?}");
    below(selection, "{p}|{f}")
        .lines()
        .map(|line| line.replace(" (*)", ""))
        .filter(|line| line.split_once('|').is_some_and(|(package, _)| engine.iter().any(|known| known == package)))
        .collect()
}
