//! The attempts at a component: what each author wrote, in the reference's place
//! (`.pact/implementations/COMPONENT/attempts/ATTEMPT/src`).
//!
//! For people who compare attempts. Nothing is judged by them.

use std::collections::BTreeMap;

use pact_model::component_id::ComponentId;
use pact_pipeline::ports::{ProjectFile, WorkspaceError};

use crate::files;
use crate::folder::Folder;

/// The folder of an attempt's code; what else lies beside it is no code.
const CODE: &str = "src";

/// One attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAttempt {
    /// What it is called: a number that counts from one, or the name that the reference gave it.
    pub name: String,
    /// Its files, relative to the folder of the component's code, sorted by path.
    pub files: Vec<ProjectFile>,
}

/// Keeps an attempt. Those with its number and later ones are of an earlier round and go first.
pub(crate) fn save(
    folder: &Folder,
    id: &ComponentId,
    number: u32,
    files: &[ProjectFile],
) -> Result<(), WorkspaceError> {
    let all = files::attempts(id);
    for attempt in read(folder, id)? {
        if attempt.name.parse::<u32>().is_ok_and(|other| other >= number) {
            for file in attempt.files {
                let path = format!("{all}/{}/{CODE}/{}", attempt.name, file.path);
                folder.remove(&path)?;
                folder.remove_empty_above(&path, &all);
            }
        }
    }
    for file in files {
        folder.write(&format!("{all}/{number}/{CODE}/{}", file.path), &file.content)?;
    }
    Ok(())
}

/// Reads the attempts, the earliest first; those with a name of the reference's come before.
pub(crate) fn read(folder: &Folder, id: &ComponentId) -> Result<Vec<KeptAttempt>, WorkspaceError> {
    let all = files::attempts(id);
    let mut attempts: BTreeMap<(u32, String), Vec<ProjectFile>> = BTreeMap::new();
    for file in folder.files_below(&all)? {
        let inner = file.path.strip_prefix(&all).and_then(|rest| rest.strip_prefix('/'));
        let Some((name, rest)) = inner.and_then(|inner| inner.split_once('/')) else { continue };
        let Some(path) = rest.strip_prefix(CODE).and_then(|rest| rest.strip_prefix('/')) else { continue };
        let path = path.to_owned();
        let key = (name.parse().unwrap_or_default(), name.to_owned());
        attempts.entry(key).or_default().push(ProjectFile { path, content: file.content });
    }
    Ok(attempts.into_iter().map(|((_, name), files)| KeptAttempt { name, files }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened() -> (tempfile::TempDir, Folder) {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(place.path()).unwrap();
        (place, folder)
    }

    fn file(path: &str, content: &str) -> ProjectFile {
        ProjectFile { path: path.to_owned(), content: content.as_bytes().to_vec() }
    }

    fn names(folder: &Folder, id: &ComponentId) -> Vec<String> {
        read(folder, id).unwrap().into_iter().map(|attempt| attempt.name).collect()
    }

    #[test]
    fn attempts_are_read_in_their_order() {
        let (_place, folder) = opened();
        let id = ComponentId::new("bank").unwrap();
        assert_eq!(read(&folder, &id).unwrap(), []);
        for number in 1..=10 {
            save(&folder, &id, number, &[file("bank.x", &number.to_string()), file("more/b.x", "b")]).unwrap();
        }
        let read = read(&folder, &id).unwrap();
        assert_eq!(names(&folder, &id), ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
        assert_eq!(read[9].files, [file("bank.x", "10"), file("more/b.x", "b")]);
    }

    #[test]
    fn what_is_left_of_an_earlier_round_goes_and_what_the_reference_wrote_stays() {
        let (_place, folder) = opened();
        let id = ComponentId::new("bank").unwrap();
        folder.write(".pact/implementations/bank/attempts/a1b2c3d4/src/bank.x", b"reference").unwrap();
        folder.write(".pact/implementations/bank/attempts/a1b2c3d4/metadata.json", b"{}").unwrap();
        for number in 1..=3 {
            save(&folder, &id, number, &[file("bank.x", "old"), file("gone.x", "old")]).unwrap();
        }
        save(&folder, &id, 2, &[file("bank.x", "new")]).unwrap();
        assert_eq!(names(&folder, &id), ["a1b2c3d4", "1", "2"]);
        let read = read(&folder, &id).unwrap();
        assert_eq!(read[0].files, [file("bank.x", "reference")]);
        assert_eq!(read[2].files, [file("bank.x", "new")]);
    }
}
