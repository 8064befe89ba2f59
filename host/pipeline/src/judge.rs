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

mod calls;
mod canary_key;
mod cause;
mod checks;
mod policy;
mod profiled;
mod progress;
mod record;
mod session;
mod twins;
mod verdict;

#[cfg(test)]
mod fake;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use pact_model::profile::Profile;
use pact_model::receipt::Receipt;
use pact_model::verdict::Verdict;

use crate::ports::{LanguageBackend, PluginFault, SuiteRequest, TestRunner};
use cause::Ending;
use record::Record;
use twins::Twins;

pub use canary_key::CanaryKey;
pub use checks::left_out;
pub use policy::{LeftOut, Policy, Suite};
pub use profiled::{Profiled, profile};
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
/// A suite takes one session when nothing ends it early, else one more for each test that ended one, and where it fails with
/// twins in it, as many again without them. Fuel is counted over
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
    let first = once(runner, backend, &suite, policy, progress).await?;
    if !first.may_be_the_twins {
        return Ok(first.verdict);
    }
    // A test that finds what its twin left behind fails through no fault of the code. Failures are those of the suite as its
    // author wrote it; a pass of it is one without canaries, and does not claim any.
    let plain = Policy { canary_key: None, ..policy.clone() };
    // Its tests have been shown once.
    let mut verdict = once(runner, backend, &suite, &plain, &Silent).await?.verdict;
    verdict.receipt.splice(0..0, first.verdict.receipt);
    Ok(verdict)
}

/// A verdict, and whether the twins in its suite may be why it failed.
struct Judged {
    verdict: Verdict,
    may_be_the_twins: bool,
}

async fn once(
    runner: &dyn TestRunner,
    backend: Option<&dyn LanguageBackend>,
    suite: &Suite,
    policy: &Policy,
    progress: &dyn Reporter,
) -> Result<Judged, JudgeError> {
    let declared = async {
        match backend {
            Some(backend) => checks::declared(backend, &suite.files).await.map(Some),
            None => Ok(None),
        }
    };
    // Parsing and running need nothing of each other.
    let (run, declared) = tokio::join!(twins::run(runner, backend, suite, policy, progress), declared);
    let ((mut run, sightings), declared) = (run?, declared?);
    if matches!(run.stop, Some(Stop::NoJudgement(_))) {
        return Ok(Judged { verdict: verdict::sum_up(run, Vec::new(), suite), may_be_the_twins: false });
    }
    let typed_results = checks::typed_results(&run.record, &suite.files, policy.left_out);
    let mut checks = vec![typed_results, checks::zero_tests(&run.record)];
    if let Some(declared) = declared {
        let deselected = checks::Deselected { count: run.deselected, by_user: suite.keyword.is_some() };
        checks.push(checks::expected_functions(&declared, &run.record, deselected, policy.left_out));
        checks.push(checks::skip_marks(&declared, &mut run.record));
    }
    // What the user selects is less than what is expected.
    if let Some(expected) = suite.expected_ids.as_ref().filter(|_| suite.keyword.is_none() && suite.paths.is_empty()) {
        checks.push(checks::expected_ids(expected, &run.record));
    }
    let canaries = checks::canaries(&sightings);
    // One that ended its session ended it without a twin, too: what takes long is not done twice.
    let may_be_the_twins = run.canary_key.is_some()
        && run.sessions == 1
        && canaries.as_ref().is_none_or(|check| check.held)
        && (run.twins_are_in_the_way || run.record.has_failures());
    checks.extend(canaries);
    if suite.split.is_some() {
        checks.push(checks::side_effects(&run.record.calls));
    }
    Ok(Judged { verdict: verdict::sum_up(run, checks, suite), may_be_the_twins })
}

/// What all sessions of a suite came to.
struct Run {
    record: Record,
    receipts: Vec<Receipt>,
    sessions: usize,
    deselected: u32,
    stop: Option<Stop>,
    /// Of all sessions, where they were profiled.
    profile: Option<Profile>,
    canary_key: Option<String>,
    /// A twin passed or failed by what another test left behind.
    twins_are_in_the_way: bool,
    /// The highest memory of the tested side.
    tested_peak: Option<u64>,
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
    twins: Option<&Twins>,
    policy: &Policy,
    progress: &dyn Reporter,
) -> Result<Run, JudgeError> {
    let is_changed = |function: &str| twins.is_some_and(|twins| twins.is_changed(function));
    let mut run = Run {
        record: Record::default(),
        receipts: Vec::new(),
        sessions: 0,
        deselected: 0,
        stop: None,
        profile: None,
        canary_key: None,
        twins_are_in_the_way: false,
        tested_peak: None,
    };
    let mut fuel_left = policy.suite_fuel;
    let mut only = Vec::new();
    loop {
        let request = request(suite, policy, std::mem::take(&mut only), fuel_left);
        let (session, seen) = session::follow(runner, &request, twins, &mut run.record, progress).await?;
        fuel_left = fuel_left.saturating_sub(session.fuel());
        run.receipts.push(session.receipt.clone());
        if let Some(profile) = session.profile.clone() {
            run.profile.get_or_insert_default().absorb(profile);
        }
        let peaks = session.tested.iter().map(|receipt| receipt.peak_memory_bytes);
        run.tested_peak = run.tested_peak.max(peaks.max());
        run.receipts.extend(session.tested.iter().cloned());
        run.sessions += 1;
        let first = run.sessions == 1;
        let suite_fuel_used_up = session.fuel() >= request.fuel;
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
                } else if run.sessions >= policy.max_sessions {
                    Some(format!("not run: tests had ended {} sessions", run.sessions))
                } else {
                    None
                };
                if let Some(message) = hopeless {
                    run.record.give_up(&message);
                    break;
                }
                progress.rerun(run.record.unfinished_but(is_changed), &cut.what);
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
        paths: suite.paths.clone(),
        only,
        seed: suite.seed,
        fuel,
        test_fuel: policy.test_fuel.min(fuel),
        shuffle: suite.shuffle,
        clock_start: suite.clock_start,
        profile: policy.profile,
        split: suite.split.clone(),
    }
}
