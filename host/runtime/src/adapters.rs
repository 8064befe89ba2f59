//! From the worlds of the plugin interface to the pipeline's ports, one file per world.

pub(crate) mod assessor;
pub(crate) mod backend;
mod call;
mod facts;
pub(crate) mod provider;
pub(crate) mod runner;

use pact_model::receipt::SessionOutcome;

/// Fuel for `describe`, as the interface says.
const DESCRIBE_FUEL: u64 = 100_000_000;

/// Says in words how a session ended that should have returned.
pub(crate) fn describe_outcome(outcome: &SessionOutcome) -> String {
    match outcome {
        SessionOutcome::Returned => "it returned".to_owned(),
        SessionOutcome::Refused { message } => message.clone(),
        SessionOutcome::Limited { limit } => format!("it passed its limit on {limit:?}"),
        SessionOutcome::Exited { code } => format!("it exited with code {code}"),
        SessionOutcome::Trapped { message } => format!("it trapped: {message}"),
        SessionOutcome::Broke { message } => format!("it broke the plugin interface: {message}"),
    }
}
