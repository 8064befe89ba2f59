//! A component gets its contract: types, functions, errors.

use std::collections::{BTreeMap, BTreeSet};

use pact_model::component_id::ComponentId;
use pact_model::contract::ComponentContract;
use pact_model::contract::diff::required_version;
use pact_model::decomposition::{DecompositionNode, EngineeringDecision};
use pact_model::finding::Finding;
use pact_model::phase::Phase;
use pact_model::rendered_suite::RenderedSuite;
use pact_model::validation::{Vocabulary, adopt_types, check_contract, check_plan, check_prose, has_errors};

use super::{Bench, MAX_AUTHOR_ATTEMPTS, Outcome, reasons_of};
use crate::briefs::{self, About, Dependency};
use crate::conversation::Conversation;
use crate::digest;
use crate::error::Error;
use crate::kept;
use crate::ports::{Artefact, BackendError, ContractBackend, EventDelivery, FileNames, RunEvent, Source};
use crate::record::PhaseRecord;
use crate::reply::read_contract;

/// What a contract is made from.
#[derive(Debug, Clone)]
pub struct Input {
    /// The component.
    pub node: DecompositionNode,
    /// What was decided for the whole plan.
    pub decisions: Vec<EngineeringDecision>,
    /// The contracts that stand already, those of all dependencies among them. This one must not clash with any.
    pub settled: BTreeMap<ComponentId, ComponentContract>,
    /// All components of the plan.
    pub known: BTreeSet<ComponentId>,
}

impl Input {
    fn dependencies(&self) -> impl Iterator<Item = &ComponentContract> {
        self.node.dependencies.iter().filter_map(|id| self.settled.get(id))
    }
}

/// Makes the contract, or takes the one that lies there.
///
/// # Errors
/// [`Error`] when there can be no contract at all, or a person's is not valid.
pub async fn run(input: Input, bench: &Bench) -> Result<Outcome<ComponentContract>, Error> {
    let id = &input.node.component_id;
    let inputs = inputs_digest(&input, bench);
    let existing = bench.workspace.contract(id)?;
    if let Some(contract) = &existing
        && let Some(source) = usable(&input, bench, contract, &inputs).await?
    {
        render(bench, contract).await?;
        return Ok(Outcome::Done { value: contract.clone(), source });
    }
    bench.reporter.report(&RunEvent::Started { phase: Phase::Contract, component: Some(id) });
    let dependencies = dependencies(&*bench.backend, input.dependencies()).await?;
    let about = About { id, name: &input.node.name, description: &input.node.description };
    let mut conversation = Conversation::new(&bench.asker, Phase::Contract, Some(id), MAX_AUTHOR_ATTEMPTS);
    let brief = |reasons: &[String]| briefs::contract(&bench.subject, about, &input.decisions, &dependencies, reasons);
    while let Some(text) = conversation.next(brief).await? {
        match accept(&input, bench, &text).await? {
            Ok(mut contract) => {
                contract.version = existing.as_ref().map_or(1, |old| required_version(old, &contract));
                bench.workspace.save_contract(&contract)?;
                render(bench, &contract).await?;
                let mut record = bench.workspace.component_record(id)?;
                record.contract = Some(PhaseRecord { inputs, attempts: conversation.attempts() });
                bench.workspace.save_component_record(id, &record)?;
                return Ok(Outcome::Done { value: contract, source: Source::Made });
            }
            Err(reasons) => conversation.reject(reasons),
        }
    }
    Ok(Outcome::GaveUp { reasons: conversation.give_up() })
}

/// Answers whether a contract clashes with one that stands already.
#[must_use]
pub fn clashes(settled: &BTreeMap<ComponentId, ComponentContract>, contract: &ComponentContract) -> bool {
    let mut plan = settled.clone();
    plan.insert(contract.component_id.clone(), contract.clone());
    has_errors(&check_plan(&plan, ToString::to_string))
}

/// Returns what a brief shows of other components.
pub(super) async fn dependencies(
    backend: &dyn ContractBackend,
    contracts: impl Iterator<Item = &ComponentContract>,
) -> Result<Vec<Dependency>, Error> {
    let mut shown = Vec::new();
    for contract in contracts {
        let interface = backend.render_stub(contract).await?;
        shown.push(Dependency { contract: contract.clone(), interface });
    }
    Ok(shown)
}

/// Parts what a language cannot say, which its author can repair, from a plugin that fails.
pub(super) fn sayable<T>(answer: Result<T, BackendError>) -> Result<Result<T, Vec<String>>, Error> {
    match answer {
        Ok(value) => Ok(Ok(value)),
        Err(BackendError::Invalid(faults)) => {
            Ok(Err(faults.iter().map(|fault| format!("{}: {} [{}]", fault.at, fault.message, fault.code)).collect()))
        }
        Err(BackendError::Plugin(fault)) => Err(fault.into()),
    }
}

