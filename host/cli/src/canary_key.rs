//! The user's secret from which canaries are drawn: `canary.key` in the user's config folder, made on first use.
//!
//! It is a secret from the code that is judged, not from the user. A run with the same files and the same secret is the same
//! run, so a secret that cannot be kept costs repeatability and nothing else.

use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use cap_std::ambient_authority;
use cap_std::fs::{Dir, DirBuilder, DirBuilderExt, MetadataExt, OpenOptions, OpenOptionsExt, PermissionsExt};
use pact_pipeline::judge::CanaryKey;
use rustix::process::geteuid;

const NAME: &str = "canary.key";
const BYTES: usize = 32;

/// The secret, and what the user should hear about it.
#[derive(Debug)]
pub(crate) struct Found {
    /// The secret.
    pub(crate) key: CanaryKey,
    /// Why it is new in every run, where it is.
    pub(crate) note: Option<String>,
}

/// Returns the secret that the config folder keeps; makes it when there is none. Where it cannot be kept, it is a new one in
/// each process.
///
/// # Errors
/// When the operating system has no random numbers.
pub(crate) fn find(config: Option<&Path>) -> io::Result<Found> {
    let kept = match config {
        Some(config) => keep(config).map_err(|error| format!("`{}`: {error}", config.join(NAME).display())),
        None => Err("neither XDG_CONFIG_HOME nor HOME is set".to_owned()),
    };
    match kept {
        Ok(key) => Ok(Found { key: CanaryKey::Secret(key), note: None }),
        Err(reason) => {
            let note = format!(
                "note: the key of the canaries cannot be kept ({reason}); fuel and receipts of this run cannot be repeated \
                 exactly"
            );
            Ok(Found { key: CanaryKey::Secret(random()?), note: Some(note) })
        }
    }
}

fn keep(config: &Path) -> io::Result<[u8; BYTES]> {
    let folder = match Dir::open_ambient_dir(config, ambient_authority()) {
        Err(error) if error.kind() == ErrorKind::NotFound => make(config)?,
        opened => opened?,
    };
    match read(&folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        result => return result,
    }
    let key = random()?;
    let mut file = tempfile::Builder::new().prefix(".canary-").tempfile_in(config)?;
    file.write_all(&key)?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(config.join(NAME)) {
        Ok(_) => Ok(key),
        // Another process was first, and its key is the one that lasts.
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => read(&folder),
        Err(error) => Err(error.error),
    }
}

fn make(config: &Path) -> io::Result<Dir> {
    let (Some(parent), Some(name)) = (config.parent(), config.file_name()) else {
        return Err(ErrorKind::InvalidInput.into());
    };
    Dir::create_ambient_dir_all(parent, ambient_authority())?;
    let parent = Dir::open_ambient_dir(parent, ambient_authority())?;
    let mut builder = DirBuilder::new();
    builder.recursive(true).mode(0o700);
    parent.create_dir_with(name, &builder)?;
    parent.open_dir(name)
}

fn read(folder: &Dir) -> io::Result<[u8; BYTES]> {
    let mut options = OpenOptions::new();
    options.read(true).custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
    let file = folder.open_with(NAME, &options)?;
    let metadata = file.metadata()?;
    if metadata.uid() != geteuid().as_raw() || metadata.permissions().mode() & 0o077 != 0 {
        return Err(io::Error::other("others can read it; run `chmod 600` on it, or remove it"));
    }
    let mut bytes = Vec::with_capacity(BYTES);
    file.take(BYTES as u64 + 1).read_to_end(&mut bytes)?;
    let wrong = |_| io::Error::other("it does not hold 32 bytes; remove it to get a new one");
    bytes.as_slice().try_into().map_err(wrong)
}

fn random() -> io::Result<[u8; BYTES]> {
    let mut key = [0; BYTES];
    getrandom::fill(&mut key).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(config: &Path) -> CanaryKey {
        let found = find(Some(config)).unwrap();
        assert_eq!(found.note, None);
        found.key
    }

    fn open(config: &Path) -> Dir {
        Dir::open_ambient_dir(config, ambient_authority()).unwrap()
    }

    #[test]
    fn it_is_made_once_for_this_user_alone() {
        let place = tempfile::tempdir().unwrap();
        let config = place.path().join("a/pact");
        let first = key(&config);
        assert_eq!(key(&config), first);
        let mode = |metadata: cap_std::fs::Metadata| metadata.permissions().mode() & 0o777;
        assert_eq!(mode(open(&config).metadata(NAME).unwrap()), 0o600);
        assert_eq!(mode(open(&config).dir_metadata().unwrap()), 0o700);
        assert_ne!(key(&place.path().join("b")), first);
    }

    #[test]
    fn without_a_place_it_is_another_one_each_time_and_the_user_hears_why() {
        let found = [find(None).unwrap(), find(None).unwrap()];
        assert_ne!(found[0].key, found[1].key);
        assert!(found[0].note.as_ref().is_some_and(|note| note.contains("XDG_CONFIG_HOME")));
    }

    #[test]
    fn a_file_that_is_no_key_or_that_others_can_read_is_said_and_left_alone() {
        let place = tempfile::tempdir().unwrap();
        let dir = open(place.path());
        let private = cap_std::fs::Permissions::from_mode(0o600);
        dir.write(NAME, [1; 31]).unwrap();
        dir.set_permissions(NAME, private).unwrap();
        let note = find(Some(place.path())).unwrap().note.unwrap();
        assert!(note.contains("32 bytes"), "{note}");
        dir.write(NAME, [1; 32]).unwrap();
        dir.set_permissions(NAME, cap_std::fs::Permissions::from_mode(0o644)).unwrap();
        let note = find(Some(place.path())).unwrap().note.unwrap();
        assert!(note.contains("chmod 600"), "{note}");
        assert_eq!(dir.read(NAME).unwrap(), [1; 32]);
    }
}
