//! What the sessions of a run cost: each receipt goes to the project as it comes, and into the sums that are shown.

use std::sync::{Arc, Mutex, PoisonError};

use pact_model::receipt::Receipt;
use pact_pipeline::ports::WorkspaceError;
use pact_runtime::{LogLine, SessionSink};
use pact_store::Project;
use serde::Serialize;

use crate::exit::Failure;
use crate::ui::{Ui, line};

/// Hears of every session of a run.
pub(crate) struct Sessions {
    project: Arc<Project>,
    ui: Ui,
    heard: Mutex<Heard>,
}

/// What was heard so far.
#[derive(Default)]
struct Heard {
    totals: Totals,
    lost: Option<WorkspaceError>,
}

/// What all sessions together cost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Totals {
    /// How many there were.
    pub(crate) sessions: u64,
    /// The sum of their fuel.
    pub(crate) fuel: u64,
    /// The most memory that one of them had.
    pub(crate) peak_memory_bytes: u64,
}

impl Sessions {
    /// Writes receipts to this project, which must be open to work.
    pub(crate) fn new(project: Arc<Project>, ui: Ui) -> Self {
        Self { project, ui, heard: Mutex::default() }
    }

    /// Returns the sums.
    ///
    /// # Errors
    /// When a receipt could not be written: a run whose costs are not on record is not reported as if they were.
    pub(crate) fn totals(&self) -> Result<Totals, Failure> {
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        match heard.lost.take() {
            Some(error) => Err(Failure::usage(error).context("write the receipts of the plugins' sessions")),
            None => Ok(heard.totals),
        }
    }
}

impl SessionSink for Sessions {
    fn ended(&self, receipt: &Receipt, log: &[LogLine]) {
        for said in log.iter().filter(|said| matches!(said.level, "warn" | "error")) {
            self.ui.say(&format!("{}: `{}` says: {}", said.level, receipt.plugin, line(&said.message)));
        }
        let written = self.project.append_receipts(std::slice::from_ref(receipt));
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.totals.add(receipt);
        if let Err(error) = written {
            heard.lost.get_or_insert(error);
        }
    }
}

impl Totals {
    fn add(&mut self, receipt: &Receipt) {
        self.sessions += 1;
        self.fuel = self.fuel.saturating_add(receipt.fuel);
        self.peak_memory_bytes = self.peak_memory_bytes.max(receipt.peak_memory_bytes);
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests look at files")]
mod tests {
    use pact_model::receipt::SessionOutcome;

    use super::*;
    use crate::world::World;

    fn receipt(call: &str, fuel: u64, peak: u64) -> Receipt {
        Receipt {
            plugin: "p".to_owned(),
            digest: "d".to_owned(),
            call: call.to_owned(),
            outcome: SessionOutcome::Returned,
            limit: None,
            fuel,
            wall_ms: 0,
            peak_memory_bytes: peak,
            output_bytes: 0,
            seed: 0,
            engine: "e".to_owned(),
        }
    }

    #[test]
    fn every_session_counts_and_leaves_one_receipt() {
        let folder = tempfile::tempdir().unwrap();
        let project = Arc::new(Project::open_to_work(folder.path()).unwrap());
        let sessions = Sessions::new(project, Ui::new(&World::look().unwrap()));
        sessions.ended(&receipt("backend.list-tests", 5, 10), &[]);
        sessions.ended(&receipt("runner.run", 7, 9), &[]);
        assert_eq!(sessions.totals().unwrap(), Totals { sessions: 2, fuel: 12, peak_memory_bytes: 10 });
        let text = std::fs::read_to_string(folder.path().join(".pact/receipts.jsonl")).unwrap();
        assert_eq!(text.lines().count(), 2, "{text}");
    }

    #[test]
    fn a_receipt_that_is_lost_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let project = Arc::new(Project::open_to_read(folder.path()).unwrap());
        let sessions = Sessions::new(project, Ui::new(&World::look().unwrap()));
        sessions.ended(&receipt("backend.list-tests", 5, 10), &[]);
        assert_eq!(sessions.totals().unwrap_err().code(), 2);
    }
}
