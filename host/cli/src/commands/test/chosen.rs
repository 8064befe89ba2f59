//! Test files, and single tests of them, that the user has named.
//!
//! The runner collects nothing else. The other files of the folder are there all the same: tests import from each other.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::anyhow;
use async_trait::async_trait;
use pact_model::canary::PlantedSource;
use pact_model::suite::{FileRole, SourceFile, TestListing};
use pact_pipeline::ports::{BackendInfo, LanguageBackend, PluginFault};
use pact_pipeline::test_files::TestFiles;

use super::report::plural;
use crate::exit::Failure;
use crate::files::{Gathered, roles};
use crate::toolbox::Language;
use crate::world::World;

/// A hint names so many files; the rest is counted.
const NAMED: usize = 5;

/// What was named. In the order of the paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chosen {
    /// By path, relative to the suite's root: the tests of it, as `FILE::TEST`; empty for all of them.
    files: BTreeMap<String, Vec<String>>,
}

impl Chosen {
    /// Reads `FILE` and `FILE::TEST`, as seen from the working folder.
    ///
    /// # Errors
    /// When a file lies outside of the working folder, or its name is not text.
    pub(super) fn parse(world: &World, places: &[PathBuf]) -> Result<Self, Failure> {
        let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut whole = Vec::new();
        for place in places {
            let text = place.to_str().ok_or_else(|| Failure::usage(anyhow!("`{}` is not UTF-8", place.display())))?;
            let (file, test) = text.split_once("::").map_or((text, None), |(file, test)| (file, Some(test)));
            let path = below(world, Path::new(file))?;
            match test {
                Some(test) => files.entry(path.clone()).or_default().push(format!("{path}::{test}")),
                None => whole.push(path),
            }
        }
        // Who names a file and a test of it wants the file.
        files.extend(whole.into_iter().map(|path| (path, Vec::new())));
        Ok(Self { files })
    }

    /// Returns the files that were named.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Returns those of the gathered files that were named.
    ///
    /// # Errors
    /// When one is not there, or does not count.
    pub(super) fn of(&self, folder: &Path, gathered: &[Gathered]) -> Result<Vec<Gathered>, Failure> {
        let find = |path: &str| {
            let found = gathered.iter().find(|file| file.path == path);
            found.cloned().ok_or_else(|| match folder.join(path).exists() {
                true => Failure::usage(anyhow!("`{path}` is no file of the suite"))
                    .hint("a .gitignore names it, or a link leads to it"),
                false => Failure::usage(anyhow!("there is no file `{path}`")).hint(near(path, gathered)),
            })
        };
        self.paths().map(find).collect()
    }

    /// Returns what the runner is told to collect: a file, or tests of it.
    pub(super) fn collected(&self) -> Vec<String> {
        let of_file = |(path, tests): (&String, &Vec<String>)| match tests.is_empty() {
            true => vec![path.clone()],
            false => tests.clone(),
        };
        self.files.iter().flat_map(of_file).collect()
    }

    /// Gives each file its role. Other files with tests are none of this suite: nobody expects their tests to run.
    ///
    /// # Errors
    /// When a backend fails.
    pub(super) async fn assign(
        &self,
        gathered: Vec<Gathered>,
        tests: &TestFiles,
        language: &Language,
    ) -> Result<Vec<SourceFile>, Failure> {
        let mut files = roles::assign(tests, gathered);
        for file in &mut files {
            if self.files.contains_key(&file.path) {
                file.role = FileRole::Test;
            } else if file.role == FileRole::Test && holds_tests(language, file).await? {
                file.role = FileRole::Support;
            }
        }
        Ok(files)
    }

    /// Returns the backend that expects only the tests that were named.
    pub(super) fn narrow(&self, backend: Arc<dyn LanguageBackend>) -> Arc<dyn LanguageBackend> {
        Arc::new(Narrowed { inner: backend, files: self.files.clone() })
    }
}

/// Returns a file's path below the working folder. Only its folder is followed through links: the file itself has to be one.
fn below(world: &World, file: &Path) -> Result<String, Failure> {
    let path = world.path(file);
    let absolute = match (path.parent().and_then(|parent| parent.canonicalize().ok()), path.file_name()) {
        (Some(parent), Some(name)) => parent.join(name),
        _ => path,
    };
    let root = world.folder.canonicalize().unwrap_or_else(|_| world.folder.clone());
    let relative = absolute.strip_prefix(&root).or_else(|_| absolute.strip_prefix(&world.folder)).map_err(|_| {
        Failure::usage(anyhow!("`{}` lies outside of `{}`", file.display(), world.folder.display()))
            .hint("-C names the folder that the suite is")
    })?;
    let text = relative.to_str().ok_or_else(|| Failure::usage(anyhow!("`{}` is not UTF-8", file.display())))?;
    Ok(text.to_owned())
}

