//! A run: takes the project through its phases, as far as it is asked to and as fast as its dependencies allow.
//!
//! Contracts are made wave by wave, because each is written from those below it; after that every component goes its own
//! way, since nobody waits for another's code. What is finished on disk is not done again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use pact_model::component_id::ComponentId;
use pact_model::contract::ComponentContract;
use pact_model::decomposition::{DecompositionNode, DependencyGraph};
use pact_model::phase::Phase;
use tokio::sync::Semaphore;

use crate::access_graph;
use crate::briefs::Subject;
use crate::component_suite;
use crate::conversation::Asker;
use crate::digest;
use crate::error::Error;
use crate::phases::{Bench, Outcome, certify, contract, decompose};
use crate::ports::{Language, RunEvent, Source};

mod component;
mod options;
mod report;
mod state;

use component::{Contracts, all, component};

pub use options::{Ports, RunOptions, Until};
pub use report::{ComponentReport, RunReport};

/// Runs the project.
///
/// # Errors
/// [`Error`] when the run cannot go on at all. A component that nobody got right is part of the report. After an error in one
/// component the others finish what they do; of several errors that of the first component is returned.
pub async fn run(options: &RunOptions, ports: &Ports) -> Result<RunReport, Error> {
    let bench = bench(options, ports)?;
    let started_at = ports.clock.now();
    let mut record = bench.workspace.run_record()?;
    if record.created_at.is_empty() {
        record.created_at.clone_from(&started_at);
        bench.workspace.save_run_record(&record)?;
    }
    let run_id = digest::of_json(&(&bench.subject.task.text, &record.created_at))[..12].to_owned();
    let mut run =
        Run { bench, options, run_id, started_at, created_at: record.created_at, report: RunReport::default() };
    let outcome = run.phases().await;
    let saved = run.save_state();
    // What stopped the run is the better message when both went wrong.
    outcome?;
    saved?;
    Ok(run.report)
}

fn bench(options: &RunOptions, ports: &Ports) -> Result<Bench, Error> {
    let asker = Asker {
        provider: Arc::clone(&ports.provider),
        workspace: Arc::clone(&ports.workspace),
        reporter: Arc::clone(&ports.reporter),
        open_calls: Arc::new(Semaphore::new(options.max_open_calls.max(1))),
        max_output_tokens: options.max_output_tokens,
    };
    let Language { backend, runner, plugins } = ports.languages.default.clone();
    let (language, engine) = (backend.info().language.clone(), runner.info().engine.clone());
    Ok(Bench {
        asker,
        backend,
        runner,
        plugins,
        languages: Arc::new(ports.languages.clone()),
        workspace: Arc::clone(&ports.workspace),
        reporter: Arc::clone(&ports.reporter),
        subject: Subject { task: ports.workspace.task()?, language, engine },
        policy: component_suite::policy(options.canary_key, &options.suites),
        open_suites: Arc::new(Semaphore::new(options.max_open_suites.max(1))),
        max_implementation_attempts: options.max_implementation_attempts.max(1),
    })
}

struct Run<'run> {
    bench: Bench,
    options: &'run RunOptions,
    run_id: String,
    started_at: String,
    created_at: String,
    report: RunReport,
}

