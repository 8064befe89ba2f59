//! A folder that is read and written as a whole: atomic writes, sorted lists, no way out.
//!
//! A write goes to a temporary name beside the file, is synced, and renamed. A process that is killed leaves the old file or
//! the new one, and at most a temporary name that begins with a dot and is never read.

use std::io::{self, Read as _, Write as _};
use std::path::Path;

use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions};
use pact_pipeline::ports::{ProjectFile, WorkspaceError, WorkspaceErrorKind};

/// The largest file that is read: four times what a component's code may have, many times what an artefact has.
const MAX_FILE_BYTES: u64 = 16 * 1024 * 1024;

/// Folders that tools leave behind beside sources. They are no part of anybody's work.
const LEFT_BEHIND: [&str; 2] = ["__pycache__", "node_modules"];

/// Answers whether [`Folder::files_below`] leaves out a file with this path.
pub(crate) fn overlooks(path: &str) -> bool {
    path.split('/').any(is_overlooked)
}

// Some file systems do not tell `A` from `a`: there a folder with capitals is the same folder.
fn is_overlooked(name: &str) -> bool {
    name.starts_with('.') || LEFT_BEHIND.iter().any(|left| name.eq_ignore_ascii_case(left))
}

/// An open folder.
#[derive(Debug)]
pub(crate) struct Folder {
    dir: Dir,
}