fn inputs_digest(input: &Input, bench: &Bench) -> String {
    let node = &input.node;
    let dependencies: Vec<_> = input.dependencies().collect();
    let about = (&node.component_id, &node.name, &node.description, &node.dependencies);
    digest::of_json(&(about, dependencies, &bench.subject.task.standards, &bench.subject.language))
}

// A person's contract is used or refused, never replaced; one of ours is used while it is what its inputs led to and does
// not clash with what has been settled since.
async fn usable(
    input: &Input,
    bench: &Bench,
    contract: &ComponentContract,
    inputs: &str,
) -> Result<Option<Source>, Error> {
    let id = &input.node.component_id;
    let path = bench.workspace.path_of(&Artefact::Contract(id.clone()));
    let is_a_persons = kept::is_a_persons(&*bench.workspace, &path)?;
    let is_current = bench.workspace.component_record(id)?.contract.is_some_and(|record| record.inputs == inputs);
    if !is_a_persons && !is_current {
        return Ok(None);
    }
    let mut findings = findings(input, bench, contract);
    if is_a_persons {
        if let Err(reasons) = say(bench, contract).await? {
            findings.extend(reasons.into_iter().map(|reason| Finding::error("language", &path, "", reason)));
        }
        kept::check_a_persons(bench, &path, findings)?;
        return Ok(Some(Source::Edited));
    }
    Ok((!has_errors(&findings)).then_some(Source::Kept))
}

async fn accept(input: &Input, bench: &Bench, text: &str) -> Result<Result<ComponentContract, Vec<String>>, Error> {
    let id = &input.node.component_id;
    let mut contract = match read_contract(text, id) {
        Ok(contract) => contract,
        Err(error) => return Ok(Err(vec![error.to_string()])),
    };
    if contract.dependencies.is_empty() {
        contract.dependencies = input.node.dependencies.iter().map(ToString::to_string).collect();
    }
    let mut reasons = wrong_dependencies(input, &contract);
    if let Err(clashes) = adopt_types(&mut contract, input.dependencies()) {
        reasons.extend(clashes.iter().map(|clash| format!("/types/{}: {clash}", clash.index)));
    }
    let findings = findings(input, bench, &contract);
    reasons.extend(reasons_of(&findings));
    // The language is asked last: what is wrong in every language would only be said twice.
    if reasons.is_empty()
        && let Err(faults) = say(bench, &contract).await?
    {
        reasons = faults;
    }
    if reasons.is_empty() {
        kept::warn(bench, &findings);
        Ok(Ok(contract))
    } else {
        Ok(Err(reasons))
    }
}

fn wrong_dependencies(input: &Input, contract: &ComponentContract) -> Vec<String> {
    let wanted: BTreeSet<&str> = input.node.dependencies.iter().map(ComponentId::as_str).collect();
    let named: BTreeSet<&str> = contract.dependencies.iter().map(String::as_str).collect();
    if wanted == named {
        return Vec::new();
    }
    let wanted = wanted.into_iter().collect::<Vec<_>>().join(", ");
    vec![format!("/dependencies: they must be exactly those of the question: [{wanted}]")]
}

fn findings(input: &Input, bench: &Bench, contract: &ComponentContract) -> Vec<Finding> {
    let id = &input.node.component_id;
    let path_of = |id: &ComponentId| bench.workspace.path_of(&Artefact::Contract(id.clone()));
    let path = path_of(id);
    let mut findings = check_contract(contract, id, &input.known, &path);
    findings.extend(check_prose(contract, &Vocabulary::of(&input.settled), &path));
    let mut plan = input.settled.clone();
    plan.insert(id.clone(), contract.clone());
    // A doubt about another contract was reported when that one was settled.
    let of_plan = check_plan(&plan, path_of).into_iter().filter(|finding| finding.is_error() || finding.file == path);
    findings.extend(of_plan.map(|finding| {
        // A clash of two is found at one of them; the one that is being settled has to give way.
        if finding.file == path { finding } else { Finding { file: path.clone(), pointer: String::new(), ..finding } }
    }));
    findings
}

async fn say(bench: &Bench, contract: &ComponentContract) -> Result<Result<(), Vec<String>>, Error> {
    for answer in [
        bench.backend.render_types(contract).await,
        bench.backend.render_stub(contract).await,
        bench.backend.render_stand_in(contract).await,
    ] {
        if let Err(reasons) = sayable(answer)? {
            return Ok(Err(reasons));
        }
    }
    Ok(Ok(()))
}

async fn render(bench: &Bench, contract: &ComponentContract) -> Result<(), Error> {
    let FileNames { interface, types, events, .. } = bench.backend.name_files(&contract.component_id).await?;
    if bench.policy.suites.contains(&RenderedSuite::Emission) {
        kept::renew(bench, &events, &bench.backend.render_events(contract, EventDelivery::Here).await?)?;
    }
    kept::renew(bench, &interface, &bench.backend.render_stub(contract).await?)?;
    kept::renew(bench, &types, &bench.backend.render_types(contract).await?)
}
