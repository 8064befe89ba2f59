//! Embeds what `cargo plugins` left in the target directory, so that an installed binary needs nothing else: the plugins,
//! and the notices of pact's own crates. And the example of `pact demo`, once for each language that it is written in.
//!
//! Plugins only in the release profile: a debug build would copy 100 MB at every link. Without plugins the build goes on, says so,
//! and the binary answers `no plugins built`.

#![expect(clippy::disallowed_methods, reason = "a build script reads the target directory and writes one source file")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use sha2::{Digest, Sha256};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?);
    let is_release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let (mut plugins, mut native, mut notices) = (Vec::new(), None, None);
    if let Some(work) = work_folder(&out).filter(|_| is_release) {
        // Cargo takes a path that does not exist for changed at every build; what is empty is watched like what is full.
        let folder = work.join("plugins");
        fs::create_dir_all(&folder)?;
        println!("cargo::rerun-if-changed={}", folder.display());
        plugins = wasm_files(&folder)?;
        let folder = work.join("native");
        fs::create_dir_all(&folder)?;
        println!("cargo::rerun-if-changed={}", folder.display());
        native = Some(folder);
        let file = work.join("host-licenses.txt");
        fs::OpenOptions::new().append(true).create(true).open(&file)?;
        println!("cargo::rerun-if-changed={}", file.display());
        notices = Some(file).filter(|file| fs::metadata(file).is_ok_and(|metadata| metadata.len() > 0));
    }
    if is_release && plugins.is_empty() {
        println!("cargo::warning=no plugins to embed: run `cargo plugins`, then build again");
    }
    fs::write(out.join("embedded.rs"), source(&plugins, native.as_deref())?)?;
    fs::write(out.join("demo.rs"), demo(&out)?)?;
    let notices = notices.map_or_else(|| "None".to_owned(), |file| format!("Some(include_str!({file:?}))"));
    fs::write(out.join("notices.rs"), format!("static OF_PACT: Option<&str> = {notices};\n"))
}

/// The files of the example in each language, sorted, with their paths relative to a project. `demo/shared` is the same in
/// all, `demo/languages/X` is what is written in X. The shared settings name the language that is taken when none is asked for.
fn demo(out: &Path) -> io::Result<String> {
    const SETTINGS: &str = "pact.yaml";
    let root = env::var_os("CARGO_MANIFEST_DIR").ok_or_else(|| io::Error::other("cargo sets CARGO_MANIFEST_DIR"))?;
    let root = PathBuf::from(root).join("demo");
    println!("cargo::rerun-if-changed={}", root.display());
    let shared = files_below(&root.join("shared"))?;
    let settings = shared.get(SETTINGS).ok_or_else(|| io::Error::other("the demo has no settings"))?;
    let settings = fs::read_to_string(settings)?;
    let default = settings.lines().find_map(|line| line.strip_prefix("language: "));
    let default = default.ok_or_else(|| io::Error::other("the settings of the demo name no language"))?;
    let mut examples = String::from("static EXAMPLES: &[Example] = &[\n");
    let mut languages = Vec::new();
    for entry in fs::read_dir(root.join("languages"))? {
        let name = entry?.file_name();
        languages.push(name.into_string().map_err(|_| io::Error::other("a language of the demo is no text"))?);
    }
    languages.sort();
    for language in &languages {
        let mut files = shared.clone();
        files.extend(files_below(&root.join("languages").join(language))?);
        let of_it = out.join(format!("demo-{language}.yaml"));
        let line = |language: &str| format!("language: {language}\n");
        fs::write(&of_it, settings.replacen(&line(default), &line(language), 1))?;
        files.insert(SETTINGS.to_owned(), of_it);
        let _ = writeln!(examples, "    Example {{ language: {language:?}, files: &[");
        for (relative, path) in files {
            let _ = writeln!(examples, "        ({relative:?}, include_bytes!({path:?})),");
        }
        examples.push_str("    ] },\n");
    }
    if !languages.iter().any(|language| language == default) {
        return Err(io::Error::other(format!("the demo is not written in {default}, which its settings name")));
    }
    let _ = writeln!(examples, "];\nstatic DEFAULT: &str = {default:?};");
    Ok(examples)
}

/// All files below a folder by their paths relative to it.
fn files_below(root: &Path) -> io::Result<BTreeMap<String, PathBuf>> {
    let (mut files, mut folders) = (BTreeMap::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let path = entry.path();
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else {
                let relative = path.strip_prefix(root).map_err(io::Error::other)?;
                files.insert(relative.to_string_lossy().replace('\\', "/"), path);
            }
        }
    }
    Ok(files)
}

/// Returns `<target>/pact`. OUT_DIR is `<target>[/<triple>]/<profile>/build/<package>/out`.
fn work_folder(out: &Path) -> Option<PathBuf> {
    let profile = out.ancestors().nth(3)?;
    let above = profile.parent()?;
    let with_triple = above.parent().filter(|target| target.join("CACHEDIR.TAG").is_file());
    let target = if above.join("CACHEDIR.TAG").is_file() { above } else { with_triple.unwrap_or(above) };
    Some(target.join("pact"))
}

fn wasm_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "wasm") {
            println!("cargo::rerun-if-changed={}", path.display());
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Returns the compiled code of a plugin, when it was made of this very file.
fn native_code(folder: &Path, name: &str, digest: &str) -> Option<PathBuf> {
    let path = folder.join(format!("{name}.native"));
    let is_of_it = fs::read_to_string(folder.join(format!("{name}.key"))).is_ok_and(|key| key.starts_with(digest));
    (is_of_it && path.is_file()).then_some(path)
}

fn source(plugins: &[PathBuf], native: Option<&Path>) -> io::Result<String> {
    let mut text = String::from("static EMBEDDED: &[Embedded] = &[\n");
    for path in plugins {
        let digest = Sha256::digest(fs::read(path)?);
        let digest = digest.iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let native = native.and_then(|folder| native_code(folder, &name, &digest));
        let native = native.map_or_else(|| "None".to_owned(), |path| format!("Some(include_bytes!({path:?}))"));
        let _ = writeln!(
            text,
            "    Embedded {{ name: {name:?}, bytes: include_bytes!({path:?}), sha256: {digest:?}, native_code: {native} }},"
        );
    }
    text.push_str("];\n");
    Ok(text)
}
