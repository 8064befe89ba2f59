//! The SDK and the guide for plugin authors, against what they are copies of.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads the files of the clone")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

fn clone() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn interface(folder: &str) -> BTreeMap<String, String> {
    let entries = fs::read_dir(clone().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.extension().is_some_and(|extension| extension == "wit"));
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    files.map(|path| (name(&path), fs::read_to_string(&path).unwrap())).collect()
}

/// Returns the text of the fenced block that follows the line that ends with "`FILE`:".
fn block(page: &str, file: &str) -> String {
    let mark = format!("`{file}`:\n");
    let rest = page.split_once(&mark).unwrap_or_else(|| panic!("docs/plugins.md has no block for `{file}`")).1;
    let fenced = rest.split_once("```").unwrap().1.split_once('\n').unwrap().1;
    fenced.split_once("```").unwrap().0.to_owned()
}

#[test]
fn the_sdk_has_the_plugin_interface_as_it_stands() {
    let (ours, copy) = (interface("wit/v0"), interface("sdk/rust/wit"));
    assert!(ours.contains_key("assessor.wit"), "{:?}", ours.keys());
    assert!(ours == copy, "to bring the copy up to date:\n    rm sdk/rust/wit/*.wit && cp wit/v0/*.wit sdk/rust/wit/");
}

#[test]
fn the_guide_shows_the_files_of_the_outsider() {
    let page = fs::read_to_string(clone().join("docs/plugins.md")).unwrap();
    for file in ["Cargo.toml", "plugin.toml", "src/lib.rs"] {
        let written = fs::read_to_string(clone().join("tests/outsider").join(file)).unwrap();
        assert!(
            block(&page, file) == written,
            "docs/plugins.md and tests/outsider/{file} differ; copy one into the other"
        );
    }
}
