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
mod canaries;
mod canary_key;
mod cause;
mod checks;
mod policy;
mod profiled;
mod progress;
mod record;
mod session;
mod verdict;

#[cfg(test)]
mod fake;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use pact_model::profile::Profile;
use pact_model::receipt::Receipt;
use pact_model::verdict::{Judgement, Verdict};

use crate::ports::{LanguageBackend, PluginFault, SuiteRequest, TestRunner};
use canaries::{Planted, Played, Sighting};
use cause::Ending;
use record::Record;

pub use canary_key::CanaryKey;
pub use checks::{left_out, without_canaries};
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

/// How often canaries are drawn again for a suite that passes as it was written, and not with those that were drawn before.
const REDRAWS: u32 = 2;

/// Runs a suite and judges it.
///
/// A suite takes one session, and beside it one for the tests that are changed in it; one more of either for each test that ends
/// one. Where something fails with canaries, the suite runs once more as it was written, and where it passes so, up to
/// [`REDRAWS`] times with others. Fuel is counted over the sessions of each of these runs, so the time that a suite can take is
/// bounded however many of its tests never end.
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
    let first = once(runner, backend, &suite, policy, 0, progress).await?;
    // What ends a session ends it without canaries, too: what takes long is not done twice.
    if !first.is_unclear || !first.is_in_one_go {
        return Ok(first.verdict);
    }
    let mut receipts = first.verdict.receipt;
    let with_all = |mut verdict: Verdict, mut receipts: Vec<Receipt>| {
        receipts.append(&mut verdict.receipt);
        Verdict { receipt: receipts, canary_key: first.verdict.canary_key.clone(), ..verdict }
    };
    // A test that counts on another one fails beside a changed one, or apart, through no fault of the code. So failures are those
    // of the suite as its author wrote it. Its tests have been shown once.
    let plain = Policy { canary_key: None, ..policy.clone() };
    let mut plain = once(runner, backend, &suite, &plain, 0, &Silent).await?.verdict;
    if plain.verdict != Judgement::Passed {
        return Ok(with_all(plain, receipts));
    }
    let mut void = checks::passed_although_changed(first.sightings);
    for draw in 1..=REDRAWS {
        if void.is_some() {
            break;
        }
        let again = once(runner, backend, &suite, policy, draw, &Silent).await?;
        if !again.is_unclear {
            return Ok(with_all(again.verdict, [receipts, std::mem::take(&mut plain.receipt)].concat()));
        }
        receipts.extend(again.verdict.receipt);
        void = checks::passed_although_changed(again.sightings);
    }
    let check = void.unwrap_or_else(|| checks::no_canary_counted(1 + REDRAWS));
    if !check.held {
        plain.verdict = Judgement::Failed;
    }
    plain.checks.push(check);
    Ok(with_all(plain, receipts))
}

/// A verdict, and what became of its canaries.
struct Judged {
    verdict: Verdict,
    sightings: Vec<Sighting>,
    /// What failed may have failed because of canaries.
    is_unclear: bool,
    /// No test ended a session.
    is_in_one_go: bool,
}

async fn once(
    runner: &dyn TestRunner,
    backend: Option<&dyn LanguageBackend>,
    suite: &Suite,
    policy: &Policy,
    draw: u32,
    progress: &dyn Reporter,
) -> Result<Judged, JudgeError> {
    let declared = async {
        match backend {
            Some(backend) => checks::declared(backend, &suite.files).await.map(Some),
            None => Ok(None),
        }
    };
    // Parsing and running need nothing of each other.
    let (played, declared) = tokio::join!(canaries::run(runner, backend, suite, policy, draw, progress), declared);
    let (Played { mut run, sightings, is_unclear }, declared) = (played?, declared?);
    let is_in_one_go = run.sessions == 1;
    if matches!(run.stop, Some(Stop::NoJudgement(_))) {
        let verdict = verdict::sum_up(run, Vec::new(), suite);
        return Ok(Judged { verdict, sightings, is_unclear: false, is_in_one_go });
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
    checks.extend(checks::canaries(&sightings));
    if suite.split.is_some() {
        checks.push(checks::side_effects(&run.record.calls));
    }
    Ok(Judged { verdict: verdict::sum_up(run, checks, suite), sightings, is_unclear, is_in_one_go })
}

/// What all sessions of a suite came to.
#[derive(Default)]
struct Run {
    record: Record,
    receipts: Vec<Receipt>,
    sessions: usize,
    deselected: u32,
    stop: Option<Stop>,
    /// Of all sessions, where they were profiled.
    profile: Option<Profile>,
    canary_key: Option<String>,
    /// The highest memory of the tested side.
    tested_peak: Option<u64>,
}

/// What ended a suite before its end.
enum Stop {
    /// Says nothing about the code.
    NoJudgement(String),
    /// The suite is at fault.
    Failed(String),
    /// The runner does not accept the selection or the settings.
    Refused(String),
}

/// Runs sessions until every collected test has a result or no further session can bring one.
async fn run(
    runner: &dyn TestRunner,
    suite: &Suite,
    planted: Option<&Planted>,
    policy: &Policy,
    progress: &dyn Reporter,
) -> Result<Run, JudgeError> {
    let is_changed = |function: &str| planted.is_some_and(|planted| planted.is_changed(function));
    let mut run = Run::default();
    let mut fuel_left = policy.suite_fuel;
    let mut only = Vec::new();
    loop {
        let request = request(suite, policy, std::mem::take(&mut only), fuel_left);
        let (session, seen) = session::follow(runner, &request, planted, &mut run.record, progress).await?;
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
                run.stop = Some(Stop::Refused(message));
                break;
            }
            Ending::Internal(message) if first && !seen.has_collected => {
                run.stop = Some(Stop::NoJudgement(format!("the runner failed by itself: {message}")));
                break;
            }
            Ending::WallClock => {
                let reason = match &seen.in_flight {
                    // The id of a changed test may quote what it was changed to.
                    Some(flight) => {
                        let function = run.record.function_of(&flight.id).filter(|function| is_changed(function));
                        format!("real time ran out while `{}` ran", function.unwrap_or(&flight.id))
                    }
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
