//! The folder of the demo: written, continued or started over, and never anybody else's.

use std::io;
use std::path::Path;

use anyhow::anyhow;
use cap_std::ambient_authority;
use cap_std::fs::Dir;
use pact_pipeline::ports::{Ownership, Workspace};
use pact_store::Project;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::exit::Failure;
use crate::project::{bad_workspace, not_opened};
use crate::ui::Ui;

include!(concat!(env!("OUT_DIR"), "/demo.rs"));

/// What makes a folder a demo of ours.
const MARKER: &str = ".pact/demo.json";
/// What lies in `.pact` can be made again.
const IGNORED: (&str, &[u8]) = (".pact/.gitignore", b"*\n");
/// In `.pact`, what starting over keeps: without the marker a demo that was interrupted now would be a foreign folder.
const KEPT: [&str; 2] = ["demo.json", "lock"];

/// The example, written in one language.
struct Example {
    /// The id of the language.
    language: &'static str,
    /// Paths and contents, sorted.
    files: &'static [(&'static str, &'static [u8])],
}

/// The content of [`MARKER`].
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Marker {
    schema: String,
    /// Of the example that was written.
    digest: String,
    /// Its files.
    files: Vec<String>,
    /// What it is written in; a version of pact that knew only one language did not say so.
    #[serde(default = "default_owned")]
    language: String,
}

/// Whether an earlier demo is continued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// It goes on where it stopped.
    Continue,
    /// It begins again.
    Over,
}

/// Writes the example into a folder that is new, empty or an earlier demo. Without a language it is that of the earlier
/// demo, else the default.
///
/// # Errors
/// When the folder is a foreign one or cannot be written, or an earlier demo in another language is there to be continued.
pub(super) fn prepare(
    folder: &Path,
    shown: &Path,
    language: Option<&str>,
    start: Start,
    ui: &Ui,
) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure::usage(error).context(format!("prepare the folder `{}`", shown.display()));
    Dir::create_ambient_dir_all(folder, ambient_authority()).map_err(failed)?;
    let dir = Dir::open_ambient_dir(folder, ambient_authority()).map_err(failed)?;
    let marker = read_marker(&dir).map_err(failed)?;
    if marker.is_none() && dir.entries().map_err(failed)?.next().is_some() {
        return Err(Failure::usage(anyhow!("`{}` is not empty, and no earlier demo", shown.display()))
            .hint("name another folder: pact demo DIR"));
    }
    let earlier = marker.as_ref().map(|marker| marker.language.as_str());
    let language = language.or(earlier).unwrap_or(DEFAULT);
    if let (Some(earlier), Start::Continue) = (earlier.filter(|earlier| *earlier != language), start) {
        let shown = shown.display();
        return Err(Failure::usage(anyhow!("the demo in `{shown}` is written in {}", earlier.escape_debug())).hint(
            format!("name another folder, or begin this one anew: pact demo {shown} --lang {language} --fresh"),
        ));
    }
    let example = EXAMPLES.iter().find(|example| example.language == language).ok_or_else(|| {
        Failure::usage(anyhow!("this pact has no demo in {}", language.escape_debug()))
            .hint(format!("name one with --lang: {}", languages().collect::<Vec<_>>().join(", ")))
    })?;
    if let (Some(marker), Start::Over) = (&marker, start) {
        let project = Project::open_to_work(folder).map_err(not_opened)?;
        remove_what_was_written(&dir, &project, marker)?;
    }
    let current = Marker::of(example);
    if marker.is_some_and(|marker| marker.digest != current.digest) && start == Start::Continue {
        ui.say(
            "note: this demo was written by another version of pact and goes on as it is; --fresh writes this one's",
        );
        return Ok(());
    }
    let project = Project::open_to_work(folder).map_err(not_opened)?;
    let marker = serde_json::to_vec_pretty(&current).map_err(Failure::bug)?;
    dir.write(MARKER, marker).map_err(failed)?;
    for (path, content) in example.files.iter().copied().chain([IGNORED]) {
        project.write_new(path, content).map_err(bad_workspace)?;
    }
    Ok(())
}

/// Returns the languages in which the example is written, sorted.
pub(super) fn languages() -> impl Iterator<Item = &'static str> {
    EXAMPLES.iter().map(|example| example.language)
}

/// Returns the language of the example when nobody names one.
pub(in crate::commands) fn default_language() -> &'static str {
    DEFAULT
}

fn default_owned() -> String {
    DEFAULT.to_owned()
}

