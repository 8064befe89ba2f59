//! Walks a folder and reads it in.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::io::Read;
use std::path::{Component, Path};

use cap_std::ambient_authority;
use cap_std::fs::Dir;
use ignore::WalkBuilder;

use super::index::work_tree;
use super::tracked::Tracked;
use super::{Bounds, FilesError, FilesErrorKind, Folder, Gathered, Largest, Rules, size};

/// An error names so many of the largest.
const NAMED: usize = 3;

/// A file that was found, before it is read.
struct Found {
    path: String,
    bytes: u64,
}

/// Reads the files of a folder.
///
/// Sizes are looked at before anything is read, so a folder that is too large costs no memory.
///
/// # Errors
/// [`FilesError`] names the folder and what is wrong.
pub(crate) fn gather(folder: &Path, bounds: Bounds) -> Result<Folder, FilesError> {
    read_in(folder, bounds).map_err(|kind| FilesError { folder: folder.to_owned(), kind })
}

fn read_in(folder: &Path, bounds: Bounds) -> Result<Folder, FilesErrorKind> {
    if !folder.is_dir() {
        return Err(FilesErrorKind::NotAFolder);
    }
    let unreadable = |path: &str| {
        let path = path.to_owned();
        |error| FilesErrorKind::Unreadable { path, error }
    };
    // Without `..`, so that what lies above it can be told from its path.
    let folder = folder.canonicalize().map_err(unreadable("."))?;
    let (found, left_out) = walk(&folder, bounds.rules)?;
    check(&found, bounds)?;
    let dir = Dir::open_ambient_dir(&folder, ambient_authority()).map_err(unreadable("."))?;
    let mut files = Vec::with_capacity(found.len());
    let mut left = bounds.bytes;
    for Found { path, bytes } in found {
        // No more than may be read, whatever size a file system tells.
        let mut content = Vec::with_capacity(usize::try_from(bytes.min(left)).unwrap_or(0));
        let file = dir.open(&path).map_err(unreadable(&path))?;
        // A file that grows while we read it must not get past the limit.
        let read = file.take(left + 1).read_to_end(&mut content).map_err(unreadable(&path))?;
        left = left.checked_sub(read as u64).ok_or_else(|| FilesErrorKind::TooLarge {
            bytes: bounds.bytes + 1,
            entries: files.len() + 1,
            limit: bounds.bytes,
            largest: Largest(vec![(path.clone(), "it grows while it is read".to_owned())]),
        })?;
        files.push(Gathered { path, bytes: content });
    }
    Ok(Folder { files, left_out })
}

