//! One component: what is known of it, and its judgement where that is not kept.

use std::sync::{Arc, PoisonError};

use pact_model::component_id::ComponentId;
use pact_model::contract::ComponentContract;
use pact_model::implementation::ImplementationFile;
use pact_model::suite::SourceFile;
use pact_pipeline::component_suite::{self, ComponentSuite, digest_of_inputs};
use pact_pipeline::judge::Policy;
use pact_pipeline::performance;
use pact_pipeline::ports::{FileNames, Renewal, Workspace};
use pact_pipeline::rendered;
use pact_store::Project;

use super::super::judging::{Bench, Judged, Shows};
use super::super::kept::{Kept, Witness};
use super::super::key::Keys;
use super::super::{Test, report};
use super::{Slots, Tested, judgement};
use crate::commands::Context;
use crate::exit::Failure;
use crate::project::{Plan, bad_run, bad_workspace};
use crate::toolbox::LazyLanguages;
use crate::ui::line;
use crate::verdicts::VerdictCache;

/// What all components are judged with.
pub(super) struct Work<'a, 't> {
    pub(super) arguments: &'a Test,
    pub(super) context: &'a Context,
    pub(super) plan: &'a Plan,
    pub(super) project: &'a Project,
    pub(super) languages: &'a LazyLanguages<'t>,
    pub(super) packages: Arc<Vec<SourceFile>>,
    pub(super) policy: Policy,
    pub(super) keys: &'a Keys,
    /// Absent when nothing is to be kept.
    pub(super) cache: Option<&'a VerdictCache>,
    pub(super) slots: Slots,
}

/// A component and what is known of it before anything runs.
pub(super) struct Found {
    pub(super) id: ComponentId,
    state: State,
}

enum State {
    /// It cannot be judged, because something is missing.
    Missing(&'static str),
    /// Nothing has changed since it was judged.
    Kept(String, Box<Kept>),
    New(String),
}

/// A component that is done, with what is to be shown when its turn comes.
pub(super) struct Ended {
    pub(super) tested: Tested,
    /// For stderr. Safe.
    pub(super) marks: String,
    /// For stdout. Safe.
    pub(super) text: String,
}

impl Found {
    /// Returns what changes when its judgement may.
    pub(super) fn key(&self) -> String {
        match &self.state {
            State::Missing(what) => (*what).to_owned(),
            State::Kept(key, _) | State::New(key) => key.clone(),
        }
    }

    /// Whether it has to be judged.
    pub(super) fn must_run(&self) -> bool {
        matches!(self.state, State::New(_))
    }

    /// Whether there is a suite to speak of.
    pub(super) fn has_header(&self) -> bool {
        !matches!(self.state, State::Missing(_))
    }
}

impl Work<'_, '_> {
    /// Finds out what is known of a component. Starts no plugin where all is kept.
    pub(super) async fn find(&self, id: &ComponentId) -> Result<Found, Failure> {
        let names = self.names(id).await?;
        let exists = |path: &str| self.project.read(path).map(|file| file.is_some()).map_err(bad_workspace);
        let missing = |what| Ok(Found { id: id.clone(), state: State::Missing(what) });
        let Some(contract) = self.plan.contracts.get(id) else { return missing("it has no contract yet") };
        if !exists(&names.contract_test)? {
            return missing("it has no tests yet");
        }
        if !exists(&names.implementation)? {
            return missing("it has no code yet");
        }
        let key = self.key(contract, &names)?;
        let state = match self.cache.and_then(|cache| cache.get(&key)) {
            Some(kept) => State::Kept(key, Box::new(kept)),
            None => State::New(key),
        };
        Ok(Found { id: id.clone(), state })
    }

    async fn names(&self, id: &ComponentId) -> Result<FileNames, Failure> {
        let key = self.keys.of_names(id);
        if let Some(names) = self.cache.and_then(|cache| cache.get(&key)) {
            return Ok(names);
        }
        let names =
            self.languages.pair(id).await?.backend.name_files(id).await.map_err(|error| bad_run(error.into()))?;
        if let Some(cache) = self.cache {
            cache.put(&key, &names);
        }
        Ok(names)
    }

    fn key(&self, contract: &ComponentContract, names: &FileNames) -> Result<String, Failure> {
        let id = &contract.component_id;
        let inputs = digest_of_inputs(contract, &self.plan.closure(id), self.project, names).map_err(bad_run)?;
        Ok(self.keys.of_component(id, &inputs))
    }