impl Marker {
    fn of(example: &Example) -> Self {
        let mut digest = Sha256::new();
        for (path, content) in example.files {
            for part in [path.as_bytes(), content] {
                digest.update((part.len() as u64).to_le_bytes());
                digest.update(part);
            }
        }
        let digest = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        let files = example.files.iter().map(|(path, _)| (*path).to_owned()).collect();
        Self { schema: "pact/demo@1".to_owned(), digest, files, language: example.language.to_owned() }
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
    use pact_store::{LanguageSetting, Settings};

    use super::*;
    use crate::world::World;

    fn ui() -> Ui {
        Ui::new(&World::look().unwrap())
    }

    fn prepared(start: Start, folder: &Path) -> Result<(), Failure> {
        prepare(folder, Path::new("demo"), None, start, &ui())
    }

    fn prepared_in(language: &str, start: Start, folder: &Path) -> Result<(), Failure> {
        prepare(folder, Path::new("demo"), Some(language), start, &ui())
    }

    fn default_example() -> &'static Example {
        EXAMPLES.iter().find(|example| example.language == DEFAULT).unwrap()
    }

    fn another_language() -> &'static str {
        languages().find(|language| *language != DEFAULT).unwrap()
    }

    #[test]
    fn a_new_folder_gets_the_whole_example() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("a/b");
        prepared(Start::Continue, &folder).unwrap();
        let files = default_example().files;
        assert!(files.iter().any(|(path, _)| *path == "transcript/decompose/1.md"));
        for (path, content) in files {
            assert_eq!(std::fs::read(folder.join(path)).unwrap(), *content, "{path}");
        }
    }

    #[test]
    fn each_example_is_the_same_story_in_the_language_that_its_settings_name() {
        let of = |example: &Example| -> Vec<&str> { example.files.iter().map(|(path, _)| *path).collect() };
        for example in EXAMPLES {
            let (_, settings) = example.files.iter().find(|(path, _)| *path == "pact.yaml").unwrap();
            let (settings, _) = Settings::parse("pact.yaml", str::from_utf8(settings).unwrap()).unwrap();
            assert_eq!(settings.language.default, Some(LanguageSetting::Named(example.language.to_owned())));
            // The same questions are answered, in as many attempts.
            assert_eq!(of(example), of(default_example()), "{}", example.language);
        }
    }

    #[test]
    fn an_earlier_demo_keeps_its_language_unless_it_starts_over_in_another() {
        let place = tempfile::tempdir().unwrap();
        let settings = || std::fs::read_to_string(place.path().join("pact.yaml")).unwrap();
        let is_in = |language: &str| settings().contains(&format!("\nlanguage: {language}\n"));
        let other = another_language();
        prepared_in(other, Start::Continue, place.path()).unwrap();
        for start in [Start::Continue, Start::Over] {
            prepared(start, place.path()).unwrap();
            assert!(is_in(other), "{}", settings());
        }
        let failure = prepared_in(DEFAULT, Start::Continue, place.path()).unwrap_err();
        assert_eq!(failure.code(), 2);
        assert!(failure.words().contains(&format!("the demo in `demo` is written in {other}")), "{}", failure.words());
        assert!(is_in(other), "{}", settings());
        prepared_in(DEFAULT, Start::Over, place.path()).unwrap();
        assert!(is_in(DEFAULT), "{}", settings());
    }

    #[test]
    fn a_demo_of_a_version_that_knew_one_language_is_continued_in_it() {
        let place = tempfile::tempdir().unwrap();
        prepared(Start::Continue, place.path()).unwrap();
        let marker = place.path().join(MARKER);
        let mut old: serde_json::Value = serde_json::from_slice(&std::fs::read(&marker).unwrap()).unwrap();
        old.as_object_mut().unwrap().remove("language").unwrap();
        std::fs::write(&marker, old.to_string()).unwrap();
        prepared_in(DEFAULT, Start::Continue, place.path()).unwrap();
        prepared_in(another_language(), Start::Continue, place.path()).unwrap_err();
    }

    #[test]
    fn a_demo_in_a_language_that_this_pact_does_not_have_is_left_alone() {
        let place = tempfile::tempdir().unwrap();
        prepared(Start::Continue, place.path()).unwrap();
        let marker = place.path().join(MARKER);
        let text = std::fs::read_to_string(&marker).unwrap().replace(&format!("{DEFAULT:?}"), "\"a\\u001b[2Jb\"");
        std::fs::write(&marker, text).unwrap();
        for start in [Start::Continue, Start::Over] {
            let words = prepared(start, place.path()).unwrap_err().words();
            assert!(words.contains("this pact has no demo in a\\u{1b}[2Jb"), "{words}");
            assert!(words.contains(another_language()), "{words}");
        }
        assert!(place.path().join("task.md").is_file());
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
        let task = default_example().files.iter().find(|(path, _)| *path == "task.md").unwrap().1;
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
