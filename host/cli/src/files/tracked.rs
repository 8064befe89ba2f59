//! What lies in a folder where git tracks a file. Not for what else is in the folder: that is in `gather`.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use cap_std::ambient_authority;
use cap_std::fs::Dir;

use super::index::{Entry, Index, work_tree};
use super::{FilesErrorKind, IndexErrorKind};

/// The tracked files of a folder, as far as they are there. Paths are relative to the folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tracked {
    /// Regular files, each with its size in bytes.
    pub(super) files: BTreeMap<PathBuf, u64>,
    /// What is neither file nor folder: a link in the place of a file, or of a folder above it.
    pub(super) left_out: BTreeSet<PathBuf>,
}

impl Tracked {
    /// Looks for what the repository around `folder` tracks in it, except what `is_known`. The folder is absolute and without
    /// links. Outside of a repository nothing is tracked.
    ///
    /// # Errors
    /// [`FilesErrorKind::Index`], and [`FilesErrorKind::Unreadable`] for a place that cannot be looked at.
    pub(super) fn of(folder: &Path, is_known: impl Fn(&Path) -> bool) -> Result<Self, FilesErrorKind> {
        let mut tracked = Self::default();
        let Some(work_tree) = work_tree(folder) else { return Ok(tracked) };
        let Some(index) = Index::of(work_tree)? else { return Ok(tracked) };
        let dir = Dir::open_ambient_dir(folder, ambient_authority())
            .map_err(|error| FilesErrorKind::Unreadable { path: ".".to_owned(), error })?;
        let mut places = Places { dir, folders: HashMap::new() };
        for entry in index.below(folder.strip_prefix(work_tree).unwrap_or(Path::new("")))? {
            match entry {
                Entry::File(path) if is_known(&path) => (),
                Entry::File(path) => match places.at(&path)? {
                    Place::File { bytes } => _ = tracked.files.insert(path, bytes),
                    Place::Other { path } => _ = tracked.left_out.insert(path),
                    Place::Folder | Place::Nothing => (),
                },
                Entry::Folder(path) => match places.at(&path)? {
                    Place::Folder => return Err(index.refuse(IndexErrorKind::Sparse { folder: path })),
                    Place::Other { path } => _ = tracked.left_out.insert(path),
                    Place::File { .. } | Place::Nothing => (),
                },
            }
        }
        Ok(tracked)
    }
}

/// What is where an index names something.
#[derive(Debug, Clone)]
enum Place {
    File {
        bytes: u64,
    },
    Folder,
    /// A link, at the place itself or above it.
    Other {
        path: PathBuf,
    },
    Nothing,
}

/// Looks at places below a folder without following a link.
struct Places {
    dir: Dir,
    /// What has been looked at on the way.
    folders: HashMap<PathBuf, Place>,
}

impl Places {
    fn at(&mut self, path: &Path) -> Result<Place, FilesErrorKind> {
        let mut above: Vec<&Path> = path.ancestors().skip(1).filter(|above| !above.as_os_str().is_empty()).collect();
        while let Some(above) = above.pop() {
            let place = match self.folders.get(above) {
                Some(place) => place.clone(),
                None => {
                    let place = self.look(above)?;
                    self.folders.insert(above.to_owned(), place.clone());
                    place
                }
            };
            match place {
                Place::Folder => (),
                Place::Other { .. } => return Ok(place),
                Place::File { .. } | Place::Nothing => return Ok(Place::Nothing),
            }
        }
        self.look(path)
    }