impl Run<'_> {
    async fn phases(&mut self) -> Result<(), Error> {
        let plan = match decompose::run(decompose::Input, &self.bench).await? {
            Outcome::Done { value, source } => {
                self.finished(Phase::Decompose, None, source);
                value
            }
            Outcome::GaveUp { reasons } => {
                self.report.decompose_reasons = reasons;
                return Ok(());
            }
        };
        let nodes: BTreeMap<ComponentId, DecompositionNode> =
            plan.tree.leaves().map(|node| (node.component_id.clone(), node.clone())).collect();
        self.check_languages(&nodes)?;
        let graph = self.graph(&nodes)?;
        let waves = graph.waves().map_err(|cycle| self.circle(&cycle))?;
        self.report.components = waves.iter().flatten().map(|id| ComponentReport::new(id.clone())).collect();
        self.report.tree_hash = tree_hash(&nodes, &graph);
        if self.options.until == Until::Decompose {
            return Ok(());
        }
        let contracts = self.contracts(&plan, &nodes, graph, &waves).await?;
        if self.options.until >= Until::AuthorTests {
            self.components(&contracts).await?;
        }
        access_graph::write(&contracts.settled, &self.started_at, &self.bench)?;
        self.save_statuses(plan.tree)?;
        if self.options.until == Until::Certify {
            self.certify().await?;
        }
        Ok(())
    }

    // Whoever gives a language to a component that does not exist has misspelt one that does.
    fn check_languages(&self, nodes: &BTreeMap<ComponentId, DecompositionNode>) -> Result<(), Error> {
        let known: BTreeSet<ComponentId> = nodes.keys().cloned().collect();
        match self.bench.languages.stranger(&known).cloned() {
            Some(component) => Err(Error::LanguageOfNobody { component, known }),
            None => Ok(()),
        }
    }

    // A contract on disk may name more than the plan did, because a person may have changed it.
    fn graph(&self, nodes: &BTreeMap<ComponentId, DecompositionNode>) -> Result<DependencyGraph, Error> {
        let mut edges = BTreeMap::new();
        for (id, node) in nodes {
            let mut targets: BTreeSet<ComponentId> = node.dependencies.iter().cloned().collect();
            if let Some(contract) = self.bench.workspace.contract(id)? {
                targets.extend(contract.dependencies.into_iter().filter_map(|text| ComponentId::new(text).ok()));
            }
            targets.remove(id);
            edges.insert(id.clone(), targets);
        }
        Ok(DependencyGraph::new(edges))
    }

    async fn contracts(
        &mut self,
        plan: &decompose::Plan,
        nodes: &BTreeMap<ComponentId, DecompositionNode>,
        graph: DependencyGraph,
        waves: &[Vec<ComponentId>],
    ) -> Result<Contracts, Error> {
        let mut contracts = Contracts { settled: BTreeMap::new(), graph };
        for wave in waves {
            let ready =
                wave.iter().filter(|id| contracts.graph.direct(id).all(|other| contracts.settled.contains_key(other)));
            let input = |id: &ComponentId, settled: &BTreeMap<ComponentId, ComponentContract>| contract::Input {
                node: nodes[id].clone(),
                decisions: plan.decisions.clone(),
                settled: settled.clone(),
                known: nodes.keys().cloned().collect(),
            };
            let ready: Vec<ComponentId> = ready.cloned().collect();
            let bench = &self.bench;
            let work = ready.iter().map(|id| {
                let (bench, input) = (bench.of(id), input(id, &contracts.settled));
                (id.clone(), async move { contract::run(input, &bench).await })
            });
            let mut outcomes = all(work).await?;
            for id in &ready {
                let outcome = outcomes.remove(id).expect("every task of the wave has ended")?;
                // Two contracts of one wave did not see each other. When they clash, the second goes back to its author.
                let clashes =
                    matches!(&outcome, Outcome::Done { value, .. } if contract::clashes(&contracts.settled, value));
                let outcome = if clashes {
                    contract::run(input(id, &contracts.settled), &self.bench.of(id)).await?
                } else {
                    outcome
                };
                self.settle(id, outcome, &mut contracts);
            }
        }
        self.report.explain_blocked(&contracts.graph);
        Ok(contracts)
    }

    fn settle(&mut self, id: &ComponentId, outcome: Outcome<ComponentContract>, contracts: &mut Contracts) {
        match outcome {
            Outcome::Done { value, source } => {
                self.finished(Phase::Contract, Some(id), source);
                self.report.of(id).has_reached(Phase::Contract);
                self.report.of(id).contract = Some(value.clone());
                contracts.settled.insert(id.clone(), value);
            }
            Outcome::GaveUp { reasons } => self.report.of(id).reasons = reasons,
        }
    }

    async fn components(&mut self, contracts: &Contracts) -> Result<(), Error> {
        let until = self.options.until;
        let work = contracts.settled.keys().map(|id| {
            let (bench, contracts, id) = (self.bench.of(id), contracts.clone(), id.clone());
            (id.clone(), async move { component(&bench, &contracts, &id, until).await })
        });
        let work: Vec<_> = work.collect();
        let mut first_error = None;
        for (id, result) in all(work).await? {
            match result {
                Ok(report) => {
                    let contract = self.report.of(&id).contract.take();
                    *self.report.of(&id) = ComponentReport { contract, ..report };
                }
                Err(error) => first_error = first_error.or(Some(error)),
            }
        }
        if let Some(error) = first_error {
            return Err(error);
        }
        Ok(())
    }

    async fn certify(&mut self) -> Result<(), Error> {
        let phase = Phase::Certify;
        self.bench.reporter.report(&RunEvent::Started { phase, component: None });
        let components = self.report.components.iter().map(ComponentReport::certified).collect();
        let input = certify::Input {
            run_id: self.run_id.clone(),
            started_at: self.started_at.clone(),
            tree_hash: self.report.tree_hash.clone(),
            components,
        };
        let (certificate, source) = certify::run(input, &self.bench).await?;
        self.report.certificate = Some(certificate);
        self.finished(phase, None, source);
        Ok(())
    }

    fn finished(&self, phase: Phase, component: Option<&ComponentId>, source: Source) {
        self.bench.reporter.report(&RunEvent::Finished { phase, component, source });
    }
}

/// Returns the digest of components and dependencies that a certificate has.
#[must_use]
pub fn tree_hash(nodes: &BTreeMap<ComponentId, DecompositionNode>, graph: &DependencyGraph) -> String {
    let about: Vec<_> = nodes
        .values()
        .map(|node| {
            let dependencies: Vec<_> = graph.direct(&node.component_id).collect();
            (&node.component_id, &node.name, &node.description, dependencies)
        })
        .collect();
    digest::of_json(&about)
}
