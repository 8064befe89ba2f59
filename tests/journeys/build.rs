//! Lists the projects, so that one without a test of its name does not compile.

use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Asked for now, not when this was compiled: two clones can share a target directory.
    let folder = variable("CARGO_MANIFEST_DIR")?.join("../projects");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut names = Vec::new();
    for entry in read_folder(&folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            names.push(entry.file_name().to_string_lossy().replace('-', "_"));
        }
    }
    names.sort();
    let tests: String = names.iter().map(|name| format!("    super::{name},\n")).collect();
    write(
        &variable("OUT_DIR")?.join("projects.rs"),
        format!("/// The test of each project.\nconst TESTS: &[fn()] = &[\n{tests}];\n"),
    )?;
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
