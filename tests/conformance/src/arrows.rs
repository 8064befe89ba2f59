//! Who may know whom. The table is that of `docs/architecture.md`.

use cargo_metadata::{DependencyKind, MetadataCommand};

/// Each crate of ours with the crates of ours that it may depend on.
const ALLOWED: [(&str, &[&str]); 7] = [
    ("pact-model", &[]),
    ("pact-grants", &["pact-model"]),
    ("pact-pipeline", &["pact-model"]),
    ("pact-store", &["pact-model", "pact-pipeline"]),
    ("pact-runtime", &["pact-grants", "pact-model", "pact-pipeline"]),
    ("pact", &["pact-builder", "pact-grants", "pact-model", "pact-pipeline", "pact-runtime", "pact-store"]),
    ("pact-builder", &[]),
];

/// Crates that only some of ours may know, because they are an effect or a weight.
const ONLY_IN: [(&str, &[&str]); 4] = [
    ("wasmtime", &["pact-runtime"]),
    ("wasmtime-wasi", &["pact-runtime"]),
    ("clap", &["pact", "pact-builder"]),
    ("indicatif", &["pact"]),
];

#[test]
fn no_arrow_points_where_it_must_not() {
    let metadata = MetadataCommand::new().manifest_path(super::root().join("Cargo.toml")).no_deps().exec().unwrap();
    let ours: Vec<_> = metadata.packages.iter().filter(|package| !package.name.starts_with("pact-tests")).collect();
    let mut names: Vec<&str> = ours.iter().map(|package| package.name.as_str()).collect();
    names.retain(|name| *name != "pact-bench");
    names.sort_unstable();
    let mut known: Vec<&str> = ALLOWED.iter().map(|(name, _)| *name).collect();
    known.sort_unstable();
    assert_eq!(names, known, "a new crate gets its row here and in docs/architecture.md first");

    let mut wrong = Vec::new();
    for package in ours {
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == package.name.as_str()) else { continue };
        for dependency in package.dependencies.iter().filter(|d| d.kind != DependencyKind::Development) {
            let name = dependency.name.as_str();
            let is_ours = known.contains(&name);
            if is_ours && !allowed.contains(&name) {
                wrong.push(format!("{} -> {name}", package.name));
            }
            if let Some((_, users)) = ONLY_IN.iter().find(|(only, _)| *only == name)
                && !users.contains(&package.name.as_str())
            {
                wrong.push(format!("{} -> {name}", package.name));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
