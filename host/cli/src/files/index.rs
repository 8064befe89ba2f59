//! What git tracks, by the index of the repository around a folder. Not for what is there on the disk: that is in [`tracked`].
//!
//! Only the repository is read: neither `git`, nor its settings, nor its environment variables change which files count.
//!
//! [`tracked`]: super::tracked

use std::ffi::OsStr;
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use cap_std::ambient_authority;
use cap_std::fs::File;
use gix_index::decode::Options;
use gix_index::file::init::OpenError;
use gix_index::hash::Kind;

use super::{FilesErrorKind, IndexErrorKind};

/// Memory for one list of an index, in bytes: some million entries, more than any repository that can be checked out here.
const MOST_MEMORY: usize = 1 << 30;

/// A file `.git` holds one path. Bytes.
const LONGEST_POINTER: u64 = 64 << 10;

/// The index of a repository.
pub(super) struct Index {
    path: PathBuf,
    file: gix_index::File,
}

/// Returns the work tree around a folder: the nearest one above it with a `.git`. The folder is absolute and without links.
pub(super) fn work_tree(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|above| above.join(".git").exists())
}

impl Index {
    /// Reads the index of a work tree; `None` when nothing has been added to it yet.
    ///
    /// # Errors
    /// [`FilesErrorKind::Index`] when it cannot be understood. Without it nobody knows which files count.
    pub(super) fn of(work_tree: &Path) -> Result<Option<Self>, FilesErrorKind> {
        let path = repository(&work_tree.join(".git"))?.join("index");
        let refused = |kind| FilesErrorKind::Index { path: path.clone(), kind };
        if !path.try_exists().map_err(|error| refused(IndexErrorKind::Unreadable(error)))? {
            return Ok(None);
        }
        if !path.is_file() {
            return Err(refused(IndexErrorKind::Damaged("it is no file".to_owned())));
        }
        let file = read(&path).map_err(&refused)?;
        Ok(Some(Self { path, file }))
    }

    /// Returns the files that are tracked below a folder of the work tree, relative to the folder, as the index names them: any of
    /// them may be gone, or something else by now.
    ///
    /// A file in conflict is tracked, and named once for each of its sides. A submodule is a repository of its own.
    ///
    /// # Errors
    /// [`FilesErrorKind::Index`] when it names what cannot be in a work tree, wherever that is.
    pub(super) fn below(&self, folder: &Path) -> Result<Vec<Entry>, FilesErrorKind> {
        let mut below = Vec::new();
        for entry in self.file.entries() {
            let name = entry.path(&self.file);
            let path = Path::new(OsStr::from_bytes(name));
            if !is_in_a_work_tree(name) {
                return Err(self.refuse(IndexErrorKind::NotInAWorkTree { name: path.to_owned() }));
            }
            if entry.mode.is_sparse() && folder.starts_with(path) {
                return Err(self.refuse(IndexErrorKind::Sparse { folder: path.to_owned() }));
            }
            let Ok(relative) = path.strip_prefix(folder) else { continue };
            if entry.mode.is_sparse() {
                below.push(Entry::Folder(relative.to_owned()));
            } else if !entry.mode.is_submodule() {
                below.push(Entry::File(relative.to_owned()));
            }
        }
        Ok(below)
    }

    /// Returns the error that this index is refused for.
    pub(super) fn refuse(&self, kind: IndexErrorKind) -> FilesErrorKind {
        FilesErrorKind::Index { path: self.path.clone(), kind }
    }
}

/// What an index names, relative to the folder that was asked about.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// A file or a link.
    File(PathBuf),
    /// A folder that a sparse checkout leaves out. Its files are not listed.
    Folder(PathBuf),
}

/// Follows a file `.git`, which work trees and submodules have, to the folder of the repository.
fn repository(git: &Path) -> Result<PathBuf, FilesErrorKind> {
    if git.is_dir() {
        return Ok(git.to_owned());
    }
    let refused = |kind| FilesErrorKind::Index { path: git.to_owned(), kind };
    if !git.is_file() {
        return Err(refused(IndexErrorKind::NotAPointer));
    }
    let mut content = Vec::new();
    let file =
        File::open_ambient(git, ambient_authority()).map_err(|error| refused(IndexErrorKind::Unreadable(error)))?;
    file.take(LONGEST_POINTER).read_to_end(&mut content).map_err(|error| refused(IndexErrorKind::Unreadable(error)))?;
    let path = content.strip_prefix(b"gitdir: ").map(<[u8]>::trim_ascii_end).filter(|path| !path.is_empty());
    let path = path.ok_or_else(|| refused(IndexErrorKind::NotAPointer))?;
    // An absolute path stays what it is.
    let repository = git.with_file_name(OsStr::from_bytes(path));
    if repository.is_dir() { Ok(repository) } else { Err(refused(IndexErrorKind::NoRepository { repository })) }
}

