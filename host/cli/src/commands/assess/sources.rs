//! The sources of a folder and the facts about them. In a project with components the backend of each says which files are
//! sources; in any other folder their endings do.

use std::path::Path;

use anyhow::anyhow;
use pact_model::component_id::ComponentId;
use pact_model::facts::{Facts, Place, SyntaxError};
use pact_pipeline::ports::{ContractBackend as _, FactsBackend as _, LanguageBackend as _, SourceText};
use pact_runtime::WasmLanguageBackend;
use pact_store::Settings;

use super::Assess;
use crate::commands::Context;
use crate::exit::Failure;
use crate::files::{Bounds, Gathered, gather};
use crate::project::{Opened, Plan};
use crate::toolbox::Toolbox;
use pact_pipeline::test_files::TestFiles;

/// Which files are what.
#[derive(Debug, Default, PartialEq, Eq)]
struct Layout {
    /// Folders of sources; every folder when there is none.
    sources: Vec<String>,
    /// Folders of tests, besides the files that the runner knows by their names.
    tests: Vec<String>,
    import_paths: Vec<String>,
}

/// Finds the facts about all sources and tests of the folder, those of each language by themselves.
pub(super) async fn facts(
    arguments: &Assess,
    context: &Context,
    toolbox: &Toolbox,
    settings: &Settings,
    opened: Option<&Opened>,
    folder: &Path,
) -> Result<Vec<Facts>, Failure> {
    let gathered = gather(folder, Bounds::SUITE).map_err(Failure::usage)?;
    if !gathered.left_out.is_empty() {
        let count = gathered.left_out.len();
        context.ui.say(&format!(
            "note: left out, because links are not followed: {count}, among them `{}`",
            gathered.left_out[0]
        ));
    }
    let plan = opened.map(|opened| Plan::read(&opened.project)).transpose()?.flatten();
    let (mut facts, mut known) = (Vec::new(), Vec::new());
    for (language, backend) in toolbox.facts_backends(settings, folder).await? {
        known.push(format!("`*.{}`", backend.extension()));
        let files: Vec<Gathered> =
            gathered.files.iter().filter(|file| has_extension(&file.path, backend.extension())).cloned().collect();
        // Before a backend is asked: a component may have a name that a language without files here cannot say.
        if files.is_empty() {
            continue;
        }
        let layout = match &plan {
            Some(plan) => {
                layout_of(plan, &backend, |id| language.is_none() || settings.language.of(id) == language).await?
            }
            None => Some(Layout::default()),
        };
        let Some(mut layout) = layout else { continue };
        layout.import_paths.extend(arguments.import_paths.iter().map(|path| path.trim_end_matches('/').to_owned()));
        let patterns = toolbox.test_patterns(&backend, language, folder).await?;
        let tests = TestFiles::new(&patterns).map_err(|error| {
            Failure::plugin(error).context(format!("read the test patterns of `{}`", backend.info().runner))
        })?;
        let sorted = sort(files.into_iter(), &layout, |path| tests.holds(path));
        let mut found =
            backend.extract_facts(sorted.sources, sorted.tests, &layout.import_paths).await.map_err(Failure::plugin)?;
        found.unparsed.extend(sorted.no_text);
        facts.push(found);
    }
    if facts.iter().all(|facts| *facts == Facts::default()) {
        let known = known.join(", ");
        return Err(Failure::usage(anyhow!("there are no sources")).hint(format!("looked for {known}")));
    }
    Ok(facts)
}

/// Asks the backend where the files of its components lie. None when it has no component.
async fn layout_of(
    plan: &Plan,
    backend: &WasmLanguageBackend,
    is_its: impl Fn(&ComponentId) -> bool,
) -> Result<Option<Layout>, Failure> {
    let mut layout = Layout::default();
    let mut is_needed = false;
    for id in plan.ids().filter(|id| is_its(id)) {
        is_needed = true;
        let names = backend.name_files(id).await.map_err(|error| match error {
            pact_pipeline::ports::BackendError::Plugin(fault) => Failure::plugin(fault),
            invalid => Failure::usage(invalid),
        })?;
        layout.sources.push(names.source_folder().to_owned());
        layout.tests.push(names.test_folder().to_owned());
        layout.import_paths.extend(names.import_paths);
    }
    Ok(is_needed.then_some(layout))
}

/// Files by what they are to an assessor.
#[derive(Debug, Default)]
struct Sorted {
    sources: Vec<SourceText>,
    tests: Vec<SourceText>,
    /// Those that no parser can read.
    no_text: Vec<SyntaxError>,
}

fn sort(files: impl Iterator<Item = Gathered>, layout: &Layout, is_test: impl Fn(&str) -> bool) -> Sorted {
    let lies_in = |path: &str, folders: &[String]| folders.iter().any(|folder| is_below(path, folder));
    let mut sorted = Sorted::default();
    for Gathered { path, bytes } in files {
        let is_test = is_test(&path) || lies_in(&path, &layout.tests);
        let is_source = layout.sources.is_empty() || lies_in(&path, &layout.sources);
        if !is_test && !is_source {
            continue;
        }
        match String::from_utf8(bytes) {
            Ok(text) if is_test => sorted.tests.push(SourceText { path, text }),
            Ok(text) => sorted.sources.push(SourceText { path, text }),
            Err(_) => {
                let place = Place { path, line: 1, column: 1 };
                sorted.no_text.push(SyntaxError { place, message: "it is not UTF-8".to_owned() });
            }
        }
    }
    sorted
}

fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

fn has_extension(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|found| found == extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(layout: &Layout) -> (Vec<String>, Vec<String>, Vec<String>) {
        let file = |path: &str| Gathered { path: path.to_owned(), bytes: b"x".to_vec() };
        let broken = Gathered { path: "src/bank/broken.x".to_owned(), bytes: vec![0xff] };
        let files = ["contracts/bank/types.x", "src/bank/bank.x", "src/banking.x", "tests/bank/helper.x", "check_it.x"]
            .map(file);
        let sorted = sort(files.into_iter().chain([broken]), layout, |path| path.starts_with("check_"));
        let paths = |files: Vec<SourceText>| files.into_iter().map(|file| file.path).collect();
        let broken = sorted.no_text.into_iter().map(|error| error.place.path).collect();
        (paths(sorted.sources), paths(sorted.tests), broken)
    }

    #[test]
    fn in_a_plain_folder_whatever_is_no_test_is_a_source() {
        let (sources, tests, broken) = sorted(&Layout::default());
        assert_eq!(sources, ["contracts/bank/types.x", "src/bank/bank.x", "src/banking.x", "tests/bank/helper.x"]);
        assert_eq!(tests, ["check_it.x"]);
        assert_eq!(broken, ["src/bank/broken.x"]);
    }

    #[test]
    fn in_a_project_only_what_components_are_made_of_counts() {
        let layout =
            Layout { sources: vec!["src/bank".to_owned()], tests: vec!["tests/bank".to_owned()], import_paths: vec![] };
        let (sources, tests, _) = sorted(&layout);
        assert_eq!(sources, ["src/bank/bank.x"]);
        assert_eq!(tests, ["tests/bank/helper.x", "check_it.x"]);
    }
}
