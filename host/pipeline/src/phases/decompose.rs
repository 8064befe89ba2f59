//! The task becomes components with dependencies.

use pact_model::decomposition::{DecompositionTree, EngineeringDecision};
use pact_model::finding::Finding;
use pact_model::phase::Phase;
use pact_model::validation::{check_proposal, check_tree, has_errors};

use super::{Bench, MAX_AUTHOR_ATTEMPTS, Outcome, reasons_of};
use crate::briefs;
use crate::conversation::Conversation;
use crate::digest;
use crate::error::Error;
use crate::kept;
use crate::ports::{Artefact, RunEvent, Source};
use crate::record::PhaseRecord;
use crate::reply::{DecomposeReply, read_decomposition};

/// What the phase is about: the task is the bench's subject, so nothing more.
#[derive(Debug)]
pub struct Input;

/// The components, and what was decided on the way.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The components.
    pub tree: DecompositionTree,
    /// What was decided.
    pub decisions: Vec<EngineeringDecision>,
}

/// Characters of the task that describe the root node.
const TITLE_CHARACTERS: usize = 200;

/// Makes the plan, or takes the one that lies there.
///
/// # Errors
/// [`Error`] when there can be no plan at all; a plan that no attempt got right is an [`Outcome`].
pub async fn run(_input: Input, bench: &Bench) -> Result<Outcome<Plan>, Error> {
    let subject = &bench.subject;
    let inputs = digest::of_json(&(&subject.task.text, &subject.task.standards, &subject.language));
    if let Some(outcome) = existing(bench, &inputs).await? {
        return Ok(outcome);
    }
    bench.reporter.report(&RunEvent::Started { phase: Phase::Decompose, component: None });
    let mut conversation = Conversation::new(&bench.asker, Phase::Decompose, None, MAX_AUTHOR_ATTEMPTS);
    while let Some(text) = conversation.next(|reasons| briefs::decompose(subject, reasons)).await? {
        match accept(bench, &text).await? {
            Ok(plan) => {
                bench.workspace.save_decisions(&plan.decisions)?;
                bench.workspace.save_tree(&plan.tree)?;
                remember(bench, inputs, conversation.attempts())?;
                return Ok(Outcome::Done { value: plan, source: Source::Made });
            }
            Err(reasons) => conversation.reject(reasons),
        }
    }
    Ok(Outcome::GaveUp { reasons: conversation.give_up() })
}

async fn existing(bench: &Bench, inputs: &str) -> Result<Option<Outcome<Plan>>, Error> {
    let Some(tree) = bench.workspace.tree()? else { return Ok(None) };
    let path = bench.workspace.path_of(&Artefact::Tree);
    let is_a_persons = kept::is_a_persons(&*bench.workspace, &path)?;
    let is_current = bench.workspace.run_record()?.decompose.is_some_and(|record| record.inputs == inputs);
    if !is_a_persons && !is_current {
        return Ok(None);
    }
    let mut findings = check_tree(&tree, &path);
    for node in tree.leaves() {
        let id = &node.component_id;
        if let Err(reasons) = super::contract::sayable(bench.languages.of(id).backend.name_files(id).await)? {
            let pointer = format!("/nodes/{id}/component_id");
            findings.extend(reasons.into_iter().map(|reason| Finding::error("language", &path, &pointer, reason)));
        }
    }
    kept::check_a_persons(bench, &path, findings)?;
    let source = if is_a_persons { Source::Edited } else { Source::Kept };
    Ok(Some(Outcome::Done { value: Plan { tree, decisions: bench.workspace.decisions()? }, source }))
}

async fn accept(bench: &Bench, text: &str) -> Result<Result<Plan, Vec<String>>, Error> {
    let DecomposeReply { components, decisions } = match read_decomposition(text) {
        Ok(reply) => reply,
        Err(error) => return Ok(Err(vec![error.to_string()])),
    };
    let findings = check_proposal(&components, "reply");
    if has_errors(&findings) {
        return Ok(Err(reasons_of(&findings)));
    }
    for component in &components {
        // Only the language knows which words cannot be a module.
        if let Err(reasons) =
            super::contract::sayable(bench.languages.of(&component.id).backend.name_files(&component.id).await)?
        {
            return Ok(Err(reasons));
        }
    }
    kept::warn(bench, &findings);
    let title: String = bench.subject.task.text.trim().chars().take(TITLE_CHARACTERS).collect();
    Ok(Ok(Plan { tree: DecompositionTree::of_components(components, &title), decisions }))
}

fn remember(bench: &Bench, inputs: String, attempts: u32) -> Result<(), Error> {
    let mut record = bench.workspace.run_record()?;
    record.decompose = Some(PhaseRecord { inputs, attempts });
    bench.workspace.save_run_record(&record)?;
    Ok(())
}