    /// Looks at one place of which is known that folders lead to it.
    fn look(&self, path: &Path) -> Result<Place, FilesErrorKind> {
        match self.dir.symlink_metadata(path) {
            Ok(metadata) if metadata.is_file() => Ok(Place::File { bytes: metadata.len() }),
            Ok(metadata) if metadata.is_dir() => Ok(Place::Folder),
            Ok(_) => Ok(Place::Other { path: path.to_owned() }),
            // Also a name that is longer than any of this file system.
            Err(error) if [ErrorKind::NotFound, ErrorKind::InvalidFilename].contains(&error.kind()) => {
                Ok(Place::Nothing)
            }
            Err(error) => Err(FilesErrorKind::Unreadable { path: path.display().to_string(), error }),
        }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests lay out folders")]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use gix_index::entry::{Mode, Stage};

    use super::*;
    use crate::files::index::tests::{add, add_all, folder};
    use crate::files::{Bounds, gather};

    fn paths(folder: &Path, bounds: Bounds) -> Vec<String> {
        gather(folder, bounds).unwrap().files.into_iter().map(|file| file.path).collect()
    }

    fn error(folder: &Path, bounds: Bounds) -> String {
        gather(folder, bounds).unwrap_err().kind.to_string()
    }

    #[test]
    fn what_is_tracked_counts_although_a_rule_names_it() {
        let folder = folder(&[
            (".gitignore", "build/\n*.log\n"),
            ("a.log", ""),
            ("b.log", ""),
            ("build/x/c", "1"),
            ("build/d", ""),
        ]);
        add(folder.path(), &["a.log", "build/x/c", "gone.log", "build/x"]);
        assert_eq!(paths(folder.path(), Bounds::SUITE), [".gitignore", "a.log", "build/x/c"]);
    }

    #[test]
    fn only_the_folder_that_is_asked_for_counts() {
        let folder = folder(&[(".gitignore", "*\n"), ("sub/a", ""), ("sub-b/a", ""), ("suba", "")]);
        add(folder.path(), &["sub-b/a", "sub/a", "suba"]);
        assert_eq!(paths(&folder.path().join("sub"), Bounds::SUITE), ["a"]);
    }

    #[test]
    fn packages_do_not_ask_git() {
        let folder = folder(&[("a", ""), (".git/index", "damaged")]);
        assert_eq!(paths(folder.path(), Bounds::PACKAGES), ["a"]);
    }

    #[test]
    fn a_file_in_conflict_counts_once_and_a_submodule_is_not_ours() {
        let folder = folder(&[(".gitignore", "*\n"), ("both", ""), ("module", "")]);
        let conflict = [Stage::Base, Stage::Ours, Stage::Theirs].map(|stage| ("both", Mode::FILE, stage));
        add_all(folder.path(), &[&conflict[..], &[("module", Mode::COMMIT, Stage::Unconflicted)]].concat());
        assert_eq!(paths(folder.path(), Bounds::SUITE), ["both"]);
    }

    #[test]
    fn no_link_is_followed_to_a_tracked_file() {
        let outside = folder(&[("c", "secret"), ("deep/c", "secret")]);
        let folder = folder(&[(".gitignore", "*\n"), ("real/c", "not by this name")]);
        symlink(outside.path(), folder.path().join("away")).unwrap();
        symlink("real", folder.path().join("inside")).unwrap();
        symlink(outside.path().join("c"), folder.path().join("link")).unwrap();
        add(folder.path(), &["away/c", "away/deep/c", "inside/c", "link"]);
        let gathered = gather(folder.path(), Bounds::SUITE).unwrap();
        assert_eq!(gathered.files, []);
        assert_eq!(gathered.left_out, ["away", "inside", "link"]);
    }

    #[test]
    fn a_tracked_link_is_named_once_when_no_rule_names_it() {
        let folder = folder(&[]);
        symlink("nowhere", folder.path().join("link")).unwrap();
        add_all(folder.path(), &[("link", Mode::SYMLINK, Stage::Unconflicted)]);
        assert_eq!(gather(folder.path(), Bounds::SUITE).unwrap().left_out, ["link"]);
    }

    #[test]
    fn tracked_files_count_towards_the_bounds() {
        let folder = folder(&[(".gitignore", "a*\n"), ("a1", "12345678"), ("a2", "")]);
        assert!(paths(folder.path(), Bounds { bytes: 3, ..Bounds::SUITE }).len() == 1);
        add(folder.path(), &["a1", "a2"]);
        assert!(error(folder.path(), Bounds { bytes: 10, ..Bounds::SUITE }).contains("`a1` (8 bytes)"));
        assert!(error(folder.path(), Bounds { entries: 2, ..Bounds::SUITE }).starts_with("it holds 3 files"));
    }

    #[test]
    fn a_folder_whose_files_a_sparse_index_does_not_list_must_not_be_there() {
        let folder = folder(&[("a", "")]);
        add_all(folder.path(), &[("away/", Mode::DIR, Stage::Unconflicted)]);
        assert_eq!(paths(folder.path(), Bounds::SUITE), ["a"]);
        fs::create_dir_all(folder.path().join("away/deep")).unwrap();
        for asked in ["", "away", "away/deep"] {
            let error = gather(&folder.path().join(asked), Bounds::SUITE).unwrap_err().kind;
            let is_sparse = matches!(&error, FilesErrorKind::Index { kind: IndexErrorKind::Sparse { folder }, .. } if folder == Path::new("away"));
            assert!(is_sparse, "{error:?}");
        }
    }
}
