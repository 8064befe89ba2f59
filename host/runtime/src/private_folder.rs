//! A folder whose contents are believed because of who owns them: it belongs to this user, and nobody else may write to it.
//!
//! Not a defence against somebody who can write as this user: they can change pact itself.

use std::path::{Path, PathBuf};

use cap_std::ambient_authority;
use cap_std::fs::{Dir, DirBuilder, DirBuilderExt, File, MetadataExt, OpenOptions, OpenOptionsExt, PermissionsExt};
use rustix::process::geteuid;

/// Why a cache folder cannot be used. Never fatal: without it everything is made anew.
#[derive(Debug, thiserror::Error)]
pub enum CacheError {
    /// It cannot be made or opened.
    #[error("the cache folder `{}` cannot be used: {source}", path.display())]
    Io {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Somebody else owns it or may write to it.
    #[error(
        "the cache folder `{}` is not private to this user (mode {mode:o}, owner {owner}): what lies in it is not \
         trusted; run `chmod 700` on it, or remove it", path.display()
    )]
    NotPrivate {
        /// The folder.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
        /// Its owner's id.
        owner: u32,
    },
}

/// An open folder that is this user's alone.
#[derive(Debug)]
pub struct PrivateFolder {
    folder: Dir,
    path: PathBuf,
}

impl PrivateFolder {
    /// Opens the folder, or makes it with mode 0700.
    ///
    /// # Errors
    /// [`CacheError`] when it cannot be made, or somebody else owns it or may write to it.
    pub fn open(path: &Path) -> Result<Self, CacheError> {
        let io = |source| CacheError::Io { path: path.to_owned(), source };
        let mut builder = DirBuilder::new();
        builder.recursive(true).mode(0o700);
        Dir::create_ambient_dir_all(path.parent().unwrap_or(path), ambient_authority()).map_err(io)?;
        if let (Some(parent), Some(name)) = (path.parent(), path.file_name()) {
            let parent = Dir::open_ambient_dir(parent, ambient_authority()).map_err(io)?;
            parent.create_dir_with(name, &builder).map_err(io)?;
        }
        let folder = Dir::open_ambient_dir(path, ambient_authority()).map_err(io)?;
        let metadata = folder.dir_metadata().map_err(io)?;
        let (mode, owner) = (metadata.permissions().mode() & 0o777, metadata.uid());
        if owner != geteuid().as_raw() || mode & 0o022 != 0 {
            return Err(CacheError::NotPrivate { path: path.to_owned(), mode, owner });
        }
        Ok(Self { folder, path: path.to_owned() })
    }

    /// Returns the folder itself.
    #[must_use]
    pub fn dir(&self) -> &Dir {
        &self.folder
    }

    /// Returns where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Opens a file to read it, without following links. None when it is no file, or not this user's alone to write.
    ///
    /// # Errors
    /// When it cannot be opened, for example because there is none.
    pub fn file(&self, name: &str) -> std::io::Result<Option<File>> {
        let mut options = OpenOptions::new();
        // A pipe would be waited for.
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        options.read(true).custom_flags(flags.bits().cast_signed());
        let file = self.folder.open_with(name, &options)?;
        let metadata = file.metadata()?;
        let is_private = metadata.uid() == geteuid().as_raw() && metadata.permissions().mode() & 0o022 == 0;
        Ok((metadata.is_file() && is_private).then_some(file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_made_for_this_user_alone_and_refused_when_others_may_write_to_it() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a/private");
        let mode = |folder: &PrivateFolder| folder.dir().dir_metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&PrivateFolder::open(&path).unwrap()), 0o700);
        let parent = Dir::open_ambient_dir(place.path().join("a"), ambient_authority()).unwrap();
        parent.set_permissions("private", cap_std::fs::Permissions::from_mode(0o770)).unwrap();
        assert!(matches!(PrivateFolder::open(&path), Err(CacheError::NotPrivate { mode: 0o770, .. })));
    }

    #[test]
    fn neither_a_link_nor_a_file_that_others_may_write_is_read() {
        let place = tempfile::tempdir().unwrap();
        let folder = PrivateFolder::open(&place.path().join("private")).unwrap();
        folder.dir().write("file", "x").unwrap();
        folder.dir().symlink("file", "link").unwrap();
        folder.dir().create_dir("folder").unwrap();
        assert!(folder.file("file").unwrap().is_some());
        assert!(folder.file("link").is_err());
        assert!(folder.file("folder").unwrap().is_none());
        assert!(folder.file("nothing").is_err());
        folder.dir().set_permissions("file", cap_std::fs::Permissions::from_mode(0o620)).unwrap();
        assert!(folder.file("file").unwrap().is_none());
    }
}