/// Reads an index with its checksum. Which of its two hashes a repository uses is in its settings; the checksum of the index
/// tells it as well, and where there is none, entries of the one make no sense as entries of the other.
fn read(path: &Path) -> Result<gix_index::File, IndexErrorKind> {
    let open = |hash| {
        // One thread: a table of offsets is only looked at by more, and is not checked.
        let options = Options { thread_limit: Some(1), alloc_limit_bytes: Some(MOST_MEMORY), ..Options::default() };
        gix_index::File::at(path, hash, false, options).map_err(|error| match error.downcast_any_ref::<OpenError>() {
            Some(OpenError { path: part, source }) if part != path && source.kind() == std::io::ErrorKind::NotFound => {
                IndexErrorKind::NoPart { part: part.clone() }
            }
            _ => IndexErrorKind::Damaged(error.probable_cause().to_string()),
        })
    };
    open(Kind::Sha1).or_else(|first| {
        open(Kind::Sha256).map_err(|second| match second {
            part @ IndexErrorKind::NoPart { .. } => part,
            _ => first,
        })
    })
}

/// Whether git can have put this name into an index. Nothing else does, but somebody may have made the file by hand.
fn is_in_a_work_tree(path: &[u8]) -> bool {
    // The name of a folder ends with a slash.
    let path = path.strip_suffix(b"/").unwrap_or(path);
    let is_plain = |name: &[u8]| ![&b""[..], b".", b".."].contains(&name) && !name.eq_ignore_ascii_case(b".git");
    !path.contains(&0) && path.split(|byte| *byte == b'/').all(is_plain)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests lay out folders")]
pub(super) mod tests {
    use std::fs;
    use std::os::unix::ffi::OsStringExt;

    use gix_index::entry::{Flags, Mode, Stage, Stat};
    use gix_index::{File, State};

    use super::*;
    use crate::files::{Bounds, gather};

    /// Returns a repository with these files in its work tree and nothing in its index.
    pub(in crate::files) fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(".git")).unwrap();
        for (path, content) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        folder
    }

    /// Makes the index of a repository from these files.
    pub(in crate::files) fn add(folder: &Path, paths: &[&str]) {
        let entries: Vec<_> = paths.iter().map(|path| (*path, Mode::FILE, Stage::Unconflicted)).collect();
        add_all(folder, &entries);
    }

    /// Makes the index of a repository.
    pub(in crate::files) fn add_all(folder: &Path, entries: &[(&str, Mode, Stage)]) {
        let entries: Vec<_> = entries.iter().map(|(path, mode, stage)| (path.as_bytes(), *mode, *stage)).collect();
        write(&folder.join(".git/index"), Kind::Sha1, &entries);
    }

    fn write(path: &Path, hash: Kind, entries: &[(&[u8], Mode, Stage)]) -> File {
        let mut state = State::new(hash);
        for (path, mode, stage) in entries {
            state.dangerously_push_entry(
                Stat::default(),
                hash.null(),
                Flags::from_stage(*stage),
                *mode,
                (*path).into(),
            );
        }
        let mut file = File::from_state(state, path);
        file.write(gix_index::write::Options::default()).unwrap();
        file
    }

    fn paths(folder: &Path) -> Vec<String> {
        gather(folder, Bounds::SUITE).unwrap().files.into_iter().map(|file| file.path).collect()
    }

    fn refused(folder: &Path) -> (PathBuf, IndexErrorKind) {
        match gather(folder, Bounds::SUITE).unwrap_err().kind {
            FilesErrorKind::Index { path, kind } => (path, kind),
            other => panic!("{other:?}"),
        }
    }

    const A: &[(&[u8], Mode, Stage)] = &[(b"a", Mode::FILE, Stage::Unconflicted)];

    #[test]
    fn reads_the_index_of_both_hashes_with_and_without_a_checksum() {
        for hash in [Kind::Sha1, Kind::Sha256] {
            let folder = folder(&[(".gitignore", "*\n"), ("a", "")]);
            let index = folder.path().join(".git/index");
            write(&index, hash, A);
            assert_eq!(paths(folder.path()), ["a"], "{hash}");
            let mut bytes = fs::read(&index).unwrap();
            let sum = bytes.len() - hash.len_in_bytes();
            bytes[sum..].fill(0);
            fs::write(&index, bytes).unwrap();
            assert_eq!(paths(folder.path()), ["a"], "{hash}");
        }
    }

    #[test]
    fn a_file_git_leads_to_the_repository_by_both_kinds_of_path() {
        let outer = folder(&[("tree/.gitignore", "*\n"), ("tree/a", ""), ("real/HEAD", "")]);
        write(&outer.path().join("real/index"), Kind::Sha1, A);
        for pointer in ["gitdir: ../real\n".to_owned(), format!("gitdir: {}", outer.path().join("real").display())] {
            fs::write(outer.path().join("tree/.git"), pointer).unwrap();
            assert_eq!(paths(&outer.path().join("tree")), ["a"]);
        }
        for (pointer, leads_somewhere) in [("gitdir: ../gone\n", false), ("gitdir: \n", true), ("real\n", true)] {
            fs::write(outer.path().join("tree/.git"), pointer).unwrap();
            let (path, kind) = refused(&outer.path().join("tree"));
            assert!(path.ends_with("tree/.git"));
            assert_eq!(matches!(kind, IndexErrorKind::NotAPointer), leads_somewhere, "{pointer:?}: {kind:?}");
        }
    }

    #[test]
    fn a_damaged_index_is_named() {
        let folder = folder(&[("a", "")]);
        let index = folder.path().join(".git/index");
        write(&index, Kind::Sha1, A);
        let whole = fs::read(&index).unwrap();
        let mut flipped = whole.clone();
        flipped[20] ^= 1;
        for damaged in [&whole[..0], &whole[..whole.len() - 1], &flipped] {
            fs::write(&index, damaged).unwrap();
            let (path, kind) = refused(folder.path());
            assert!(path.ends_with(".git/index"));
            assert!(matches!(kind, IndexErrorKind::Damaged(_)), "{kind:?}");
        }
    }

    #[test]
    fn a_split_index_is_read_with_its_part_and_the_part_is_named_when_it_is_gone() {
        let folder = folder(&[(".gitignore", "*\n"), ("a", "")]);
        let git = folder.path().join(".git");
        let shared = write(&git.join("shared"), Kind::Sha1, A).checksum().unwrap();
        let part = git.join(format!("sharedindex.{shared}"));
        fs::rename(git.join("shared"), &part).unwrap();
        // No entries; the checksum of the part; two empty bitmaps of three numbers; no checksum of its own.
        let split = [&b"DIRC\0\0\0\x02\0\0\0\0link\0\0\0\x2c"[..], shared.as_slice(), &[0; 24], &[0; 20]].concat();
        fs::write(git.join("index"), split).unwrap();
        assert_eq!(paths(folder.path()), ["a"]);
        fs::remove_file(&part).unwrap();
        let (_, kind) = refused(folder.path());
        assert!(
            matches!(&kind, IndexErrorKind::NoPart { part: gone } if gone.ends_with(part.file_name().unwrap())),
            "{kind:?}"
        );
    }

    #[test]
    fn no_name_leads_out_of_the_work_tree_or_into_the_repository() {
        let outer = folder(&[("secret", ""), ("in/a", "")]);
        fs::create_dir(outer.path().join("in/.git")).unwrap();
        for name in ["../secret", "/etc/passwd", "a/../../secret", "./a", "a//b", ".git/HEAD", "a/.GIT/x", "", "a\0b"] {
            add(&outer.path().join("in"), &[name]);
            let (_, kind) = refused(&outer.path().join("in"));
            assert!(matches!(&kind, IndexErrorKind::NotInAWorkTree { .. }), "{name:?}: {kind:?}");
        }
    }

    #[test]
    fn a_name_that_is_not_text_is_refused_only_where_it_is_there() {
        let folder = folder(&[(".gitignore", "*\n")]);
        write(&folder.path().join(".git/index"), Kind::Sha1, &[(b"a\xff", Mode::FILE, Stage::Unconflicted)]);
        assert!(paths(folder.path()).is_empty());
        fs::write(folder.path().join(std::ffi::OsString::from_vec(b"a\xff".to_vec())), "").unwrap();
        let error = gather(folder.path(), Bounds::SUITE).unwrap_err();
        assert!(matches!(error.kind, FilesErrorKind::NotUtf8 { .. }), "{error:?}");
    }
}