impl Folder {
    /// Opens a folder that exists.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        Ok(Self { dir: Dir::open_ambient_dir(path, ambient_authority())? })
    }

    /// Reads a file; none when there is none.
    pub(crate) fn read(&self, path: &str) -> Result<Option<Vec<u8>>, WorkspaceError> {
        self.try_read(path).map_err(|kind| WorkspaceError { action: "failed to read", path: path.to_owned(), kind })
    }

    /// Writes a file, and the folders above it.
    pub(crate) fn write(&self, path: &str, content: &[u8]) -> Result<(), WorkspaceError> {
        self.try_write(path, content).map_err(|error| failed_to_write(path, error))
    }

    /// Appends to a file. The bytes are one line at most, so a torn one can be told from a whole one.
    pub(crate) fn append(&self, path: &str, content: &[u8]) -> Result<(), WorkspaceError> {
        let append = || {
            self.create_folder_above(path)?;
            let mut file = self.dir.open_with(path, OpenOptions::new().create(true).append(true))?;
            file.write_all(content)?;
            file.sync_data()
        };
        append().map_err(|error| failed_to_write(path, error))
    }

    /// Removes a file; it is no fault when there is none.
    pub(crate) fn remove(&self, path: &str) -> Result<(), WorkspaceError> {
        match self.dir.remove_file(path) {
            Err(error) if !is_absent(&error) => Err(failed_to_write(path, error)),
            _ => Ok(()),
        }
    }

    /// Removes the folders above a path that are empty, from the lowest up to, and not including, `within`.
    pub(crate) fn remove_empty_above(&self, path: &str, within: &str) {
        let mut folder = path;
        while let Some((above, _)) = folder.rsplit_once('/') {
            let is_within = above.strip_prefix(within).is_some_and(|rest| rest.starts_with('/'));
            // A folder that is not empty stays, and so does everything above it.
            if !is_within || self.dir.remove_dir(above).is_err() {
                return;
            }
            folder = above;
        }
    }

    /// Gives a file another name, replacing what has it.
    pub(crate) fn rename(&self, from: &str, to: &str) -> Result<(), WorkspaceError> {
        self.dir.rename(from, &self.dir, to).map_err(|error| failed_to_write(from, error))
    }

    /// Returns the size of a file; zero when there is none.
    pub(crate) fn size(&self, path: &str) -> u64 {
        self.dir.metadata(path).map_or(0, |metadata| metadata.len())
    }

    /// Opens a file to lock it.
    pub(crate) fn open_to_lock(&self, path: &str) -> io::Result<std::fs::File> {
        self.create_folder_above(path)?;
        let options = OpenOptions::new().create(true).read(true).write(true).truncate(false).clone();
        Ok(self.dir.open_with(path, &options)?.into_std())
    }

    /// Returns the files below a folder, sorted by path. Leaves out links, hidden names and what tools leave behind.
    pub(crate) fn files_below(&self, folder: &str) -> Result<Vec<ProjectFile>, WorkspaceError> {
        let mut found = Vec::new();
        let mut open = vec![folder.to_owned()];
        while let Some(folder) = open.pop() {
            let fail = |error| WorkspaceError {
                action: "failed to read",
                path: folder.clone(),
                kind: WorkspaceErrorKind::Io(error),
            };
            let entries = match self.dir.read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) if is_absent(&error) => continue,
                Err(error) => return Err(fail(error)),
            };
            for entry in entries {
                let entry = entry.map_err(fail)?;
                let kind = entry.file_type().map_err(fail)?;
                let Some(name) = entry.file_name().to_str().map(str::to_owned) else {
                    let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
                    return Err(not_a_name(path));
                };
                if is_overlooked(&name) {
                    continue;
                }
                let path = format!("{folder}/{name}");
                if kind.is_dir() {
                    open.push(path);
                } else if kind.is_file() {
                    found.push(path);
                }
            }
        }
        found.sort_unstable();
        let files = found.into_iter().map(|path| {
            let content = self.read(&path)?.unwrap_or_default();
            Ok(ProjectFile { path, content })
        });
        files.collect()
    }

    fn try_read(&self, path: &str) -> Result<Option<Vec<u8>>, WorkspaceErrorKind> {
        let mut file = match self.dir.open(path) {
            Ok(file) => file,
            Err(error) if is_absent(&error) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let metadata = file.metadata()?;
        // A folder has the name, so no file has it.
        if metadata.is_dir() {
            return Ok(None);
        }
        let bytes = metadata.len();
        if bytes > MAX_FILE_BYTES {
            return Err(WorkspaceErrorKind::TooLarge { bytes, limit: MAX_FILE_BYTES });
        }
        let mut content = Vec::new();
        file.read_to_end(&mut content)?;
        Ok(Some(content))
    }

    fn try_write(&self, path: &str, content: &[u8]) -> io::Result<()> {
        self.create_folder_above(path)?;
        let (folder, name) = path.rsplit_once('/').unwrap_or((".", path));
        // One name per file: the project is locked, so nobody else writes it, and a torn one is used up by the next write.
        let temporary = format!("{folder}/.{name}.pact-new");
        let mut file = self.dir.create(&temporary)?;
        file.write_all(content)?;
        file.sync_all()?;
        drop(file);
        if let Err(error) = self.dir.rename(&temporary, &self.dir, path) {
            // An empty folder of that name holds nobody's work. One that is not empty stays, and the write fails.
            if error.kind() != io::ErrorKind::IsADirectory {
                return Err(error);
            }
            self.dir.remove_dir(path)?;
            self.dir.rename(&temporary, &self.dir, path)?;
        }
        // The rename itself is on disk only when its folder is.
        self.dir.open(folder)?.sync_all()
    }

    fn create_folder_above(&self, path: &str) -> io::Result<()> {
        match path.rsplit_once('/') {
            Some((folder, _)) => self.dir.create_dir_all(folder),
            None => Ok(()),
        }
    }
}

// Where a file stands in the place of a folder, there is nothing below it.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn failed_to_write(path: &str, error: io::Error) -> WorkspaceError {
    WorkspaceError { action: "failed to write", path: path.to_owned(), kind: WorkspaceErrorKind::Io(error) }
}

