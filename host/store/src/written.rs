//! What pact wrote, by path and digest: how it tells its own files from a person's.
//!
//! A line is appended *before* a file is written, so a file of ours is never taken for a person's, whenever the process is
//! killed. Losing the list makes everything a person's, which is the safe side: nothing gets replaced.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use pact_pipeline::digest;
use pact_pipeline::ports::{Ownership, WorkspaceError};
use serde::{Deserialize, Serialize};

use crate::folder::Folder;

const PATH: &str = ".pact/written.jsonl";

/// The list.
#[derive(Debug, Default)]
pub(crate) struct Written {
    digests: Mutex<BTreeMap<String, BTreeSet<String>>>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    path: String,
    sha256: String,
}

impl Written {
    pub(crate) fn read(folder: &Folder) -> Result<Self, WorkspaceError> {
        let content = folder.read(PATH)?.unwrap_or_default();
        let mut digests: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for line in content.split(|byte| *byte == b'\n') {
            // A line that was being written when the process was killed belongs to a file that was not written.
            if let Ok(line) = serde_json::from_slice::<Line>(line) {
                digests.entry(line.path).or_default().insert(line.sha256);
            }
        }
        Ok(Self { digests: Mutex::new(digests) })
    }

    /// Notes that this content is about to be written.
    pub(crate) fn note(&self, folder: &Folder, path: &str, content: &[u8]) -> Result<(), WorkspaceError> {
        let sha256 = digest::of_bytes(content);
        let mut digests = self.digests.lock().unwrap_or_else(PoisonError::into_inner);
        if digests.get(path).is_some_and(|known| known.contains(&sha256)) {
            return Ok(());
        }
        let line = Line { path: path.to_owned(), sha256: sha256.clone() };
        let mut text = serde_json::to_string(&line).expect("two texts are plain data");
        text.push('\n');
        // A torn last line is ended first, or this one would be lost with it.
        if folder.read(PATH)?.is_some_and(|old| old.last().is_some_and(|byte| *byte != b'\n')) {
            text.insert(0, '\n');
        }
        folder.append(PATH, text.as_bytes())?;
        digests.entry(path.to_owned()).or_default().insert(sha256);
        Ok(())
    }

    pub(crate) fn ownership(&self, path: &str, content: Option<&[u8]>) -> Ownership {
        let Some(content) = content else { return Ownership::Absent };
        let digests = self.digests.lock().unwrap_or_else(PoisonError::into_inner);
        match digests.get(path) {
            None => Ownership::Foreign,
            Some(known) if known.contains(&digest::of_bytes(content)) => Ownership::Own,
            Some(_) => Ownership::Edited,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_own_edited_and_foreign_files_apart_after_a_torn_line() {
        let place = tempfile::tempdir().expect("a folder");
        let folder = Folder::open(place.path()).expect("it opens");
        let written = Written::read(&folder).expect("readable");
        written.note(&folder, "a", b"one").expect("writable");
        folder.append(PATH, b"{\"path\":\"b\",\"sha2").expect("writable");
        let written = Written::read(&folder).expect("readable");
        written.note(&folder, "c", b"three").expect("writable");
        let written = Written::read(&folder).expect("readable");
        assert_eq!(written.ownership("a", Some(b"one")), Ownership::Own);
        assert_eq!(written.ownership("a", Some(b"two")), Ownership::Edited);
        assert_eq!(written.ownership("b", Some(b"one")), Ownership::Foreign);
        assert_eq!(written.ownership("c", Some(b"three")), Ownership::Own);
        assert_eq!(written.ownership("a", None), Ownership::Absent);
    }
}
