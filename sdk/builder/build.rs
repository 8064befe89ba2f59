//! Puts the plugin interface (`wit/v0`) into the library, so that an installed `pact` can audit a plugin without the clone.

#![expect(clippy::disallowed_methods, reason = "a build script reads files and writes into OUT_DIR")]

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    let root = PathBuf::from("../../wit/v0").canonicalize()?;
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();
    let mut code = String::from("pub(crate) const FILES: &[(&str, &str)] = &[\n");
    for file in &files {
        println!("cargo::rerun-if-changed={}", file.display());
        let name = file.strip_prefix(&root).map_err(io::Error::other)?;
        code += &format!("    ({:?}, include_str!({:?})),\n", name.to_string_lossy(), file.to_string_lossy());
    }
    code += "];\n";
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR for build scripts"))?;
    fs::write(Path::new(&out).join("wit.rs"), code)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "wit") {
            files.push(path);
        }
    }
    Ok(())
}