fn near(path: &str, gathered: &[Gathered]) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = Path::new(name).extension();
    let alike = |file: &&Gathered| Path::new(&file.path).extension() == ending;
    let (same_name, others): (Vec<&Gathered>, Vec<&Gathered>) =
        gathered.iter().filter(alike).partition(|file| file.path.rsplit('/').next() == Some(name));
    let known: Vec<String> = same_name.iter().chain(&others).map(|file| format!("`{}`", file.path)).collect();
    if known.is_empty() {
        return "no file of the suite has that ending".to_owned();
    }
    let more = known.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {}", plural(more, "other file")) } else { String::new() };
    format!("there is: {}{more}", known.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", "))
}

/// Whether the runner would find tests in it. Of a file that cannot be read, a name that the runner spells out tells.
async fn holds_tests(language: &Language, file: &SourceFile) -> Result<bool, Failure> {
    let Some(backend) = &language.backend else { return Ok(true) };
    let listing = backend.list_tests(&file.path, &file.bytes).await.map_err(Failure::plugin)?;
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    Ok(match listing {
        Some(listing) => !listing.functions.is_empty(),
        None => !language.runner.info().test_patterns.iter().any(|pattern| pattern == name),
    })
}

/// Whether the name of a test means this function: it is its own, with parameters or without, or that of its class.
fn means(id: &str, function: &str) -> bool {
    let inner = |text: &str, beginning: &str, next: &str| {
        text.strip_prefix(beginning).is_some_and(|rest| rest.is_empty() || rest.starts_with(next))
    };
    inner(id, function, "[") || inner(function, id, "::")
}

/// Lists only some tests of a suite, so that nobody expects the others.
struct Narrowed {
    inner: Arc<dyn LanguageBackend>,
    files: BTreeMap<String, Vec<String>>,
}

#[async_trait]
impl LanguageBackend for Narrowed {
    fn info(&self) -> &BackendInfo {
        self.inner.info()
    }

    async fn list_tests(&self, path: &str, source: &[u8]) -> Result<Option<TestListing>, PluginFault> {
        let mut listing = self.inner.list_tests(path, source).await?;
        if let (Some(listing), Some(ids)) = (&mut listing, self.files.get(path))
            && !ids.is_empty()
        {
            listing.functions.retain(|test| ids.iter().any(|id| means(id, &test.function)));
        }
        Ok(listing)
    }

    async fn plant_canaries(
        &self,
        path: &str,
        source: &[u8],
        key: &[u8],
        count: u32,
    ) -> Result<Option<PlantedSource>, PluginFault> {
        // Where single tests are collected, none is changed.
        let picks = self.files.get(path).is_some_and(|ids| !ids.is_empty());
        if picks { Ok(None) } else { self.inner.plant_canaries(path, source, key, count).await }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world(folder: &Path) -> World {
        World { folder: folder.to_owned(), ..World::look().unwrap() }
    }

    fn parse(folder: &Path, places: &[&str]) -> Result<Chosen, Failure> {
        Chosen::parse(&world(folder), &places.iter().map(PathBuf::from).collect::<Vec<_>>())
    }

    #[test]
    fn a_file_outside_of_the_working_folder_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        for place in ["../test_a.x", "/elsewhere/test_a.x"] {
            let failure = parse(folder.path(), &[place]).unwrap_err();
            assert_eq!(failure.code(), 2);
            assert!(failure.words().contains("lies outside of"), "{}", failure.words());
        }
    }

    #[test]
    fn the_runner_is_told_files_and_tests_and_a_file_stands_for_its_tests() {
        let folder = tempfile::tempdir().unwrap();
        let chosen = parse(folder.path(), &["b.x::C::d", "c.x::e", "a.x", "c.x"]).unwrap();
        assert_eq!(chosen.collected(), ["a.x", "b.x::C::d", "c.x"]);
    }

    #[test]
    fn a_file_that_is_not_there_gets_those_with_its_name_first() {
        let folder = tempfile::tempdir().unwrap();
        let gathered: Vec<Gathered> = ["a/test_b.x", "c/test_d.x", "notes.txt"]
            .map(|path| Gathered { path: path.to_owned(), bytes: vec![] })
            .into_iter()
            .collect();
        let failure = parse(folder.path(), &["test_d.x"]).unwrap().of(folder.path(), &gathered).unwrap_err();
        insta::assert_snapshot!(failure.words(), @r"
        error: there is no file `test_d.x`
          hint: there is: `c/test_d.x`, `a/test_b.x`
        ");
    }

    #[test]
    fn a_test_is_meant_by_its_name_with_or_without_parameters_and_by_that_of_its_class() {
        for id in ["a.x::C", "a.x::C::one", "a.x::C::one[1]"] {
            assert!(means(id, "a.x::C::one"), "{id}");
        }
        for id in ["a.x::Cat", "a.x::C::on", "a.x::C::ones", "a.x::C::one::two", "a.x::D"] {
            assert!(!means(id, "a.x::C::one"), "{id}");
        }
    }
}