/// Lists files with their sizes, and what is neither file nor folder. Both sorted.
fn walk(folder: &Path, rules: Rules) -> Result<(Vec<Found>, Vec<String>), FilesErrorKind> {
    let by_git = rules == Rules::Git;
    // Git looks at no ignore file above a repository; without a repository we look at none above the folder.
    let in_repository = work_tree(folder).is_some();
    let mut builder = WalkBuilder::new(folder);
    builder
        .standard_filters(false)
        .follow_links(false)
        .git_ignore(by_git)
        // What one clone or one user ignores must not change a verdict.
        .git_exclude(false)
        .git_global(false)
        .parents(by_git && in_repository)
        .require_git(in_repository)
        .filter_entry(|entry| entry.file_name() != OsStr::new(".git"));
    let (mut found, mut left_out) = (Vec::new(), Vec::new());
    for entry in builder.build() {
        let entry = entry?;
        if let Some(error) = entry.error() {
            return Err(error.clone().into());
        }
        let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let Some(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            continue;
        }
        let path = plain_path(relative)?;
        if kind.is_file() {
            let bytes = entry.metadata()?.len();
            found.push(Found { path, bytes });
        } else {
            left_out.push(path);
        }
    }
    if by_git {
        add_tracked(folder, &mut found, &mut left_out)?;
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    left_out.sort();
    left_out.dedup();
    Ok((found, left_out))
}

/// Adds what a `.gitignore` names and git tracks all the same.
fn add_tracked(folder: &Path, found: &mut Vec<Found>, left_out: &mut Vec<String>) -> Result<(), FilesErrorKind> {
    let known: HashSet<&str> = found.iter().map(|file| file.path.as_str()).collect();
    let tracked = Tracked::of(folder, |path| path.to_str().is_some_and(|path| known.contains(path)))?;
    for (path, bytes) in tracked.files {
        found.push(Found { path: plain_path(&path)?, bytes });
    }
    for path in tracked.left_out {
        left_out.push(plain_path(&path)?);
    }
    Ok(())
}

/// Returns the path with `/` between names, on every system.
fn plain_path(path: &Path) -> Result<String, FilesErrorKind> {
    let mut names = Vec::new();
    for component in path.components() {
        let Component::Normal(name) = component else { continue };
        let not_text = || FilesErrorKind::NotUtf8 { name: name.to_string_lossy().into_owned() };
        names.push(name.to_str().ok_or_else(not_text)?);
    }
    Ok(names.join("/"))
}

fn check(found: &[Found], bounds: Bounds) -> Result<(), FilesErrorKind> {
    if found.len() > bounds.entries {
        let mut folders: HashMap<&str, usize> = HashMap::new();
        for file in found {
            *folders.entry(file.path.split_once('/').map_or(".", |(top, _)| top)).or_default() += 1;
        }
        let mut folders: Vec<_> = folders.into_iter().collect();
        folders.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
        let largest = folders.iter().take(NAMED).map(|(name, count)| ((*name).to_owned(), format!("{count} files")));
        return Err(FilesErrorKind::TooMany {
            entries: found.len(),
            limit: bounds.entries,
            largest: Largest(largest.collect()),
        });
    }
    let bytes: u64 = found.iter().fold(0, |sum, file| sum.saturating_add(file.bytes));
    if bytes > bounds.bytes {
        let mut by_size: Vec<&Found> = found.iter().collect();
        by_size.sort_by_key(|file| (std::cmp::Reverse(file.bytes), &file.path));
        let largest = by_size.iter().take(NAMED).map(|file| (file.path.clone(), size(file.bytes)));
        return Err(FilesErrorKind::TooLarge {
            bytes,
            entries: found.len(),
            limit: bounds.bytes,
            largest: Largest(largest.collect()),
        });
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests lay out folders")]
mod tests {
    use std::fs;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, content) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        folder
    }

    fn paths(folder: &Path) -> Vec<String> {
        gather(folder, Bounds::SUITE).unwrap().files.into_iter().map(|file| file.path).collect()
    }

    #[test]
    fn takes_what_git_would_track_outside_a_repository_too() {
        let folder = folder(&[
            (".gitignore", "build/\n*.log\n!keep.log\n"),
            (".hidden", ""),
            ("a/b.txt", "b"),
            ("a/x.log", ""),
            ("build/c", ""),
            ("keep.log", ""),
        ]);
        assert_eq!(paths(folder.path()), [".gitignore", ".hidden", "a/b.txt", "keep.log"]);
    }

    #[test]
    fn follows_the_rules_of_the_repository_around_it_but_not_those_above() {
        let outer = folder(&[
            (".gitignore", "*.txt\n"),
            ("repo/.git/HEAD", ""),
            ("repo/.gitignore", "*.log\n"),
            ("repo/sub/a.txt", ""),
            ("repo/sub/b.log", ""),
            ("plain/a.txt", ""),
        ]);
        assert_eq!(paths(&outer.path().join("repo/sub")), ["a.txt"]);
        assert_eq!(paths(&outer.path().join("repo")), [".gitignore", "sub/a.txt"]);
        assert_eq!(paths(&outer.path().join("plain")), ["a.txt"]);
    }

    #[test]
    fn rules_that_only_one_clone_has_do_not_count() {
        let folder = folder(&[(".git/info/exclude", "a.txt\n"), ("a.txt", "")]);
        assert_eq!(paths(folder.path()), ["a.txt"]);
    }

    #[test]
    fn sizes_that_no_number_holds_together_are_too_large() {
        let file = |path: &str, bytes| Found { path: path.to_owned(), bytes };
        let error = check(&[file("a", u64::MAX), file("b", 2)], Bounds::SUITE).unwrap_err();
        assert!(matches!(error, FilesErrorKind::TooLarge { bytes: u64::MAX, entries: 2, .. }), "{error:?}");
    }

    #[test]
    fn leaves_out_links_and_names_them() {
        let outside = folder(&[("secret", "s")]);
        let folder = folder(&[("a", "")]);
        symlink(outside.path().join("secret"), folder.path().join("link")).unwrap();
        symlink(outside.path(), folder.path().join("dir")).unwrap();
        let gathered = gather(folder.path(), Bounds::SUITE).unwrap();
        assert_eq!(gathered.files, [Gathered { path: "a".to_owned(), bytes: vec![] }]);
        assert_eq!(gathered.left_out, ["dir", "link"]);
    }

    #[test]
    fn refuses_a_folder_that_is_too_large_and_names_the_largest_file() {
        let folder = folder(&[("big", &"x".repeat(2000)), ("small", "x")]);
        let error = gather(folder.path(), Bounds { bytes: 2000, ..Bounds::SUITE }).unwrap_err();
        assert_eq!(
            error.kind.to_string(),
            "it holds 1.9 KiB in 2 files, more than 1.9 KiB; the largest: `big` (1.9 KiB), `small` (1 bytes)"
        );
        assert!(gather(folder.path(), Bounds { bytes: 2001, ..Bounds::SUITE }).is_ok());
    }

    #[test]
    fn refuses_too_many_files_and_names_the_folder_that_has_most() {
        let folder = folder(&[("a/1", ""), ("a/2", ""), ("b", "")]);
        let error = gather(folder.path(), Bounds { entries: 2, ..Bounds::SUITE }).unwrap_err();
        assert_eq!(error.kind.to_string(), "it holds 3 files, more than 2; most are in: `a` (2 files), `.` (1 files)");
        assert!(gather(folder.path(), Bounds { entries: 3, ..Bounds::SUITE }).is_ok());
    }

    #[test]
    fn refuses_a_name_that_is_not_text() {
        let folder = folder(&[]);
        fs::write(folder.path().join(OsStr::from_bytes(b"a\xff")), "").unwrap();
        let error = gather(folder.path(), Bounds::SUITE).unwrap_err();
        assert!(matches!(error.kind, FilesErrorKind::NotUtf8 { .. }), "{error:?}");
    }

    #[test]
    fn packages_count_although_git_ignores_them() {
        let folder = folder(&[(".gitignore", "*\n"), ("numbers/init", "1")]);
        let gathered = gather(folder.path(), Bounds::PACKAGES).unwrap();
        assert_eq!(gathered.files.len(), 2);
    }
}
