//! A suite run with twins, and its record put back.

use super::{Shown, Sighting, plant};
use crate::judge::progress::{Reporter, Silent};
use crate::judge::run as sessions;
use crate::judge::{JudgeError, Policy, Run, Stop, Suite};
use crate::ports::{LanguageBackend, TestRunner};

/// Runs a suite with twins among its tests where that is possible. What comes back is in the author's names and lines and
/// without a changed twin; what became of those stands beside it.
pub(in crate::judge) async fn run(
    runner: &dyn TestRunner,
    backend: Option<&dyn LanguageBackend>,
    suite: &Suite,
    policy: &Policy,
    progress: &dyn Reporter,
) -> Result<(Run, Vec<Sighting>), JudgeError> {
    let planted = match backend {
        Some(backend) => plant(backend, suite, policy).await?,
        None => None,
    };
    let Some((suite, twins)) = planted else {
        return Ok((sessions(runner, suite, None, policy, progress).await?, Vec::new()));
    };
    let run = sessions(runner, &suite, Some(&twins), policy, &Shown::new(progress, &twins)).await;
    let mut run = run.map_err(|error| match error {
        JudgeError::InvalidInput { message } => JudgeError::InvalidInput { message: twins.back().text(&message) },
        other => other,
    })?;
    run.deselected = run.deselected.saturating_sub(twins.deselected(&run.record));
    let sightings = twins.take_out(&mut run.record);
    run.stop = run.stop.map(|stop| match stop {
        Stop::NoJudgement(reason) => Stop::NoJudgement(twins.back().text(&reason)),
        Stop::Failed(reason) => Stop::Failed(twins.back().text(&reason)),
    });
    run.canary_key = Some(twins.key);
    let sightings = look_again(runner, &suite, policy, &mut run, sightings).await?;
    Ok((run, sightings))
}

/// Runs each twin that did not fail as it must once more, alone. Where tests and code share an interpreter it may have found what
/// its original had left behind; then it says nothing, and the suite has to be judged without twins.
async fn look_again(
    runner: &dyn TestRunner,
    suite: &Suite,
    policy: &Policy,
    run: &mut Run,
    sightings: Vec<Sighting>,
) -> Result<Vec<Sighting>, JudgeError> {
    let mut kept = Vec::new();
    for sighting in sightings {
        if suite.split.is_some() || sighting.is_as_it_must_be() {
            kept.push(sighting);
            continue;
        }
        let alone = Suite { paths: vec![sighting.function.clone()], ..suite.clone() };
        let again = sessions(runner, &alone, None, policy, &Silent).await?;
        run.receipts.extend(again.receipts);
        let entry = again.record.entries.into_iter().find(|entry| entry.case.id == sighting.case);
        let changed = entry.and_then(|entry| Some((entry.report?.outcome, entry.raised_at)));
        let alone = Sighting { changed, ..sighting };
        if alone.is_as_it_must_be() {
            run.twins_are_in_the_way = true;
        } else {
            kept.push(alone);
        }
    }
    Ok(kept)
}
