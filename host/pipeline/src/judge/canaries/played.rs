//! A suite run with canaries, and the same tests as they were written, at the same time.

use super::merged::merge;
use super::shown::{Apart, Shown, With};
use super::sighting::sightings;
use super::{Planted, Sight, Sighting, plant};
use crate::judge::progress::Reporter;
use crate::judge::run as sessions;
use crate::judge::{JudgeError, Policy, Run, Stop, Suite};
use crate::ports::{LanguageBackend, TestRunner};

/// What the sessions of a suite came to. Nothing of it is a changed test's.
pub(in crate::judge) struct Played {
    pub(in crate::judge) run: Run,
    pub(in crate::judge) sightings: Vec<Sighting>,
    /// Something here may be due to canaries and to nothing else: a changed test stops early, and one that runs apart lacks what
    /// the others did.
    pub(in crate::judge) is_unclear: bool,
}

/// Runs a suite with canaries where that is possible.
pub(in crate::judge) async fn run(
    runner: &dyn TestRunner,
    backend: Option<&dyn LanguageBackend>,
    suite: &Suite,
    policy: &Policy,
    draw: u32,
    progress: &dyn Reporter,
) -> Result<Played, JudgeError> {
    let planted = match backend {
        Some(backend) => plant(backend, suite, policy, draw).await?,
        None => None,
    };
    let Some((changed, planted)) = planted else {
        let run = accepted(sessions(runner, suite, None, policy, progress).await?)?;
        return Ok(Played { run, sightings: Vec::new(), is_unclear: false });
    };
    let shown = Shown::new(progress, &planted);
    let (to_with, to_apart) = (With(&shown), Apart(&shown));
    let of = |functions| Suite { paths: functions, ..suite.clone() };
    let functions: Vec<String> = planted.functions().map(str::to_owned).collect();
    let as_written = of(functions.clone());
    // Neither needs anything of the other, and where there is a second core it costs no time.
    let (with, apart) = tokio::join!(sessions(runner, &changed, Some(&planted), policy, &to_with), async {
        let ended = sessions(runner, &as_written, None, policy, &to_apart).await;
        shown.apart_ended();
        ended
    });
    let (mut with, mut apart) = (accepted(with?)?, apart?);
    if matches!(apart.stop, Some(Stop::Refused(_))) {
        // By its name the runner may not know a test that the suite's own settings leave out.
        let collected = |function: &String| with.record.entries.iter().any(|entry| entry.case.function == *function);
        let (known, unknown): (Vec<String>, Vec<String>) = functions.into_iter().partition(collected);
        if known.is_empty() {
            // Then there is no canary, and nothing to be asked.
            apart.stop = None;
        } else if !unknown.is_empty() {
            let receipts = std::mem::take(&mut apart.receipts);
            apart = sessions(runner, &of(known), None, policy, &to_apart).await?;
            apart.receipts.splice(0..0, receipts);
        }
    }
    shown.end();
    with.canary_key = Some(planted.key.clone());
    Ok(summed_up(&planted, with, apart))
}

/// What the runner refuses it refuses whoever asks: that is no verdict.
fn accepted(mut run: Run) -> Result<Run, JudgeError> {
    match run.stop.take() {
        Some(Stop::Refused(message)) => Err(JudgeError::InvalidInput { message }),
        stop => Ok(Run { stop, ..run }),
    }
}

fn summed_up(planted: &Planted, mut with: Run, apart: Run) -> Played {
    let sightings = sightings(planted, &with.record, &apart.record);
    let is_stopped = apart.stop.is_some();
    if let Some(Stop::NoJudgement(reason)) = &apart.stop
        && !matches!(with.stop, Some(Stop::NoJudgement(_)))
    {
        with.stop = Some(Stop::NoJudgement(reason.clone()));
    }
    merge(planted, &mut with, apart);
    let has_void =
        sightings.iter().any(|sighting| sighting.passes_as_written && matches!(sighting.sight, Sight::Void(_)));
    let is_odd = sightings.iter().any(|sighting| !sighting.passes_as_written || sighting.sight != Sight::Failed);
    // What forges events, or passes whatever it is compared with, is no matter of what ran before.
    let is_unclear = !has_void
        && with.record.breaches.is_empty()
        && with.stop.is_none()
        && (is_odd || is_stopped || with.record.has_failures() || !with.record.collection_errors.is_empty());
    Played { run: with, sightings, is_unclear }
}
