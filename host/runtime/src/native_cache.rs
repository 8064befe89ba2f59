//! Compiled code, kept between runs.
//!
//! Native code is believed because of who owns it, not because of what it looks like: the folder belongs to this user and
//! nobody else may write to it, and a file is opened once, without following links, before it is mapped. Hashing 80 MB would
//! cost more than the test run that it protects, and somebody who can write as this user can change pact itself.

use std::io::Write as _;
use std::path::Path;

use sha2::{Digest, Sha256};
use wasmtime::component::Component;

use crate::engine::{ProfiledEngine, WASMTIME_VERSION, hex};
use crate::private_folder::{CacheError, PrivateFolder};

/// How many compiled forms of one plugin are kept; the oldest go first.
const KEPT_PER_PLUGIN: usize = 4;

/// A private folder of compiled plugins.
#[derive(Debug)]
pub(crate) struct NativeCache {
    folder: PrivateFolder,
}

impl NativeCache {
    /// Opens the folder, or makes it with mode 0700.
    pub(crate) fn open(path: &Path) -> Result<Self, CacheError> {
        Ok(Self { folder: PrivateFolder::open(path)? })
    }

    /// Returns the compiled form of a plugin, or `None` when there is none that this machine and this engine can use.
    pub(crate) fn load(&self, plugin: &str, digest: &str, engine: &ProfiledEngine) -> Option<Component> {
        let file = self.folder.file(&name(plugin, digest, engine)).ok()??;
        let descriptor = std::os::fd::AsRawFd::as_raw_fd(&file);
        let path = if cfg!(target_os = "linux") {
            format!("/proc/self/fd/{descriptor}")
        } else {
            format!("/dev/fd/{descriptor}")
        };
        #[expect(unsafe_code, reason = "the file was opened once, is ours, and only we can write to it")]
        // SAFETY: the bytes were written by `store` of this user's pact; the engine checks version and settings.
        let component = unsafe { Component::deserialize_file(&engine.engine, path) };
        component.ok()
    }

    /// Keeps a compiled form. A failure is not the user's problem: the next run compiles again.
    pub(crate) fn store(&self, plugin: &str, digest: &str, engine: &ProfiledEngine, code: &[u8]) {
        let Ok(mut temporary) = tempfile::Builder::new().prefix(".writing-").tempfile_in(self.folder.path()) else {
            return;
        };
        if temporary.write_all(code).is_err() {
            return;
        }
        if temporary.persist(self.folder.path().join(name(plugin, digest, engine))).is_ok() {
            self.prune(plugin);
        }
    }

    fn prune(&self, plugin: &str) {
        let Ok(entries) = self.folder.dir().entries() else { return };
        let prefix = format!("{plugin}@");
        let mut forms: Vec<_> = entries
            .filter_map(Result::ok)
            .filter(|entry| entry.file_name().to_string_lossy().starts_with(&prefix))
            .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.file_name())))
            .collect();
        forms.sort();
        let surplus = forms.len().saturating_sub(KEPT_PER_PLUGIN);
        for (_, name) in forms.drain(..surplus) {
            // Somebody else may have removed it already.
            let _ = self.folder.dir().remove_file(name);
        }
    }
}

fn name(plugin: &str, digest: &str, engine: &ProfiledEngine) -> String {
    let profile = engine.profile.digest();
    let machine = (std::env::consts::ARCH, std::env::consts::OS);
    let key = format!("{digest}|{profile}|{WASMTIME_VERSION}|{}|{}", machine.0, machine.1);
    format!("{plugin}@{}.cwasm", &hex(&Sha256::digest(key.as_bytes()))[..40])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::EngineProfile;

    fn compiled() -> (ProfiledEngine, Component) {
        let engine = EngineProfile::plugin().build().unwrap();
        let component = Component::new(&engine.engine, [0, b'a', b's', b'm', 0x0d, 0, 1, 0]).unwrap();
        (engine, component)
    }

    #[test]
    fn gives_back_what_it_keeps_and_only_for_the_same_bytes_and_engine() {
        let folder = tempfile::tempdir().unwrap();
        let cache = NativeCache::open(&folder.path().join("native")).unwrap();
        let (engine, component) = compiled();
        cache.store("p", "d1", &engine, &component.serialize().unwrap());
        assert!(cache.load("p", "d1", &engine).is_some());
        assert!(cache.load("p", "d2", &engine).is_none());
        assert!(cache.load("p", "d1", &EngineProfile::runner().build().unwrap()).is_none());
    }

    #[test]
    fn does_not_follow_a_link_and_takes_a_damaged_file_for_none() {
        let folder = tempfile::tempdir().unwrap();
        let cache = NativeCache::open(&folder.path().join("native")).unwrap();
        let (engine, component) = compiled();
        cache.store("p", "d", &engine, &component.serialize().unwrap());
        let file = name("p", "d", &engine);
        cache.folder.dir().rename(&file, cache.folder.dir(), "elsewhere").unwrap();
        cache.folder.dir().symlink("elsewhere", &file).unwrap();
        assert!(cache.load("p", "d", &engine).is_none(), "a link");
        cache.folder.dir().remove_file(&file).unwrap();
        cache.folder.dir().write(&file, b"\0asm but not really").unwrap();
        assert!(cache.load("p", "d", &engine).is_none(), "damaged");
    }
}
