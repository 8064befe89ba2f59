//! A component's suite, put together from a project: its code, its tests, its types, and stand-ins for what it calls.
//!
//! The same suite whoever asks: a run that implements, and a person who tests by hand.

use std::collections::BTreeMap;
use std::sync::Arc;

use pact_model::component_id::ComponentId;
use pact_model::contract::ComponentContract;
use pact_model::rendered_suite::RenderedSuite;
use pact_model::suite::{FileRole, SourceFile};

use crate::digest;
use crate::error::Error;
use crate::judge::{CanaryKey, LeftOut, Policy, Suite};
use crate::performance::Bench;
use crate::ports::{Artefact, ContractBackend, EventDelivery, FileNames, ProjectFile, RunnerInfo, Workspace};
use crate::record::{PluginDigests, examined_inputs};
use crate::test_files::TestFiles;

mod inputs;
mod intruders;
mod split;

pub use inputs::digest_of_inputs;
pub use intruders::Intruder;
pub(crate) use intruders::{TakenNames, intrusion};
pub(crate) use split::said as obstacle_said;

/// The seed of all suites. One value, so that equal inputs give equal verdicts.
pub const SEED: u64 = 0;

/// A component's suite and the digests that its verdict depends on.
#[derive(Debug, Clone)]
pub struct ComponentSuite {
    /// What is judged.
    pub suite: Suite,
    /// SHA-256 over paths and contents of the implementation.
    pub implementation_digest: String,
    source_folder: String,
    taken: TakenNames,
}

impl ComponentSuite {
    /// Returns the files beside the implementation that would decide about the judgement. A suite with any must not count
    /// as passed: the runner would read them as its own, or they would stand in for what the contracts say.
    ///
    /// # Errors
    /// [`Error`] when the runner's patterns are none.
    pub fn intruders(&self, runner: &RunnerInfo) -> Result<Vec<Intruder>, Error> {
        let tests = TestFiles::of_runner(runner)?;
        let found = self.implementation().filter_map(|file| {
            let inner = file.path.strip_prefix(self.source_folder.as_str())?.strip_prefix('/')?;
            let reason = intrusion(&file.path, inner, &self.taken, &tests)?;
            Some(Intruder { path: file.path.clone(), reason })
        });
        Ok(found.collect())
    }

    /// Returns the files of the implementation, wherever they run.
    pub fn implementation(&self) -> impl Iterator<Item = &SourceFile> {
        let tested = self.suite.split.as_ref().map_or(&self.suite.files, |split| &split.files);
        tested.iter().filter(|file| file.role == FileRole::Implementation)
    }

    /// Returns the digest of everything that the verdict depends on.
    #[must_use]
    pub fn verdict_key(&self, policy: &Policy, plugins: &PluginDigests) -> String {
        let of_files = |files: &[SourceFile]| {
            digest::of_parts(files.iter().map(|file| (file.path.as_str(), file.bytes.as_slice())))
        };
        let files = of_files(&self.suite.files);
        let limits = (policy.suite_fuel, policy.test_fuel, policy.max_sessions, policy.left_out == LeftOut::Never);
        let canaries = (policy.canary_key.map(|key| key.digest()), policy.canaries, &policy.suites);
        let split = self.suite.split.as_ref().map(|split| {
            let names = (&split.component, &split.exports, &split.type_modules);
            (of_files(&split.files), &split.import_paths, names, split.renewal, &split.effects)
        });
        let expected = &self.suite.expected_ids;
        let suite = (files, &self.suite.import_paths, self.suite.seed, expected);
        digest::of_json(&(suite, limits, canaries, plugins, split))
    }
}

/// Returns the policy under which a project's suites are judged: its settings are ours, so nothing may be left out. `suites`
/// must pass beside what somebody wrote.
#[must_use]
pub fn policy(canary_key: Option<CanaryKey>, suites: &[RenderedSuite]) -> Policy {
    Policy { left_out: LeftOut::Never, canary_key, suites: suites.to_vec(), ..Policy::default() }
}

