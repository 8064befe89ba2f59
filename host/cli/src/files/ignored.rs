//! The tests of a folder that its ignore rules leave out and git does not track: their owner may believe that they are run. Not
//! for what is read in: that is in `gather`.

use std::collections::{BTreeMap, HashSet};
use std::ffi::OsStr;
use std::path::Path;

use ignore::{DirEntry, WalkBuilder};

use super::Gathered;
use pact_pipeline::test_files::TestFiles;

/// An ignored folder can hold a whole installation; what is said is a note, and this many entries take no time that one feels.
const LOOKED_AT: usize = 50_000;

/// What the rules leave out.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Ignored {
    /// Test files in folders of which other files count. Sorted.
    pub(crate) files: Vec<String>,
    /// Folders of which nothing counts, each with how many test files it holds.
    pub(crate) folders: BTreeMap<String, usize>,
    /// Whether there was more to look at.
    pub(crate) is_cut: bool,
}

impl Ignored {
    /// Looks for test files in `folder` that are not among those which `counted`.
    ///
    /// Left aside are folders that ignore themselves, and those that say that they are a cache: a tool made them, and their tests
    /// are not the user's. Neither are those in `packages`, which the user has named.
    pub(crate) fn of(folder: &Path, counted: &[Gathered], tests: &TestFiles, packages: Option<&Path>) -> Self {
        Self::within(LOOKED_AT, folder, counted, tests, packages)
    }

    fn within(most: usize, folder: &Path, counted: &[Gathered], tests: &TestFiles, packages: Option<&Path>) -> Self {
        // Both without links and `..`, so that the one can be found in the other. Both have been read before.
        let folder = &folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let packages = packages.and_then(|packages| packages.canonicalize().ok());
        let files: HashSet<&str> = counted.iter().map(|file| file.path.as_str()).collect();
        let folders: HashSet<&str> = counted.iter().flat_map(|file| folders_of(&file.path)).collect();
        let mut builder = WalkBuilder::new(folder);
        builder
            .standard_filters(false)
            .follow_links(false)
            .filter_entry(move |entry| packages.as_deref() != Some(entry.path()) && !is_of_a_tool(entry));
        let mut ignored = Self::default();
        for (index, entry) in builder.build().enumerate() {
            if index == most {
                ignored.is_cut = true;
                break;
            }
            // What cannot be looked at here is no test of the suite either: whatever counts has been read before.
            let Ok(entry) = entry else { continue };
            let Ok(relative) = entry.path().strip_prefix(folder) else { continue };
            let names: Vec<_> = relative.iter().map(OsStr::to_string_lossy).collect();
            let path = names.join("/");
            let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
            if !is_file || files.contains(path.as_str()) || !tests.holds(&path) {
                continue;
            }
            let above = folders_of(&path).find(|above| !folders.contains(above)).map(|above| format!("{above}/"));
            match above {
                Some(above) => *ignored.folders.entry(above).or_default() += 1,
                None => ignored.files.push(path),
            }
        }
        ignored.files.sort();
        ignored
    }
}

/// Returns the folders above a file, the highest first.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}

fn is_of_a_tool(entry: &DirEntry) -> bool {
    if !entry.file_type().is_some_and(|kind| kind.is_dir()) || entry.depth() == 0 {
        return false;
    }
    let ignores_itself = || {
        let rules = ignore::gitignore::Gitignore::new(entry.path().join(".gitignore")).0;
        rules.matched("any", true).is_ignore()
            && [".gitignore", "any"].iter().all(|name| rules.matched(name, false).is_ignore())
    };
    entry.file_name() == ".git" || entry.path().join("CACHEDIR.TAG").is_file() || ignores_itself()
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests lay out folders")]
mod tests {
    use std::fs;

    use super::*;
    use crate::files::index::tests::add;
    use crate::files::{Bounds, gather};

    fn folder(paths: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, content) in paths {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        folder
    }

    fn ignored(most: usize, folder: &Path) -> Ignored {
        let tests = TestFiles::new(&["check_*".to_owned()]).unwrap();
        let counted = gather(folder, Bounds::SUITE).unwrap().files;
        Ignored::within(most, folder, &counted, &tests, Some(&folder.join("packages")))
    }

    #[test]
    fn an_ignored_test_is_named_and_a_folder_of_them_counted() {
        let folder = folder(&[
            (".gitignore", "check_secret\nbuild/\n"),
            ("a/check_one", ""),
            ("a/check_secret", ""),
            ("a/secret", ""),
            ("build/b/check_two", ""),
            ("build/check_three", ""),
            ("check_secret", ""),
        ]);
        let expected = Ignored {
            files: vec!["a/check_secret".to_owned(), "check_secret".to_owned()],
            folders: BTreeMap::from([("build/".to_owned(), 2)]),
            is_cut: false,
        };
        assert_eq!(ignored(LOOKED_AT, folder.path()), expected);
    }

    #[test]
    fn what_a_tool_put_there_is_not_the_users() {
        let folder = folder(&[
            (".git/check_hook", ""),
            (".gitignore", "cache/\n"),
            ("cache/CACHEDIR.TAG", ""),
            ("cache/check_a", ""),
            ("installed/.gitignore", "# made by a tool\n*\n"),
            ("installed/deep/check_a", ""),
            ("packages/.gitignore", "check_a\n"),
            ("packages/check_a", ""),
        ]);
        assert_eq!(ignored(LOOKED_AT, folder.path()), Ignored::default());
    }

    #[test]
    fn a_folder_that_ignores_only_some_of_its_files_is_looked_into() {
        let folder = folder(&[("a/.gitignore", "check_*\n"), ("a/check_a", "")]);
        assert_eq!(ignored(LOOKED_AT, folder.path()).files, ["a/check_a"]);
    }

    #[test]
    fn a_test_that_git_tracks_is_not_named() {
        let folder = folder(&[
            (".gitignore", "check_*\nbuild/\n"),
            ("build/check_one", ""),
            ("check_one", ""),
            ("check_two", ""),
        ]);
        fs::create_dir(folder.path().join(".git")).unwrap();
        add(folder.path(), &["build/check_one", "check_one"]);
        let expected = Ignored { files: vec!["check_two".to_owned()], ..Ignored::default() };
        assert_eq!(ignored(LOOKED_AT, folder.path()), expected);
    }

    #[test]
    fn looks_at_so_many_entries_and_says_so() {
        let folder = folder(&[("a", ""), ("b", ""), ("c", "")]);
        assert!(ignored(3, folder.path()).is_cut);
        assert!(!ignored(4, folder.path()).is_cut);
    }
}
