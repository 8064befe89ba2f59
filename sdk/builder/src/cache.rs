//! Finished artefacts by the digest of their inputs, and atomic writes. What an input is, `inputs` decides.

use std::{
    fs::{self, File, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
    time::SystemTime,
};

use tempfile::{NamedTempFile, TempDir};

use crate::layout::Layout;

/// Above this the files that were not used for longest are removed: about forty builds of the largest plugin. A
/// folder of packages is never removed: there are few, and they take longest to make.
const MAX_FILES_BYTES: u64 = 2 << 30;

/// A file or folder of the build could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("failed to {action} `{path}`")]
pub(crate) struct CacheError {
    action: &'static str,
    path: PathBuf,
    #[source]
    source: io::Error,
}

impl CacheError {
    pub(crate) fn new(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self { action, path, source }
    }
}

/// The artefacts below one target directory. Holds the lock: there is one builder at a time.
pub(crate) struct Cache {
    artefacts: PathBuf,
    scratch: PathBuf,
    _lock: File,
}

impl Cache {
    /// Waits until no other builder works in the same target directory; `waiting` is called once if that takes time.
    pub(crate) fn open(layout: &Layout, waiting: impl FnOnce(&Path)) -> Result<Self, CacheError> {
        layout.create_target().map_err(CacheError::new("create", layout.target()))?;
        let work = layout.work();
        let (artefacts, scratch) = (work.join("cache"), work.join("scratch"));
        for folder in [&artefacts, &scratch] {
            fs::create_dir_all(folder).map_err(CacheError::new("create", folder))?;
        }
        let path = work.join("lock");
        let lock = File::create(&path).map_err(CacheError::new("create", &path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                waiting(&path);
                lock.lock().map_err(CacheError::new("lock", &path))?;
            }
            Err(TryLockError::Error(error)) => return Err(CacheError::new("lock", &path)(error)),
        }
        Ok(Self { artefacts, scratch, _lock: lock })
    }

    /// Returns the finished file of these inputs.
    pub(crate) fn file(&self, digest: &str) -> Option<PathBuf> {
        let path = self.artefacts.join(format!("{digest}.wasm"));
        // The time of the last use decides what `trim` removes. Without it the file only goes earlier.
        if let Ok(file) = File::options().append(true).open(&path) {
            let _ = file.set_modified(SystemTime::now());
        }
        path.is_file().then_some(path)
    }

    /// Keeps a finished file.
    pub(crate) fn keep_file(&self, digest: &str, bytes: &[u8]) -> Result<PathBuf, CacheError> {
        let path = self.artefacts.join(format!("{digest}.wasm"));
        write(&path, bytes)?;
        self.trim(MAX_FILES_BYTES)?;
        Ok(path)
    }

    /// Returns the finished folder of these inputs.
    pub(crate) fn folder(&self, digest: &str) -> Option<PathBuf> {
        let path = self.artefacts.join(digest);
        path.is_dir().then_some(path)
    }

    /// Keeps a finished folder, which was made with [`Cache::scratch`].
    pub(crate) fn keep_folder(&self, digest: &str, folder: TempDir) -> Result<PathBuf, CacheError> {
        let path = self.artefacts.join(digest);
        let made = folder.keep();
        fs::rename(&made, &path).map_err(CacheError::new("rename to", &path))?;
        Ok(path)
    }

    /// Returns a new folder on the same file system, removed when dropped.
    pub(crate) fn scratch(&self) -> Result<TempDir, CacheError> {
        tempfile::tempdir_in(&self.scratch).map_err(CacheError::new("create a folder in", &self.scratch))
    }

    fn trim(&self, max_bytes: u64) -> Result<(), CacheError> {
        let read = |error| CacheError::new("read", &self.artefacts)(error);
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.artefacts).map_err(read)? {
            let entry = entry.map_err(read)?;
            let metadata = entry.metadata().map_err(read)?;
            if metadata.is_file() {
                files.push((metadata.modified().map_err(read)?, metadata.len(), entry.path()));
            }
        }
        files.sort();
        let mut total: u64 = files.iter().map(|(_, bytes, _)| bytes).sum();
        for (_, bytes, path) in files {
            if total <= max_bytes {
                break;
            }
            fs::remove_file(&path).map_err(CacheError::new("remove", &path))?;
            total -= bytes;
        }
        Ok(())
    }
}

