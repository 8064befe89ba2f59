//! The folders in which a change may concern a suite: all that git would look into.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

/// Folders that are watched, each without those in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Watched(BTreeSet<PathBuf>);

impl Watched {
    /// Finds the folders below one, itself included. What `.gitignore` files name is left out: builds and caches change all the
    /// time. A file there that git tracks all the same is noticed with the next change elsewhere.
    pub(super) fn below(folder: &Path) -> Self {
        let mut builder = WalkBuilder::new(folder);
        builder
            .standard_filters(false)
            .follow_links(false)
            .git_ignore(true)
            .parents(true)
            .require_git(false)
            .filter_entry(|entry| entry.file_name() != OsStr::new(".git"));
        // What cannot be looked at is named when the suite is read.
        let entries = builder.build().filter_map(Result::ok);
        let folders = entries.filter(|entry| entry.file_type().is_some_and(|kind| kind.is_dir()));
        Self(folders.map(ignore::DirEntry::into_path).collect())
    }

    /// Returns those that are not among others.
    pub(super) fn without<'a>(&'a self, others: &'a Self) -> impl Iterator<Item = &'a Path> {
        self.0.difference(&others.0).map(PathBuf::as_path)
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests lay out folders")]
mod tests {
    use super::*;

    #[test]
    fn what_git_ignores_is_not_watched() {
        let place = tempfile::tempdir().unwrap();
        for folder in [".git/objects", "src/deep", "target/debug", ".hidden"] {
            std::fs::create_dir_all(place.path().join(folder)).unwrap();
        }
        std::fs::write(place.path().join(".gitignore"), "target/\n").unwrap();
        let watched = Watched::below(place.path());
        let nothing = Watched::default();
        let names: Vec<String> = watched
            .without(&nothing)
            .map(|path| path.strip_prefix(place.path()).unwrap().display().to_string())
            .collect();
        assert_eq!(names, ["", ".hidden", "src", "src/deep"]);
    }
}
