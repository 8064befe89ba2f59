//! What a run leaves for those who look later: `state.json` and the statuses in the tree. Both are derived.

use pact_model::decomposition::{DecompositionTree, DependencyCycle, ImplementationStatus};
use pact_model::finding::Finding;
use pact_model::phase::Phase;
use pact_model::run_state::{Complete, ComponentTask, RunPhase, RunState, RunStatus, TaskStatus};
use serde_json::Map;

use super::{ComponentReport, Run, Until};
use crate::error::Error;
use crate::feedback;
use crate::ports::{Artefact, Ownership};

impl Run<'_> {
    pub(super) fn save_state(&self) -> Result<(), Error> {
        let mut tasks: Vec<ComponentTask> = self.report.components.iter().map(task).collect();
        tasks.sort_by(|left, right| left.component_id.cmp(&right.component_id));
        let earliest = tasks.iter().filter_map(|task| task.phase).min();
        let (status, phase) = match (self.report.is_good(), &self.report.certificate) {
            (true, Some(_)) => (RunStatus::Completed, RunPhase::Done(Complete::Complete)),
            (false, _) => (RunStatus::Failed, RunPhase::At(earliest.unwrap_or(Phase::Decompose))),
            (true, None) if self.report.components.is_empty() => (RunStatus::Active, RunPhase::At(Phase::Decompose)),
            (true, None) => (RunStatus::Paused, RunPhase::At(earliest.unwrap_or(Phase::Certify))),
        };
        let reason = match status {
            RunStatus::Paused => format!("asked to stop after {}", self.options.until.phase()),
            _ => String::new(),
        };
        let state = RunState {
            schema: RunState::SCHEMA.to_owned(),
            id: self.run_id.clone(),
            project_dir: self.bench.workspace.project_dir(),
            status,
            phase,
            component_tasks: tasks,
            total_tokens: self.bench.workspace.total_tokens()?,
            created_at: self.created_at.clone(),
            completed_at: if status == RunStatus::Completed { self.started_at.clone() } else { String::new() },
            pause_reason: reason,
            extra: Map::new(),
        };
        self.bench.workspace.save_state(&state)?;
        Ok(())
    }

    /// Writes the statuses into the tree, if the tree is ours.
    pub(super) fn save_statuses(&self, mut tree: DecompositionTree) -> Result<(), Error> {
        let path = self.bench.workspace.path_of(&Artefact::Tree);
        if self.bench.workspace.ownership(&path)? != Ownership::Own {
            return Ok(());
        }
        let before = tree.clone();
        for component in &self.report.components {
            if let Some(node) = tree.nodes.get_mut(&component.id) {
                node.implementation_status = status(component, self.options.until, node.implementation_status);
            }
        }
        if tree != before {
            self.bench.workspace.save_tree(&tree)?;
        }
        Ok(())
    }

    pub(super) fn circle(&self, cycle: &DependencyCycle) -> Error {
        let first = cycle.path.first().cloned();
        let file = first.map_or_else(
            || self.bench.workspace.path_of(&Artefact::Tree),
            |id| self.bench.workspace.path_of(&Artefact::Contract(id)),
        );
        let finding = Finding::error("dependency-cycle", &file, "/dependencies", cycle.to_string());
        let line = self.bench.workspace.line_of(&file, &finding.pointer);
        Error::InvalidArtefact { file, findings: vec![(finding, line)] }
    }
}

fn task(component: &ComponentReport) -> ComponentTask {
    let phase = match component.finished {
        None => Some(Phase::Contract),
        Some(Phase::Contract) => Some(Phase::AuthorTests),
        Some(Phase::AuthorTests) => Some(Phase::Implement),
        Some(_) => None,
    };
    let has_failed = !component.reasons.is_empty();
    ComponentTask {
        component_id: component.id.clone(),
        phase,
        status: if has_failed { TaskStatus::Failed } else { TaskStatus::in_phase(phase) },
        attempts: component.attempts,
        last_error: component.reasons.first().map(|reason| feedback::quote(reason)).unwrap_or_default(),
    }
}

// A run that stops before code says nothing about code that an earlier one has judged.
fn status(component: &ComponentReport, until: Until, before: ImplementationStatus) -> ImplementationStatus {
    let is_about_code = until >= Until::Implement;
    match (component.contract.is_some(), &component.verdict) {
        _ if component.has_passed() => ImplementationStatus::Tested,
        _ if !component.reasons.is_empty() => ImplementationStatus::Failed,
        (true, None) if !is_about_code && before == ImplementationStatus::Tested => before,
        (true, _) => ImplementationStatus::Contracted,
        (false, _) => ImplementationStatus::Pending,
    }
}