/// Writes a file under a temporary name, then renames it: a reader sees the old one or the new one.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), CacheError> {
    let failed = || CacheError::new("write", path);
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(failed())?;
    let mut file = NamedTempFile::new_in(folder).map_err(failed())?;
    file.write_all(bytes).map_err(failed())?;
    readable_by_all(file.path()).map_err(failed())?;
    file.as_file().sync_all().map_err(failed())?;
    file.persist(path).map_err(|error| failed()(error.error))?;
    Ok(())
}

/// Temporary files are private to their maker; a build shared by the users of a machine is not.
#[cfg(unix)]
fn readable_by_all(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Copies a file as [`write`] writes one.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<(), CacheError> {
    write(to, &fs::read(from).map_err(CacheError::new("read", from))?)
}

/// Copies a folder with all that is in it.
pub(crate) fn copy_folder(from: &Path, to: &Path) -> Result<(), CacheError> {
    fs::create_dir_all(to).map_err(CacheError::new("create", to))?;
    for entry in fs::read_dir(from).map_err(CacheError::new("read", from))? {
        let entry = entry.map_err(CacheError::new("read", from))?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copy_folder(&source, &target)?;
        } else {
            fs::copy(&source, &target).map_err(CacheError::new("copy", &source))?;
        }
    }
    Ok(())
}

/// Lets a folder be found under another name.
pub(crate) fn link_folder(folder: &Path, name: &Path) -> Result<(), CacheError> {
    #[cfg(unix)]
    let linked = std::os::unix::fs::symlink(folder, name);
    #[cfg(not(unix))]
    let linked = std::os::windows::fs::symlink_dir(folder, name);
    linked.map_err(CacheError::new("link", name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache(folder: &TempDir) -> Cache {
        Cache::open(&Layout::new(folder.path().into(), folder.path().into()), |_| panic!("nobody holds the lock"))
            .unwrap()
    }

    #[test]
    fn a_file_is_found_by_the_digest_it_was_kept_under() {
        let folder = tempfile::tempdir().unwrap();
        let cache = cache(&folder);
        assert_eq!(cache.file("abc"), None);
        cache.keep_file("abc", b"x").unwrap();
        assert_eq!(fs::read(cache.file("abc").unwrap()).unwrap(), b"x");
        assert_eq!(cache.file("abd"), None);
    }

    #[test]
    fn the_file_that_was_not_used_for_longest_goes_first() {
        let folder = tempfile::tempdir().unwrap();
        let cache = cache(&folder);
        for name in ["old", "older", "oldest"] {
            cache.keep_file(name, &[0; 10]).unwrap();
        }
        for (name, age) in [("old", 10), ("older", 20), ("oldest", 30)] {
            let file = File::options().append(true).open(cache.artefacts.join(format!("{name}.wasm"))).unwrap();
            file.set_modified(SystemTime::now() - std::time::Duration::from_secs(age)).unwrap();
        }
        // A use makes it the newest.
        cache.file("oldest").unwrap();
        cache.trim(20).unwrap();
        assert_eq!(cache.file("older"), None);
        assert!(cache.file("oldest").is_some() && cache.file("old").is_some());
    }

    #[test]
    fn the_second_builder_waits_for_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let first = cache(&folder);
        let layout = Layout::new(folder.path().into(), folder.path().into());
        let (told, was_told) = std::sync::mpsc::channel();
        let second = std::thread::spawn(move || {
            Cache::open(&layout, |_| told.send(()).unwrap()).unwrap();
        });
        was_told.recv().unwrap();
        assert!(!second.is_finished());
        drop(first);
        second.join().unwrap();
    }
}
