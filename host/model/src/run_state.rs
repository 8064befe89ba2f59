//! Where a run stands: `.pact/state.json`.
//!
//! Derived from what lies on disk and never read back as truth. `component_tasks[].phase` is ours; `status` and the run's
//! `phase` follow from it, in the words of the reference.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::component_id::ComponentId;
use crate::phase::Phase;

/// The state of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunState {
    /// [`RunState::SCHEMA`]; empty in a state of the reference.
    #[serde(default)]
    pub schema: String,
    /// Twelve hexadecimal digits.
    pub id: String,
    /// The project's folder on this machine. The file is below `.pact`, so it may hold one.
    pub project_dir: String,
    /// Whether it goes on.
    pub status: RunStatus,
    /// The earliest phase that is not finished.
    pub phase: RunPhase,
    /// Sorted by component.
    #[serde(default)]
    pub component_tasks: Vec<ComponentTask>,
    /// Tokens of all replies.
    #[serde(default)]
    pub total_tokens: u64,
    /// The first run's start.
    #[serde(default)]
    pub created_at: String,
    /// The start of the run that finished it; empty before.
    #[serde(default)]
    pub completed_at: String,
    /// Why it stopped.
    #[serde(default)]
    pub pause_reason: String,
    /// What this version does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl RunState {
    /// What marks a state as ours.
    pub const SCHEMA: &str = "pact/state@1";
}

/// A phase, or the word of the reference for none left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", untagged)]
pub enum RunPhase {
    /// Some phase is not finished.
    At(Phase),
    /// All are.
    Done(Complete),
}

/// The reference's word for a run that has nothing left to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Complete {
    /// The only one.
    Complete,
}

/// Whether a run goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunStatus {
    /// It goes on.
    Active,
    /// It was asked to stop here.
    Paused,
    /// Everything passed.
    Completed,
    /// Something did not pass.
    Failed,
    /// The money is spent.
    BudgetExceeded,
}

/// Where one component stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComponentTask {
    /// Which one.
    pub component_id: ComponentId,
    /// The phase that it is in; absent when none is left. Ours.
    #[serde(default)]
    pub phase: Option<Phase>,
    /// Derived, in the reference's words.
    pub status: TaskStatus,
    /// Attempts at an implementation.
    #[serde(default)]
    pub attempts: u32,
    /// What the last attempt failed on. Untrusted.
    #[serde(default)]
    pub last_error: String,
}

/// The reference's words for where a component stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskStatus {
    /// Not begun.
    Pending,
    /// Its author reads.
    Researching,
    /// It gets its contract.
    Contracting,
    /// It gets its tests.
    Testing,
    /// It gets its code.
    Implementing,
    /// It meets the others.
    Integrating,
    /// Passed.
    Completed,
    /// Given up.
    Failed,
}

impl TaskStatus {
    /// Returns the reference's word for a component that is in this phase.
    #[must_use]
    pub fn in_phase(phase: Option<Phase>) -> Self {
        match phase {
            None | Some(Phase::Gate | Phase::Certify | Phase::Retrospective) => Self::Completed,
            Some(Phase::Interview | Phase::Shape | Phase::Decompose) => Self::Pending,
            Some(Phase::Contract) => Self::Contracting,
            Some(Phase::AuthorTests) => Self::Testing,
            Some(Phase::Implement | Phase::Diagnose) => Self::Implementing,
            Some(Phase::Integrate | Phase::Polish) => Self::Integrating,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_of_the_reference_can_be_read() {
        let state: RunState = serde_json::from_value(serde_json::json!({
            "id": "0123456789ab", "project_dir": "/p", "status": "paused", "phase": "preflight", "total_cost_usd": 0.5,
            "component_tasks": [{"component_id": "a", "status": "testing", "attempts": 0, "last_error": ""}],
            "interview_result": null, "phase_cycles": 1,
        }))
        .expect("readable");
        assert_eq!((state.phase, state.schema.as_str()), (RunPhase::At(Phase::Implement), ""));
        assert_eq!(state.extra["phase_cycles"], 1);
    }

    #[test]
    fn the_references_last_phase_is_no_phase_of_ours() {
        let phase: RunPhase = serde_json::from_str("\"complete\"").expect("readable");
        assert_eq!(phase, RunPhase::Done(Complete::Complete));
    }
}
