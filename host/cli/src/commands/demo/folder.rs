//! The folder of the demo: written, continued or started over, and never anybody else's.

use std::io;
use std::path::Path;

use anyhow::anyhow;
use cap_std::ambient_authority;
use cap_std::fs::Dir;
use pact_pipeline::ports::{Ownership, Workspace};
use pact_store::{LanguageSetting, Project, Settings};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::exit::Failure;
use crate::project::{bad_workspace, not_opened};
use crate::ui::Ui;

include!(concat!(env!("OUT_DIR"), "/demo.rs"));

/// What makes a folder a demo of ours.
const MARKER: &str = ".pact/demo.json";
/// Where the example says what it is written in.
const SETTINGS: &str = "pact.yaml";
/// What lies in `.pact` can be made again.
const IGNORED: (&str, &[u8]) = (".pact/.gitignore", b"*\n");
/// In `.pact`, what starting over keeps: without the marker a demo that was interrupted now would be a foreign folder.
const KEPT: [&str; 2] = ["demo.json", "lock"];

/// The content of [`MARKER`].
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Marker {
    schema: String,
    /// Of the example that was written.
    digest: String,
    /// Its files.
    files: Vec<String>,
}

/// Whether an earlier demo is continued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// It goes on where it stopped.
    Continue,
    /// It begins again.
    Over,
}

/// Writes the example into a folder that is new, empty or an earlier demo.
pub(super) fn prepare(folder: &Path, shown: &Path, start: Start, ui: &Ui) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure::usage(error).context(format!("prepare the folder `{}`", shown.display()));
    Dir::create_ambient_dir_all(folder, ambient_authority()).map_err(failed)?;
    let dir = Dir::open_ambient_dir(folder, ambient_authority()).map_err(failed)?;
    let marker = read_marker(&dir).map_err(failed)?;
    if marker.is_none() && dir.entries().map_err(failed)?.next().is_some() {
        return Err(Failure::usage(anyhow!("`{}` is not empty, and no earlier demo", shown.display()))
            .hint("name another folder: pact demo DIR"));
    }
    if let (Some(marker), Start::Over) = (&marker, start) {
        let project = Project::open_to_work(folder).map_err(not_opened)?;
        remove_what_was_written(&dir, &project, marker)?;
    }
    let current = Marker::current();
    if marker.is_some_and(|marker| marker.digest != current.digest) && start == Start::Continue {
        ui.say(
            "note: this demo was written by another version of pact and goes on as it is; --fresh writes this one's",
        );
        return Ok(());
    }
    let project = Project::open_to_work(folder).map_err(not_opened)?;
    let marker = serde_json::to_vec_pretty(&current).map_err(Failure::bug)?;
    dir.write(MARKER, marker).map_err(failed)?;
    for (path, content) in DEMO.iter().copied().chain([IGNORED]) {
        project.write_new(path, content).map_err(bad_workspace)?;
    }
    Ok(())
}

/// Returns the language in which the example is written.
pub(in crate::commands) fn language() -> Option<String> {
    let (_, content) = DEMO.iter().find(|(path, _)| *path == SETTINGS)?;
    let (settings, _) = Settings::parse(SETTINGS, str::from_utf8(content).ok()?).ok()?;
    match settings.language.default? {
        LanguageSetting::Named(name) => Some(name),
        LanguageSetting::Pair { .. } => None,
    }
}

impl Marker {
    fn current() -> Self {
        let mut digest = Sha256::new();
        for (path, content) in DEMO {
            for part in [path.as_bytes(), content] {
                digest.update((part.len() as u64).to_le_bytes());
                digest.update(part);
            }
        }
        let digest = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        let files = DEMO.iter().map(|(path, _)| (*path).to_owned()).collect();
        Self { schema: "pact/demo@1".to_owned(), digest, files }
    }
}

// A marker that cannot be read is none: then the folder counts as a foreign one and is left alone.
fn read_marker(dir: &Dir) -> io::Result<Option<Marker>> {
    match dir.read(MARKER) {
        Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Removes the example and what a run made of it. A file that neither has written stays.
fn remove_what_was_written(dir: &Dir, project: &Project, marker: &Marker) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure::usage(error).context("start the demo over");
    let mut written = marker.files.clone();
    for entry in dir.entries().map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
        if name.starts_with('.') || !entry.file_type().map_err(failed)?.is_dir() {
            continue;
        }
        for file in project.files_below(&name).map_err(bad_workspace)? {
            // Somebody may have changed it, which is what the demo asks for.
            if project.ownership(&file.path).map_err(bad_workspace)? != Ownership::Foreign {
                written.push(file.path);
            }
        }
    }
    for path in &written {
        remove(dir, path).map_err(failed)?;
    }
    let inner = dir.open_dir(".pact").map_err(failed)?;
    for entry in inner.entries().map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name();
        if KEPT.iter().any(|kept| name == *kept) {
            continue;
        }
        let is_folder = entry.file_type().map_err(failed)?.is_dir();
        if is_folder { inner.remove_dir_all(&name) } else { inner.remove_file(&name) }.map_err(failed)?;
    }
    Ok(())
}

