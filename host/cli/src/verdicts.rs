//! The verdict cache: what came of suites, kept by the content that decides it, in the user's own cache folder.
//!
//! What is in it is believed, so it lies where only this user writes, never in a project: somebody may have made that one up.
//! Not the place for what a key consists of: that is for whoever judges.

use std::io::{self, ErrorKind, Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use cap_std::ambient_authority;
use cap_std::fs::{Dir, MetadataExt};
use pact_pipeline::digest;
use pact_runtime::PrivateFolder;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::ui::Ui;
use crate::world::World;

/// Of the file's form: another one is no entry.
const FORMAT: &str = "pact-verdict/1";
/// All entries together, in bytes.
const LIMIT: u64 = 64 << 20;
/// What is left when the oldest go.
const LEFT: u64 = LIMIT / 4 * 3;
/// One entry, in bytes; a larger one is not kept.
const ENTRY: u64 = 4 << 20;

/// Verdicts of earlier runs.
pub(crate) struct VerdictCache {
    folder: PrivateFolder,
    ui: Ui,
    is_changed: AtomicBool,
}

/// What lies under a key.
#[derive(Debug, PartialEq, Eq)]
enum Found<T> {
    Nothing,
    Entry(T),
    /// Something that is not believed, and why.
    Refused(&'static str),
}

impl VerdictCache {
    /// Opens the cache; without one every suite is judged, which the user hears.
    pub(crate) fn open(world: &World, ui: &Ui) -> Option<Self> {
        let Some(cache) = &world.cache else {
            ui.say("note: neither XDG_CACHE_HOME nor HOME is set, so verdicts are not kept");
            return None;
        };
        match PrivateFolder::open(&cache.join("verdicts")) {
            Ok(folder) => Some(Self { folder, ui: ui.clone(), is_changed: AtomicBool::new(false) }),
            Err(error) => {
                ui.say(&format!("note: verdicts are not kept: {error}"));
                None
            }
        }
    }

    /// Returns what is kept under a key. What is damaged, or could be somebody else's, is named and not believed.
    pub(crate) fn get<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        match self.find(key) {
            Found::Nothing => None,
            Found::Entry(entry) => Some(entry),
            Found::Refused(why) => {
                let path = self.folder.path().join(key);
                self.ui.say(&format!("note: the cached verdict `{}` is not used: {why}", path.display()));
                None
            }
        }
    }

    fn find<T: DeserializeOwned>(&self, key: &str) -> Found<T> {
        let file = match self.folder.file(key) {
            Ok(Some(file)) => file,
            Ok(None) => return Found::Refused("it is not a file that only this user may write"),
            Err(error) if error.kind() == ErrorKind::NotFound => return Found::Nothing,
            Err(_) => return Found::Refused("it cannot be opened"),
        };
        let mut bytes = Vec::new();
        if file.take(ENTRY + 1).read_to_end(&mut bytes).is_err() {
            return Found::Refused("it cannot be read");
        }
        let damaged = Found::Refused("it is damaged");
        let Some(end) = bytes.iter().position(|byte| *byte == b'\n') else { return damaged };
        let (head, body) = (&bytes[..end], &bytes[end + 1..]);
        if head != heading(key, body).as_bytes() {
            return damaged;
        }
        serde_json::from_slice(body).map_or(damaged, Found::Entry)
    }

    /// Keeps a value under a key, whole or not at all. A failure is said and costs nothing but the next run's time.
    pub(crate) fn put<T: Serialize>(&self, key: &str, value: &T) {
        if let Err(error) = self.write(key, value) {
            self.ui.say(&format!("note: a verdict is not kept: {error}"));
        }
    }

    fn write<T: Serialize>(&self, key: &str, value: &T) -> io::Result<()> {
        let body = serde_json::to_vec(value)?;
        let heading = heading(key, &body);
        if (heading.len() + 1 + body.len()) as u64 > ENTRY {
            return Ok(());
        }
        let mut file = tempfile::Builder::new().prefix(".writing-").tempfile_in(self.folder.path())?;
        file.write_all(format!("{heading}\n").as_bytes())?;
        file.write_all(&body)?;
        file.persist(self.folder.path().join(key)).map_err(|error| error.error)?;
        self.is_changed.store(true, Ordering::Relaxed);
        Ok(())
    }

    fn prune(&self, limit: u64, left: u64) {
        let Ok(entries) = self.folder.dir().entries() else { return };
        let mut files: Vec<_> = entries
            .filter_map(Result::ok)
            .filter_map(|entry| {
                let metadata = entry.metadata().ok()?;
                Some((metadata.modified().ok()?, metadata.len(), entry.file_name()))
            })
            .collect();
        let mut total: u64 = files.iter().map(|(_, bytes, _)| bytes).sum();
        if total <= limit {
            return;
        }
        files.sort();
        for (_, bytes, name) in files {
            if total <= left {
                break;
            }
            // Somebody else may have removed it already.
            let _ = self.folder.dir().remove_file(name);
            total -= bytes;
        }
    }
}

impl Drop for VerdictCache {
    /// Once a command, and only after it has added something.
    fn drop(&mut self) {
        if self.is_changed.load(Ordering::Relaxed) {
            self.prune(LIMIT, LEFT);
        }
    }
}

fn heading(key: &str, body: &[u8]) -> String {
    format!("{FORMAT} {key} {}", digest::of_bytes(body))
}

/// Returns what tells this program from any other that might judge differently: its version and, because not every build has
/// one of its own, size and time of its file. None when the file cannot be found.
pub(crate) fn program(world: &World) -> Option<String> {
    let executable = world.executable.as_deref()?;
    let folder = Dir::open_ambient_dir(executable.parent()?, ambient_authority()).ok()?;
    let file = folder.metadata(executable.file_name()?).ok()?;
    Some(format!("{} {} {}.{}", env!("CARGO_PKG_VERSION"), file.len(), file.mtime(), file.mtime_nsec()))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests damage files")]
mod tests {
    use std::path::PathBuf;

    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn cache() -> (tempfile::TempDir, VerdictCache) {
        let place = tempfile::tempdir().unwrap();
        let world = World { cache: Some(place.path().to_owned()), ..World::look().unwrap() };
        let cache = VerdictCache::open(&world, &Ui::new(&world)).unwrap();
        (place, cache)
    }

    fn path(cache: &VerdictCache, key: &str) -> PathBuf {
        cache.folder.path().join(key)
    }

    #[test]
    fn an_entry_is_found_under_its_key_and_no_other() {
        let (_place, cache) = cache();
        cache.put("a", &vec![1, 2]);
        assert_eq!(cache.get("a"), Some(vec![1, 2]));
        assert_eq!(cache.find::<Vec<u8>>("b"), Found::Nothing);
        std::fs::rename(path(&cache, "a"), path(&cache, "b")).unwrap();
        assert_eq!(cache.find::<Vec<u8>>("b"), Found::Refused("it is damaged"), "it was kept under another key");
    }

    #[test]
    fn a_changed_byte_a_cut_end_and_another_form_are_no_entries() {
        let (_place, cache) = cache();
        cache.put("a", &"passed");
        let whole = std::fs::read_to_string(path(&cache, "a")).unwrap();
        for text in [
            whole.replace("passed", "failed"),
            whole[..whole.len() - 1].to_owned(),
            whole.replace("verdict/1", "verdict/2"),
            String::new(),
        ] {
            std::fs::write(path(&cache, "a"), &text).unwrap();
            assert_eq!(cache.find::<String>("a"), Found::Refused("it is damaged"), "{text}");
        }
        std::fs::write(path(&cache, "a"), &whole).unwrap();
        assert_eq!(cache.find::<u32>("a"), Found::Refused("it is damaged"), "it is of another type");
        assert_eq!(cache.find::<String>("a"), Found::Entry("passed".to_owned()));
    }

    #[test]
    fn what_others_may_have_written_is_refused_and_written_anew() {
        let (_place, cache) = cache();
        cache.put("a", &1);
        std::fs::set_permissions(path(&cache, "a"), std::fs::Permissions::from_mode(0o660)).unwrap();
        let refused = Found::Refused("it is not a file that only this user may write");
        assert_eq!(cache.find::<u32>("a"), refused);
        cache.put("a", &2);
        assert_eq!(cache.get("a"), Some(2));
    }

    #[test]
    fn a_folder_that_others_may_write_to_is_no_cache() {
        let (place, cache) = cache();
        std::fs::set_permissions(cache.folder.path(), std::fs::Permissions::from_mode(0o770)).unwrap();
        let world = World { cache: Some(place.path().to_owned()), ..World::look().unwrap() };
        assert!(VerdictCache::open(&world, &Ui::new(&world)).is_none());
    }

    #[test]
    fn the_oldest_go_when_there_is_too_much() {
        let (_place, cache) = cache();
        for (age, key) in ["new", "old", "oldest"].iter().enumerate() {
            cache.put(key, &"x".repeat(1000));
            let file = std::fs::File::options().write(true).open(path(&cache, key)).unwrap();
            let then = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000 - age as u64);
            file.set_modified(then).unwrap();
        }
        let exists = || ["new", "old", "oldest"].map(|key| path(&cache, key).exists());
        cache.prune(4000, 1500);
        assert_eq!(exists(), [true; 3], "it is not too much");
        cache.prune(3000, 2500);
        assert_eq!(exists(), [true, true, false]);
        cache.prune(2000, 1500);
        assert_eq!(exists(), [true, false, false]);
    }

    #[test]
    fn an_entry_that_is_too_large_is_not_kept() {
        let (_place, cache) = cache();
        cache.put("a", &"x".repeat(5 << 20));
        assert_eq!(cache.find::<String>("a"), Found::Nothing);
    }
}
