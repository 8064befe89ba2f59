//! From a suite to a verdict: runs the sessions that it takes, checks every event, and says what held.
//!
//! Not for executing anything (that is the runner behind its port) and not for showing anything: progress goes to a
//! [`Reporter`], the result is a [`Verdict`].
//!
//! Whose fault is what:
//! - What happens while a test runs is that test's doing: an exit, a trap or a limit makes it an error, and the rest of
//!   the suite runs in a new session.
//! - Tested code shares the interpreter with the framework, so it can forge events. A session whose events do not add up
//!   is therefore a *failed* verdict, never an excuse.
//! - Real time that runs out and a runner that fails before anything was collected say nothing about the code: no
//!   judgement.

mod cause;
mod checks;
mod policy;
mod progress;
mod record;
mod session;
mod verdict;

#[cfg(test)]
mod fake;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use pact_model::receipt::Receipt;
use pact_model::verdict::Verdict;

use crate::ports::{LanguageBackend, PluginFault, SuiteRequest, TestRunner};
use cause::Ending;
use record::Record;

pub use checks::left_out;
pub use policy::{LeftOut, Policy, Suite};
pub use progress::{Reporter, Silent};

/// Why there is not even a verdict.
#[derive(Debug, thiserror::Error)]
pub enum JudgeError {
    /// A plugin could not be started or did not answer.
    #[error(transparent)]
    Plugin(#[from] PluginFault),
    /// The user's selection or the suite's settings are wrong. The text is the runner's: untrusted.
    #[error("the runner does not accept the selection or the settings of the suite: {message}")]
    InvalidInput {
        /// What the runner says is wrong.
        message: String,
    },
}

/// Runs a suite and judges it.
///
/// A suite takes one session when nothing ends it early, else one more for each test that ended one. Fuel is counted over
/// all of them, so the time that a suite can take is bounded however many of its tests never end.
///
/// # Errors
/// [`JudgeError::Plugin`] when a plugin does not answer, [`JudgeError::InvalidInput`] when nothing ran because the
/// selection is wrong. Everything else is a verdict.
pub async fn judge(
    runner: &dyn TestRunner,
    backend: Option<&dyn LanguageBackend>,
    suite: Suite,
    policy: &Policy,
    progress: &dyn Reporter,
) -> Result<Verdict, JudgeError> {
    let declared = async {
        match backend {
            Some(backend) => checks::declared(backend, &suite.files).await.map(Some),
            None => Ok(None),
        }
    };
    // Parsing and running need nothing of each other.
    let (run, declared) = tokio::join!(run(runner, &suite, policy, progress), declared);
    let (mut run, declared) = (run?, declared?);
    if matches!(run.stop, Some(Stop::NoJudgement(_))) {
        return Ok(verdict::sum_up(run, Vec::new(), suite.seed));
    }
    let typed_results = checks::typed_results(&run.record, &suite.files, policy.left_out);
    let mut checks = vec![typed_results, checks::zero_tests(&run.record)];
    if let Some(declared) = declared {
        let deselected = checks::Deselected { count: run.deselected, by_user: suite.keyword.is_some() };
        checks.push(checks::expected_functions(&declared, &run.record, deselected, policy.left_out));
        checks.push(checks::skip_marks(&declared, &mut run.record));
    }
    Ok(verdict::sum_up(run, checks, suite.seed))
}

/// What all sessions of a suite came to.
struct Run {
    record: Record,
    receipts: Vec<Receipt>,
    deselected: u32,
    stop: Option<Stop>,
}

/// What ended a suite before its end.
enum Stop {
    /// Says nothing about the code.
    NoJudgement(String),
    /// The suite is at fault.
    Failed(String),
}

/// Runs sessions until every collected test has a result or no further session can bring one.
async fn run(
    runner: &dyn TestRunner,
    suite: &Suite,
    policy: &Policy,
    progress: &dyn Reporter,
) -> Result<Run, JudgeError> {
    let mut run = Run { record: Record::default(), receipts: Vec::new(), deselected: 0, stop: None };
    let mut fuel_left = policy.suite_fuel;
    let mut only = Vec::new();
    loop {
        let request = request(suite, policy, std::mem::take(&mut only), fuel_left);
        let (session, seen) = session::follow(runner, &request, &mut run.record, progress).await?;
        fuel_left = fuel_left.saturating_sub(session.receipt.fuel);
        run.receipts.push(session.receipt.clone());
        let first = run.receipts.len() == 1;
        let suite_fuel_used_up = session.receipt.fuel >= request.fuel;
        let ending = cause::ending(&session, suite_fuel_used_up);
        match ending {
            Ending::Returned(summary) => {
                if first {
                    run.deselected = summary.map_or(0, |summary| summary.deselected);
                }
                run.record.check_return(&seen, summary);
                run.record.give_up("not run: the runner ended the session before it");
                break;
            }
            Ending::InvalidInput(message) if first && !seen.has_collected => {
                return Err(JudgeError::InvalidInput { message });
            }
            Ending::Internal(message) if first && !seen.has_collected => {
                run.stop = Some(Stop::NoJudgement(format!("the runner failed by itself: {message}")));
                break;
            }
            Ending::WallClock => {
                let reason = match &seen.in_flight {
                    Some(flight) => format!("real time ran out while `{}` ran", flight.id),
                    None => "real time ran out".to_owned(),
                };
                run.record.drop_unfinished();
                run.stop = Some(Stop::NoJudgement(reason));
                break;
            }
            Ending::InvalidInput(message) | Ending::Internal(message) => {
                let cause = format!("the runner stopped: {message}");
                run.record.breach(cause.clone());
                run.record.give_up(&format!("not run: {cause}"));
                run.stop = Some(Stop::Failed(cause));
                break;
            }
            Ending::Cut(cut) => {
                if cut.breaks_the_interface {
                    run.record.breach(format!("the session {}", cut.what));
                }
                if let Some(flight) = &seen.in_flight {
                    let report = run.record.end_in_flight(flight, &cut, &session.receipt);
                    progress.finished(&report);
                } else if !seen.has_collected && first {
                    run.stop = Some(Stop::Failed(format!("before any test was collected, the suite {}", cut.what)));
                    break;
                } else {
                    run.record.breach(format!("between two tests, the suite {}", cut.what));
                }
                only = run.record.unfinished();
                if only.is_empty() {
                    break;
                }
                let hopeless = if fuel_left == 0 || (suite_fuel_used_up && cut.by_fuel) {
                    Some("not run: the suite's fuel limit was used up".to_owned())
                } else if seen.in_flight.is_none() && seen.finished == 0 {
                    // Another session would end in the same place.
                    Some(format!("not run: before it could start, the suite {}", cut.what))
                } else if run.receipts.len() >= policy.max_sessions {
                    Some(format!("not run: tests had ended {} sessions", run.receipts.len()))
                } else {
                    None
                };
                if let Some(message) = hopeless {
                    run.record.give_up(&message);
                    break;
                }
                progress.rerun(only.len(), &cut.what);
            }
        }
    }
    Ok(run)
}

fn request(suite: &Suite, policy: &Policy, only: Vec<String>, fuel: u64) -> SuiteRequest {
    SuiteRequest {
        files: Arc::clone(&suite.files),
        packages: Arc::clone(&suite.packages),
        import_paths: suite.import_paths.clone(),
        // The ids of a later session already are what the expression selected.
        keyword: if only.is_empty() { suite.keyword.clone() } else { None },
        only,
        seed: suite.seed,
        fuel,
        test_fuel: policy.test_fuel.min(fuel),
    }
}
