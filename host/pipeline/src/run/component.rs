//! One component's own way: tests and code, once the contracts stand. Components do not wait for each other.

use std::collections::BTreeMap;

use pact_model::component_id::ComponentId;
use pact_model::contract::ComponentContract;
use pact_model::decomposition::DependencyGraph;
use pact_model::phase::Phase;
use tokio::task::JoinSet;

use super::{ComponentReport, Until};
use crate::component_suite::digest_of_inputs;
use crate::error::Error;
use crate::phases::{Bench, Outcome, author_tests, implement};
use crate::ports::{RunEvent, Source};

/// The contracts of a plan and who calls whom.
#[derive(Clone)]
pub(super) struct Contracts {
    pub(super) settled: BTreeMap<ComponentId, ComponentContract>,
    pub(super) graph: DependencyGraph,
}

/// Takes one component through the phases that are its own.
pub(super) async fn component(
    bench: &Bench,
    contracts: &Contracts,
    id: &ComponentId,
    until: Until,
) -> Result<ComponentReport, Error> {
    let mut report = ComponentReport::new(id.clone());
    report.has_reached(Phase::Contract);
    let contract = contracts.settled[id].clone();
    let pick = |ids: &mut dyn Iterator<Item = &ComponentId>| -> BTreeMap<ComponentId, ComponentContract> {
        ids.filter_map(|id| Some((id.clone(), contracts.settled.get(id)?.clone()))).collect()
    };
    let dependencies = pick(&mut contracts.graph.direct(id));
    let closure = pick(&mut contracts.graph.closure(id).iter());
    let input = author_tests::Input {
        contract: contract.clone(),
        dependencies: dependencies.clone(),
        closure: closure.clone(),
    };
    let suite = match author_tests::run(input, bench).await? {
        Outcome::Done { value, source } => {
            bench.reporter.report(&RunEvent::Finished { phase: Phase::AuthorTests, component: Some(id), source });
            value
        }
        Outcome::GaveUp { reasons } => {
            report.reasons = reasons;
            return Ok(report);
        }
    };
    report.has_reached(Phase::AuthorTests);
    report.suite = Some(suite.clone());
    if until < Until::Implement {
        return Ok(report);
    }
    let input = implement::Input { contract: contract.clone(), suite, dependencies, closure: closure.clone() };
    let (judged, source) = implement::run(input, bench).await?;
    if judged.has_passed() {
        report.has_reached(Phase::Implement);
    }
    if judged.has_passed() {
        bench.reporter.report(&RunEvent::Finished { phase: Phase::Implement, component: Some(id), source });
    } else if source != Source::Made {
        // Code that pact wrote now has been given up already, by its last attempt.
        let reasons = &judged.reasons;
        bench.reporter.report(&RunEvent::GaveUp { phase: Phase::Implement, component: Some(id), reasons });
    }
    report.take(judged, source);
    let names = bench.backend.name_files(id).await?;
    let workspace = &*bench.workspace;
    report.inputs_digest = Some(digest_of_inputs(&contract, &closure, workspace, &names)?);
    Ok(report)
}

/// What came of each component.
pub(super) type Results<T> = BTreeMap<ComponentId, Result<T, Error>>;

/// Does all work at the same time and returns the results by component, whatever the order in which they come.
pub(super) async fn all<T, F>(work: impl IntoIterator<Item = (ComponentId, F)>) -> Result<Results<T>, Error>
where
    T: Send + 'static,
    F: Future<Output = Result<T, Error>> + Send + 'static,
{
    let mut tasks = JoinSet::new();
    for (id, future) in work {
        tasks.spawn(async move { (id, future.await) });
    }
    let mut results = BTreeMap::new();
    while let Some(joined) = tasks.join_next().await {
        let (id, result) = joined.map_err(|error| Error::Broken { reason: error.to_string() })?;
        results.insert(id, result);
    }
    Ok(results)
}