/// Puts the suite of `contract` together. `others` holds the contracts of everything that it calls, directly or not.
/// Whoever judges it asks for its [`ComponentSuite::intruders`] too.
///
/// The suite is split where the runner can (`can_split`) and neither contract nor tests stand against it; else it says why not.
///
/// # Errors
/// [`Error`] when a file cannot be read or the backend fails.
pub async fn assemble(
    contract: &ComponentContract,
    others: &BTreeMap<ComponentId, ComponentContract>,
    workspace: &dyn Workspace,
    backend: &dyn ContractBackend,
    can_split: bool,
) -> Result<ComponentSuite, Error> {
    assemble_with(contract, others, workspace, backend, can_split, Substitutes::default()).await
}

/// Puts a suite together that follows from the contract alone; none where the contract has nothing for it.
///
/// # Errors
/// As [`assemble`].
pub(crate) async fn assemble_rendered(bench: Bench<'_>, rendered: RenderedSuite) -> Result<Option<Suite>, Error> {
    let Bench { contract, others, workspace, backend, runner } = bench;
    let Some(text) = backend.render_suite(contract, rendered).await? else { return Ok(None) };
    let substitutes = Substitutes { rendered: Some((rendered, &text)), ..Substitutes::default() };
    let can_split = runner.info().can_split;
    let assembled = assemble_with(contract, others, workspace, backend, can_split, substitutes).await?;
    Ok(Some(assembled.suite))
}

/// Returns the digest of an implementation: paths and contents of all files in its folder.
#[must_use]
pub fn digest_of_implementation(files: &[ProjectFile]) -> String {
    digest::of_parts(files.iter().map(|file| (file.path.as_str(), file.content.as_slice())))
}

/// What takes the place of files of the project.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Substitutes<'a> {
    /// The implementation, whole: nothing of the source folder goes in beside it.
    pub(crate) implementation: Option<&'a str>,
    /// The code of the visible suite.
    pub(crate) contract_test: Option<&'a str>,
    /// Whether the types accept every value.
    pub(crate) has_lenient_types: bool,
    /// A suite that follows from the contract, in the place of all tests: its kind and its text.
    pub(crate) rendered: Option<(RenderedSuite, &'a str)>,
}

