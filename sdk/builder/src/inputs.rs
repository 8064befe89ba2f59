//! What a build depends on, as one digest. An input that is not added here is an input whose change goes unnoticed.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use ignore::WalkBuilder;
use sha2::{Digest, Sha256};

/// Counts up whenever this crate would make something else of the same inputs.
const RECIPE_VERSION: u32 = 1;

/// An input file that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("failed to read the input `{path}`")]
pub(crate) struct InputError {
    path: PathBuf,
    #[source]
    source: io::Error,
}

/// The inputs of one artefact. The order of the calls counts; the places of folders do not.
#[derive(Clone)]
pub(crate) struct Inputs(Sha256);

impl Inputs {
    /// Starts with what `kind` of artefact it is.
    pub(crate) fn new(kind: &str) -> Self {
        let mut inputs = Self(Sha256::new());
        inputs.text("kind", kind);
        inputs.text("recipe", &RECIPE_VERSION.to_string());
        inputs
    }

    /// Adds a fact under a name.
    pub(crate) fn text(&mut self, name: &str, value: &str) {
        self.field(name.as_bytes());
        self.field(value.as_bytes());
    }

    /// Adds one file by content, under its name.
    pub(crate) fn file(&mut self, path: &Path) -> Result<(), InputError> {
        let bytes = fs::read(path).map_err(|source| InputError { path: path.to_owned(), source })?;
        self.field(path.file_name().unwrap_or_default().as_encoded_bytes());
        self.field(&bytes);
        Ok(())
    }

    /// Adds all [`files`] of a folder, by relative path and content.
    pub(crate) fn folder(&mut self, folder: &Path) -> Result<(), InputError> {
        self.files(folder, files(folder)?)
    }

    /// As [`Inputs::folder`], without the file that the build itself leaves there.
    pub(crate) fn folder_without(&mut self, folder: &Path, built: &Path) -> Result<(), InputError> {
        self.files(folder, files(folder)?.into_iter().filter(|path| path != built).collect())
    }

    fn files(&mut self, folder: &Path, files: Vec<PathBuf>) -> Result<(), InputError> {
        for path in files {
            let relative = path.strip_prefix(folder).unwrap_or(&path);
            let bytes = fs::read(&path).map_err(|source| InputError { path: path.clone(), source })?;
            self.field(relative.as_os_str().as_encoded_bytes());
            self.field(&bytes);
        }
        // Two folders in a row are not the same as one with the files of both.
        self.field(b"end of folder");
        Ok(())
    }

    /// Returns the digest in hexadecimal.
    pub(crate) fn digest(&self) -> String {
        hex::encode(self.0.clone().finalize())
    }

    fn field(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }
}

/// Returns the files under `folder` that git tracks or would track, sorted. Settings outside the project do not count, and
/// neither does a target directory that no `.gitignore` names: cargo marks it as a cache.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>, InputError> {
    let walk = WalkBuilder::new(folder)
        .hidden(false)
        .ignore(false)
        .git_global(false)
        .git_exclude(false)
        .require_git(false)
        .filter_entry(|entry| !entry.path().join("CACHEDIR.TAG").is_file())
        .sort_by_file_path(Path::cmp)
        .build();
    let mut found = Vec::new();
    for entry in walk {
        let entry = entry.map_err(|error| InputError {
            path: folder.to_owned(),
            source: error.into_io_error().unwrap_or_else(|| io::Error::other("a rule in .gitignore is wrong")),
        })?;
        if entry.file_type().is_some_and(|kind| !kind.is_dir()) {
            found.push(entry.into_path());
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(folder: &Path) -> String {
        let mut inputs = Inputs::new("test");
        inputs.folder(folder).unwrap();
        inputs.digest()
    }

    fn example() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("src")).unwrap();
        fs::write(folder.path().join("src/a.rs"), "a").unwrap();
        fs::write(folder.path().join("b.rs"), "b").unwrap();
        folder
    }

    #[test]
    fn the_same_files_elsewhere_have_the_same_digest() {
        assert_eq!(digest(example().path()), digest(example().path()));
    }

    #[test]
    fn a_changed_renamed_or_new_file_changes_the_digest() {
        let folder = example();
        let before = digest(folder.path());
        fs::write(folder.path().join("src/a.rs"), "A").unwrap();
        let changed = digest(folder.path());
        fs::rename(folder.path().join("b.rs"), folder.path().join("c.rs")).unwrap();
        let renamed = digest(folder.path());
        fs::write(folder.path().join("empty"), "").unwrap();
        let added = digest(folder.path());
        let all = std::collections::BTreeSet::from([before, changed, renamed, added]);
        assert_eq!(all.len(), 4);
    }

    #[test]
    fn bytes_that_move_from_one_file_to_the_next_change_the_digest() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for (folder, a, b) in [(&one, "xy", "z"), (&two, "x", "yz")] {
            fs::write(folder.path().join("a"), a).unwrap();
            fs::write(folder.path().join("b"), b).unwrap();
        }
        assert_ne!(digest(one.path()), digest(two.path()));
    }

    #[test]
    fn what_the_build_leaves_behind_does_not_count() {
        let folder = example();
        let before = digest(folder.path());
        fs::create_dir(folder.path().join("target")).unwrap();
        fs::write(folder.path().join("target/CACHEDIR.TAG"), "").unwrap();
        assert_eq!(digest(folder.path()), before);

        let built = folder.path().join("x.wasm");
        fs::write(&built, "").unwrap();
        let mut inputs = Inputs::new("test");
        inputs.folder_without(folder.path(), &built).unwrap();
        assert_eq!(inputs.digest(), before);
    }

    #[test]
    fn what_git_ignores_does_not_count() {
        let folder = example();
        fs::write(folder.path().join(".gitignore"), "/target\n").unwrap();
        let before = digest(folder.path());
        fs::create_dir(folder.path().join("target")).unwrap();
        fs::write(folder.path().join("target/x"), "x").unwrap();
        assert_eq!(digest(folder.path()), before);
    }
}
