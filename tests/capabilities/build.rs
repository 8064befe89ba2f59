//! Lists the guests, so that one without a test of its name does not compile.

use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Asked for now, not when this was compiled: two clones can share a target directory.
    let folder = variable("CARGO_MANIFEST_DIR")?.join("../guests/examples");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut names = Vec::new();
    for entry in read_folder(&folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            names.push(path.file_stem().ok_or("a file without a name")?.to_string_lossy().into_owned());
        }
    }
    names.sort();
    let tests: String = names.iter().map(|name| format!("    super::{name},\n")).collect();
    let list: String = names.iter().map(|name| format!("    \"{name}\",\n")).collect();
    let text = format!(
        "/// The test of each guest.\npub(crate) const TESTS: &[fn()] = &[\n{tests}];\n\n\
         /// The name of each guest.\npub(crate) const NAMES: &[&str] = &[\n{list}];\n"
    );
    write(&variable("OUT_DIR")?.join("guests.rs"), text)?;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a build script is told by cargo where to read and write")]
fn variable(name: &str) -> Result<PathBuf, Box<dyn std::error::Error>> {
    Ok(std::env::var_os(name).ok_or_else(|| format!("cargo sets {name}"))?.into())
}

#[expect(clippy::disallowed_methods, reason = "a build script reads the sources")]
fn read_folder(folder: &Path) -> std::io::Result<std::fs::ReadDir> {
    std::fs::read_dir(folder)
}

#[expect(clippy::disallowed_methods, reason = "a build script writes code")]
fn write(path: &Path, text: String) -> std::io::Result<()> {
    std::fs::write(path, text)
}