/// As [`assemble`], with something else in the place of some files.
///
/// # Errors
/// As [`assemble`].
pub(crate) async fn assemble_with(
    contract: &ComponentContract,
    others: &BTreeMap<ComponentId, ComponentContract>,
    workspace: &dyn Workspace,
    backend: &dyn ContractBackend,
    can_split: bool,
    substitutes: Substitutes<'_>,
) -> Result<ComponentSuite, Error> {
    let names = backend.name_files(&contract.component_id).await?;
    let mut files: BTreeMap<String, SourceFile> = BTreeMap::new();
    let sources = match substitutes.implementation {
        Some(text) => vec![ProjectFile { path: names.implementation.clone(), content: text.as_bytes().to_vec() }],
        None => workspace.files_below(names.source_folder())?,
    };
    let implementation_digest = digest_of_implementation(&sources);
    put(&mut files, sources, FileRole::Implementation);
    let tests = match substitutes.rendered {
        Some(_) => Vec::new(),
        None => own_tests(&contract.component_id, &names, workspace)?,
    };
    put(&mut files, tests, FileRole::Support);
    if let Some(text) = substitutes.contract_test {
        render_into(&mut files, &names.contract_test, text.to_owned());
    }
    let mut test_path = names.contract_test.as_str();
    if let Some((suite, text)) = substitutes.rendered {
        test_path = names.rendered(suite);
        render_into(&mut files, test_path, text.to_owned());
    }
    let code = files.get(&names.contract_test).map(|file| file.bytes.clone()).unwrap_or_default();
    if let Some(test) = files.get_mut(test_path) {
        test.role = FileRole::Test;
    }
    let mut import_paths = names.import_paths.clone();
    let mut taken = TakenNames::new(&names);
    // Rendered here and not read from disk: what judges a component follows from the contracts alone.
    let types = async |contract| match substitutes.has_lenient_types {
        true => backend.render_lenient_types(contract).await,
        false => backend.render_types(contract).await,
    };
    render_into(&mut files, &names.types, types(contract).await?);
    render_into(&mut files, &names.events, backend.render_events(contract, EventDelivery::Here).await?);
    for other in others.values() {
        let other_names = backend.name_files(&other.component_id).await?;
        taken.add(&other.component_id, &other_names);
        render_into(&mut files, &other_names.types, types(other).await?);
        render_into(&mut files, &other_names.stand_in, backend.render_stand_in(other).await?);
        for path in other_names.stand_in_paths {
            if !import_paths.contains(&path) {
                import_paths.push(path);
            }
        }
    }
    let suite = Suite {
        files: Arc::new(files.into_values().collect()),
        packages: Arc::new(Vec::new()),
        import_paths,
        keyword: None,
        paths: Vec::new(),
        seed: SEED,
        shuffle: None,
        clock_start: None,
        split: None,
        shared_because: Vec::new(),
        expected_ids: match substitutes.rendered {
            Some(_) => None,
            None => expected_ids(contract, &code, workspace)?,
        },
    };
    let emits = substitutes.rendered.is_some_and(|(rendered, _)| rendered == RenderedSuite::Emission);
    let suite = match substitutes.rendered {
        Some((rendered, _)) if rendered != RenderedSuite::Emission => {
            let because = format!("the suite `{}` looks at the component itself", rendered.as_str());
            Suite { shared_because: vec![because], ..suite }
        }
        _ => {
            let delivery = if emits { EventDelivery::Across } else { EventDelivery::Here };
            split::split(suite, contract, others, backend, can_split, delivery).await?
        }
    };
    Ok(ComponentSuite { suite, implementation_digest, source_folder: names.source_folder().to_owned(), taken })
}

// What the suite's description expects, while the code is the one that it describes; else what is known from an examination.
fn expected_ids(
    contract: &ComponentContract,
    code: &[u8],
    workspace: &dyn Workspace,
) -> Result<Option<Vec<String>>, Error> {
    let id = &contract.component_id;
    let described = workspace.test_suite(id)?.filter(|suite| suite.generated_code.as_bytes() == code);
    let mut ids = described.map(|suite| suite.expected_ids).unwrap_or_default();
    if ids.is_empty() {
        let examined = workspace.component_record(id)?.examined;
        let current = examined.filter(|examined| examined.of == examined_inputs(contract, code));
        ids = current.map(|examined| examined.expected_ids).unwrap_or_default();
    }
    Ok((!ids.is_empty()).then_some(ids))
}

// The test folder without the other suites in it: neither events nor hidden tests belong to this judgement.
fn own_tests(component: &ComponentId, names: &FileNames, workspace: &dyn Workspace) -> Result<Vec<ProjectFile>, Error> {
    let hidden_folder = names.goodhart_test.rsplit_once('/').map_or("", |(folder, _)| folder);
    // The description of the suite is for people and authors; a test that read it would test nothing.
    let described = workspace.path_of(&Artefact::TestSuite(component.clone()));
    let mut files = workspace.files_below(names.test_folder())?;
    files.retain(|file| {
        let is_hidden = file.path.strip_prefix(hidden_folder).is_some_and(|rest| rest.starts_with('/'));
        let is_rendered = RenderedSuite::ALL.into_iter().any(|suite| file.path == names.rendered(suite));
        file.path != described && !is_hidden && !is_rendered
    });
    Ok(files)
}

fn put(files: &mut BTreeMap<String, SourceFile>, found: Vec<ProjectFile>, role: FileRole) {
    for file in found {
        files.insert(file.path.clone(), SourceFile { path: file.path, bytes: file.content, role });
    }
}

fn render_into(files: &mut BTreeMap<String, SourceFile>, path: &str, text: String) {
    let file = SourceFile { path: path.to_owned(), bytes: text.into_bytes(), role: FileRole::Support };
    files.insert(path.to_owned(), file);
}