/// Removes a file and the folders that it leaves empty.
fn remove(dir: &Dir, path: &str) -> io::Result<()> {
    match dir.remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut folder = path;
    while let Some((above, _)) = folder.rsplit_once('/') {
        // Not empty, or gone already.
        if dir.remove_dir(above).is_err() {
            break;
        }
        folder = above;
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests lay out folders")]
mod tests {
    use super::*;
    use crate::world::World;

    fn ui() -> Ui {
        Ui::new(&World::look().unwrap())
    }

    fn prepared(start: Start, folder: &Path) -> Result<(), Failure> {
        prepare(folder, Path::new("demo"), start, &ui())
    }

    #[test]
    fn a_new_folder_gets_the_whole_example() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("a/b");
        prepared(Start::Continue, &folder).unwrap();
        assert!(DEMO.iter().any(|(path, _)| *path == "transcript/decompose/1.md"));
        for (path, content) in DEMO {
            assert_eq!(std::fs::read(folder.join(path)).unwrap(), *content, "{path}");
        }
    }

    #[test]
    fn the_example_says_in_which_language_it_is_written() {
        assert!(language().is_some_and(|language| !language.is_empty()));
    }

    #[test]
    fn a_foreign_folder_is_refused_and_left_alone() {
        let place = tempfile::tempdir().unwrap();
        std::fs::write(place.path().join("mine.txt"), "mine").unwrap();
        for start in [Start::Continue, Start::Over] {
            let failure = prepared(start, place.path()).unwrap_err();
            assert_eq!(failure.code(), 2);
            assert!(failure.words().contains("`demo` is not empty, and no earlier demo"), "{}", failure.words());
        }
        assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 1);
    }

    #[test]
    fn an_earlier_demo_is_continued_with_what_was_changed() {
        let place = tempfile::tempdir().unwrap();
        prepared(Start::Continue, place.path()).unwrap();
        std::fs::write(place.path().join("task.md"), "changed").unwrap();
        std::fs::remove_file(place.path().join("sops.md")).unwrap();
        prepared(Start::Continue, place.path()).unwrap();
        assert_eq!(std::fs::read_to_string(place.path().join("task.md")).unwrap(), "changed");
        assert!(place.path().join("sops.md").is_file());
    }

    #[test]
    fn starting_over_removes_what_the_demo_wrote_and_nothing_else() {
        let place = tempfile::tempdir().unwrap();
        let at = |path: &str| place.path().join(path);
        prepared(Start::Continue, place.path()).unwrap();
        let project = Project::open_to_work(place.path()).unwrap();
        project.write("src/money/money.x", b"made").unwrap();
        project.write("src/other/other.x", b"made").unwrap();
        drop(project);
        std::fs::write(at("src/money/money.x"), "broken by hand").unwrap();
        std::fs::write(at("src/money/mine.x"), "mine").unwrap();
        std::fs::write(at("task.md"), "changed").unwrap();
        std::fs::write(at(".pact/state.json"), "{}").unwrap();
        prepared(Start::Over, place.path()).unwrap();
        assert!(!at("src/money/money.x").exists() && !at("src/other").exists() && !at(".pact/state.json").exists());
        assert_eq!(std::fs::read_to_string(at("src/money/mine.x")).unwrap(), "mine");
        let task = DEMO.iter().find(|(path, _)| *path == "task.md").unwrap().1;
        assert_eq!(std::fs::read(at("task.md")).unwrap(), task);
        // What is written again must be known as pact's again.
        let project = Project::open_to_work(place.path()).unwrap();
        assert_eq!(project.ownership("src/money/mine.x").unwrap(), Ownership::Foreign);
    }

    #[test]
    fn a_demo_that_somebody_works_on_is_not_started_over() {
        let place = tempfile::tempdir().unwrap();
        prepared(Start::Continue, place.path()).unwrap();
        let _project = Project::open_to_work(place.path()).unwrap();
        let words = prepared(Start::Over, place.path()).unwrap_err().words();
        assert!(words.contains(&format!("process {} is working on this project", std::process::id())), "{words}");
    }
}
