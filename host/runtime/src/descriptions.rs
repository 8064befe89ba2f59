//! What plugins say of themselves, kept between runs.
//!
//! `describe` follows from the plugin's bytes alone: it gets no settings, no grant and always the same seed. To hear it a
//! plugin must be mapped, linked and run, which costs more than a small suite; most of those that are asked are not needed
//! afterwards, because their language is another one.

use std::io::{Read as _, Write as _};
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::engine::hex;
use crate::private_folder::{CacheError, PrivateFolder};

/// A description is a few hundred bytes.
const LIMIT_BYTES: u64 = 1 << 20;

/// How many are kept; the oldest go first.
const KEPT: usize = 200;

/// A private folder of descriptions.
#[derive(Debug)]
pub(crate) struct Descriptions {
    folder: PrivateFolder,
}

impl Descriptions {
    /// Opens the folder, or makes it with mode 0700.
    pub(crate) fn open(path: &Path) -> Result<Self, CacheError> {
        Ok(Self { folder: PrivateFolder::open(path)? })
    }

    /// Returns what a plugin with these bytes said of itself, or `None` when it has to be asked.
    pub(crate) fn get<T: DeserializeOwned>(&self, digest: &str) -> Option<T> {
        let file = self.folder.file(&name(digest)).ok()??;
        let mut bytes = Vec::new();
        file.take(LIMIT_BYTES).read_to_end(&mut bytes).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Keeps it. A failure is not the user's problem: the next run asks again.
    pub(crate) fn keep(&self, digest: &str, description: &impl Serialize) {
        let Ok(bytes) = serde_json::to_vec(description) else { return };
        let Ok(mut temporary) = tempfile::Builder::new().prefix(".writing-").tempfile_in(self.folder.path()) else {
            return;
        };
        if temporary.write_all(&bytes).is_ok() && temporary.persist(self.folder.path().join(name(digest))).is_ok() {
            self.prune();
        }
    }

    fn prune(&self) {
        let Ok(entries) = self.folder.dir().entries() else { return };
        let mut kept: Vec<_> = entries
            .filter_map(Result::ok)
            .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.file_name())))
            .collect();
        kept.sort();
        let surplus = kept.len().saturating_sub(KEPT);
        for (_, name) in kept.drain(..surplus) {
            // Somebody else may have removed it already.
            let _ = self.folder.dir().remove_file(name);
        }
    }
}

fn name(digest: &str) -> String {
    let key = format!("{digest}|{}", env!("CARGO_PKG_VERSION"));
    format!("{}.json", &hex(&Sha256::digest(key.as_bytes()))[..40])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(folder: &tempfile::TempDir) -> Descriptions {
        Descriptions::open(&folder.path().join("descriptions")).unwrap()
    }

    #[test]
    fn gives_back_what_it_keeps_and_only_for_the_same_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let descriptions = opened(&folder);
        assert_eq!(descriptions.get::<String>("d1"), None);
        descriptions.keep("d1", &"says this");
        assert_eq!(descriptions.get("d1"), Some("says this".to_owned()));
        assert_eq!(descriptions.get::<String>("d2"), None);
        assert_eq!(descriptions.get::<u32>("d1"), None, "of another shape");
    }

    #[test]
    fn does_not_follow_a_link_and_takes_a_damaged_file_for_none() {
        let folder = tempfile::tempdir().unwrap();
        let descriptions = opened(&folder);
        descriptions.folder.dir().write("elsewhere", "\"x\"").unwrap();
        descriptions.folder.dir().symlink("elsewhere", name("d")).unwrap();
        assert_eq!(descriptions.get::<String>("d"), None, "a link");
        descriptions.folder.dir().remove_file(name("d")).unwrap();
        descriptions.folder.dir().write(name("d"), "\"x").unwrap();
        assert_eq!(descriptions.get::<String>("d"), None, "damaged");
    }

    #[test]
    fn the_oldest_go_when_there_are_too_many() {
        let folder = tempfile::tempdir().unwrap();
        let descriptions = opened(&folder);
        for number in 0..=KEPT {
            descriptions.keep(&number.to_string(), &number);
        }
        assert_eq!(descriptions.folder.dir().entries().unwrap().count(), KEPT);
        assert_eq!(descriptions.get(&KEPT.to_string()), Some(KEPT));
    }
}
