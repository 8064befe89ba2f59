//! One lint table, and everything that can touch the world in one list.

use std::fs;
use std::path::{Path, PathBuf};

/// Packages with a table of their own: the guests must be free to try what everybody else may not.
const OWN_TABLE: [&str; 1] = ["tests/guests/Cargo.toml"];

#[test]
fn every_crate_takes_the_lint_table_of_its_workspace() {
    let mut without = Vec::new();
    for manifest in files(&super::root(), "Cargo.toml") {
        let text = fs::read_to_string(&manifest).unwrap();
        let is_package = text.contains("[package]");
        let has_lints = text.contains("[lints]\nworkspace = true") || text.contains("lints.workspace = true");
        // What lies outside every workspace has a table of its own.
        let is_alone = text.contains("\n[workspace]");
        let has_own = OWN_TABLE.iter().any(|path| manifest.ends_with(path)) && text.contains("[lints.");
        if is_package && !has_lints && !has_own && !is_alone {
            without.push(manifest);
        }
    }
    assert_eq!(without, Vec::<PathBuf>::new(), "add `[lints]` with `workspace = true`");
}

#[test]
fn the_effects_are_banned_where_nobody_says_why() {
    let config = fs::read_to_string(super::root().join(".clippy.toml")).unwrap();
    for effect in [
        "std::fs::read",
        "std::fs::write",
        "std::env::var",
        "std::net::TcpStream::connect",
        "std::process::Command::new",
    ] {
        assert!(config.contains(&format!("path = \"{effect}\"")), "{effect} is not in .clippy.toml");
    }
    let workspace = fs::read_to_string(super::root().join("Cargo.toml")).unwrap();
    assert!(workspace.contains("disallowed_methods = \"deny\""), "the workspace must deny what .clippy.toml lists");
    assert!(workspace.contains("unsafe_code = \"deny\""));
}

#[test]
fn an_exception_gives_its_reason() {
    let mut silent = Vec::new();
    for source in files(&super::root().join("host"), "rs") {
        let text = fs::read_to_string(&source).unwrap();
        for (at, _) in text.match_indices("disallowed_methods") {
            let around = &text[at..(at + 200).min(text.len())];
            if !around.contains("reason") {
                silent.push(source.clone());
            }
        }
    }
    assert_eq!(silent, Vec::<PathBuf>::new(), "an exception without a reason");
}

/// Returns the files below a folder whose name ends so, without build output.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !matches!(name.as_str(), "target" | ".git") {
                found.extend(files(&path, ending));
            }
        } else if name.ends_with(ending) {
            found.push(path);
        }
    }
    found
}