fn not_a_name(path: String) -> WorkspaceError {
    let error = io::Error::new(io::ErrorKind::InvalidData, "the name is not UTF-8");
    WorkspaceError { action: "failed to read", path, kind: WorkspaceErrorKind::Io(error) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, Folder) {
        let place = tempfile::tempdir().expect("a folder");
        let folder = Folder::open(place.path()).expect("it opens");
        (place, folder)
    }

    fn paths(folder: &Folder, below: &str) -> Vec<String> {
        folder.files_below(below).expect("readable").into_iter().map(|file| file.path).collect()
    }

    #[test]
    fn a_write_makes_its_folders_and_replaces_the_whole_file() {
        let (_place, folder) = folder();
        folder.write("a/b/c.txt", b"a long first text").expect("writable");
        folder.write("a/b/c.txt", b"short").expect("writable");
        assert_eq!(folder.read("a/b/c.txt").expect("readable"), Some(b"short".to_vec()));
        assert_eq!(paths(&folder, "a"), ["a/b/c.txt"]);
    }

    #[test]
    fn a_torn_temporary_file_is_neither_read_nor_in_the_way() {
        let (_place, folder) = folder();
        folder.write("a/.c.txt.pact-new", b"half a te").expect("writable");
        assert_eq!(folder.read("a/c.txt").expect("readable"), None);
        assert_eq!(paths(&folder, "a"), Vec::<String>::new());
        folder.write("a/c.txt", b"whole").expect("writable");
        assert_eq!(folder.read("a/c.txt").expect("readable"), Some(b"whole".to_vec()));
    }

    #[test]
    fn no_path_leads_out() {
        let (place, _) = folder();
        std::os::unix::fs::symlink("/etc", place.path().join("link")).expect("a link");
        let folder = Folder::open(place.path()).expect("it opens");
        folder.write("a/inside", b"x").expect("writable");
        for path in ["../secret", "/etc/hostname", "link/hostname", "a/../../secret"] {
            assert!(folder.read(path).is_err(), "{path}");
            assert!(folder.write(path, b"x").is_err(), "{path}");
        }
        assert_eq!(paths(&folder, "."), ["./a/inside"], "a link is not followed");
    }

    #[test]
    fn what_is_below_a_file_and_what_is_a_folder_is_no_file() {
        let (_place, folder) = folder();
        folder.write("a/util", b"x").expect("writable");
        assert_eq!(folder.read("a/util/b").expect("readable"), None);
        assert_eq!(folder.read("a").expect("readable"), None);
        assert_eq!(paths(&folder, "a/util"), Vec::<String>::new());
        folder.remove("a/util/b").expect("there is nothing to remove");
    }

    #[test]
    fn a_file_takes_the_place_of_an_empty_folder_and_of_no_other() {
        let (place, folder) = folder();
        folder.write("a/util/x", b"x").expect("writable");
        folder.write("a/util", b"y").expect_err("the folder holds something");
        folder.remove("a/util/x").expect("removable");
        folder.write("a/util", b"y").expect("writable");
        assert!(place.path().join("a/util").is_file());
    }

    #[test]
    fn only_empty_folders_below_the_given_one_are_removed() {
        let (place, folder) = folder();
        folder.write("s/m/one/two/x", b"x").expect("writable");
        folder.write("s/m/one/y", b"y").expect("writable");
        folder.remove("s/m/one/two/x").expect("removable");
        folder.remove_empty_above("s/m/one/two/x", "s/m");
        assert!(!place.path().join("s/m/one/two").exists() && place.path().join("s/m/one/y").exists());
        folder.remove("s/m/one/y").expect("removable");
        folder.remove_empty_above("s/m/one/y", "s/m");
        assert!(!place.path().join("s/m/one").exists() && place.path().join("s/m").exists());
    }

    #[test]
    fn what_a_list_leaves_out_can_be_told_from_its_path() {
        let (_place, folder) = folder();
        for path in ["s/a", "s/__pycache__/a", "s/b/Node_Modules/a", "s/.a", "s/.b/a", "s/node_modules_/a"] {
            folder.write(path, b"x").expect("writable");
            assert_eq!(paths(&folder, "s").contains(&path.to_owned()), !overlooks(path), "{path}");
        }
        assert_eq!(paths(&folder, "s"), ["s/a", "s/node_modules_/a"]);
    }

    #[test]
    fn lists_are_sorted_and_hold_nothing_that_tools_leave_behind() {
        let (_place, folder) = folder();
        for path in ["s/b.py", "s/a/z.py", "s/__pycache__/b.pyc", "s/.hidden/x", "s/a.py"] {
            folder.write(path, b"x").expect("writable");
        }
        assert_eq!(paths(&folder, "s"), ["s/a.py", "s/a/z.py", "s/b.py"]);
        assert_eq!(paths(&folder, "nothing"), Vec::<String>::new());
    }
}