    /// Judges a component, where there is something to judge that was not judged before.
    pub(super) async fn test(&self, found: Found, says_sandbox: bool) -> Result<Ended, Failure> {
        let Found { id, state } = found;
        let mut tested = Tested { id, judged: None, missing: None, source: Vec::new() };
        let (key, contract) = match (state, self.plan.contracts.get(&tested.id)) {
            (State::Missing(what), _) => return Ok(self.miss(tested, what)),
            (State::Kept(_, kept), _) => {
                tested.source.clone_from(&kept.source);
                let header = self.header(&tested.id, &kept.header, says_sandbox);
                let text = header + &self.report(&tested, &kept.judged(), &kept.runner);
                tested.judged = Some(kept.judged());
                return Ok(Ended { tested, marks: String::new(), text });
            }
            (State::New(_), None) => return Err(Failure::bug(anyhow::anyhow!("a contract is gone"))),
            (State::New(key), Some(contract)) => (key, contract),
        };
        let _slot = self.slots.take().await;
        let (pair, runner) = (self.languages.pair(&tested.id).await?, self.languages.runner(&tested.id).await?);
        let backend = &*pair.backend;
        let others = self.plan.closure(&tested.id);
        let assembled = component_suite::assemble(contract, &others, self.project, backend, pair.can_split()).await;
        let assembled = assembled.map_err(bad_run)?;
        let intruders = assembled.intruders(runner.info()).map_err(bad_run)?;
        let code = sources(&assembled);
        let mut suite = assembled.suite;
        suite.keyword.clone_from(&self.arguments.keyword);
        suite.packages = Arc::clone(&self.packages);
        suite.seed = self.arguments.seed;
        if let Some(split) = suite.split.as_mut().filter(|_| self.arguments.isolate) {
            Arc::make_mut(split).renewal = Renewal::Instance;
        }
        let findings = backend.check_implementation(contract, &code).await.map_err(|error| bad_run(error.into()))?;
        let errors = findings.into_iter().filter(|finding| finding.is_error);
        tested.source = errors
            .map(|finding| format!("{}:{}: {} [{}]", finding.path, finding.line, finding.message, finding.code))
            .chain(intruders.into_iter().map(|intruder| intruder.reason))
            .collect();
        let header = report::header(runner.info(), &suite, 1);
        let mut text = self.header(&tested.id, &header, says_sandbox);
        if self.slots.is_live() {
            self.context.ui.data(&std::mem::take(&mut text))?;
        }
        let witness = Witness::new(runner);
        let shows = self.slots.shows(&self.context.ui);
        let bench = Bench { runner: &witness, backend: Some(backend), policy: &self.policy, shows };
        let mut judged = bench.judge(suite.clone(), self.arguments.seeds).await?;
        // What a selection of tests shows says nothing about all of them.
        if self.arguments.keyword.is_none() && suite.paths.is_empty() && self.arguments.seeds.is_none() {
            let measuring =
                performance::Bench { contract, others: &others, workspace: self.project, backend, runner: &witness };
            performance::judge(measuring, &suite, &mut judged.verdict).await.map_err(bad_run)?;
            rendered::judge(measuring, &self.policy, suite.seed, &mut judged.verdict).await.map_err(bad_run)?;
        }
        // Whoever changes a file meanwhile gets a verdict, and nobody knows on what.
        let still = async || Ok::<_, Failure>(self.key(contract, &self.names(&tested.id).await?)? == key);
        if let Some(cache) = self.cache
            && witness.vouches_for(&judged.verdict)
            && still().await?
        {
            cache.put(&key, &Kept::new(&judged, header, runner.info().clone(), true, &tested.source));
        }
        if self.arguments.profile.is_some() {
            judged.profiled = Some(bench.profile(&suite).await?);
        }
        text += &self.report(&tested, &judged, runner.info());
        let marks = match bench.shows {
            Shows::Among(_, marks) => marks.into_inner().unwrap_or_else(PoisonError::into_inner),
            Shows::Live(_) => String::new(),
        };
        tested.judged = Some(judged);
        Ok(Ended { tested, marks, text })
    }

    /// Says what will be run. Nothing where a document is wanted.
    fn header(&self, id: &ComponentId, header: &str, says_sandbox: bool) -> String {
        if self.arguments.json {
            return String::new();
        }
        let (sandbox, files) = header.split_once('\n').unwrap_or(("", header));
        let sandbox = if says_sandbox { format!("{sandbox}\n") } else { String::new() };
        format!("{sandbox}\n{id}: {files}")
    }

    fn report(&self, tested: &Tested, judged: &Judged, runner: &pact_pipeline::ports::RunnerInfo) -> String {
        if self.arguments.json {
            return String::new();
        }
        let paint = self.context.ui.out;
        let mut text = report::report(judged, runner, self.arguments.packages.as_deref(), paint);
        for fault in &tested.source {
            text.push_str(&format!("source: {}\n", line(fault)));
        }
        let judgement = judgement(judged.judgement(), &tested.source);
        text + &report::ending(judgement, judged.reason().as_deref(), Some(&tested.id), paint)
    }

    fn miss(&self, mut tested: Tested, what: &'static str) -> Ended {
        let text = match self.arguments.json {
            true => String::new(),
            false => format!("\nverdict: {} failed, because {what}\n", tested.id),
        };
        tested.missing = Some(what);
        Ended { tested, marks: String::new(), text }
    }
}

/// Returns the implementation as text. What is no text is no source; a backend has nothing to say about it.
fn sources(assembled: &ComponentSuite) -> Vec<ImplementationFile> {
    let text = |file: &SourceFile| {
        let content = String::from_utf8(file.bytes.clone()).ok()?;
        Some(ImplementationFile { path: file.path.clone(), content })
    };
    assembled.implementation().filter_map(text).collect()
}
