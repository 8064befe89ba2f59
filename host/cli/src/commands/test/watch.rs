//! `--watch`: runs, then again whenever a file of the suite changes.
//!
//! The operating system says that something changed in a folder; what that means is found out by looking again. A change of
//! something that is no part of a suite runs nothing.

mod folders;

use std::path::Path;
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use pact_model::verdict::Judgement;
use pact_pipeline::digest;
use pact_pipeline::ports::Clock;
use pact_store::SystemClock;
use tokio::sync::mpsc;

use super::asked::Asked;
use super::known::Known;
use super::{Context, Test};
use crate::exit::{Exit, Failure};
use crate::files::{Bounds, gather};
use crate::ui::exit_of;

/// An editor writes a file in several steps, and a checkout writes many: what follows within this time belongs together.
const QUIET: Duration = Duration::from_millis(150);

/// Runs the tests until somebody interrupts.
pub(super) async fn run(arguments: &Test, context: &Context, asked: &Asked) -> Result<Exit, Failure> {
    let (Asked::Folder { folder, .. } | Asked::Project { folder, .. }) = asked;
    let (sender, mut changes) = mpsc::unbounded_channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // What was only read has not changed; an error may have lost a change.
        if event.is_ok_and(|event| event.kind.is_access()) {
            return;
        }
        // Nobody listens any more when the process ends.
        let _ = sender.send(());
    })
    .map_err(|error| refused(error, folder))?;
    // What a person looks at: not the time that reproducible builds agree on.
    let clock = SystemClock::new(None).map_err(Failure::usage)?;
    let (mut known, mut files) = (Known::default(), None);
    is_as_before(asked, &mut files);
    // Before the first run: a change meanwhile is not missed.
    let mut watched = watch(&mut watcher, folder, &folders::Watched::default())?;
    // What cannot run at all is not waited for; what was broken on the way is.
    arguments.once(context, asked, &mut known).await?;
    loop {
        context.ui.say("waiting for changes; Ctrl-C ends this");
        loop {
            if changes.recv().await.is_none() {
                return Ok(exit_of(Judgement::None));
            }
            while tokio::time::timeout(QUIET, changes.recv()).await.is_ok_and(|change| change.is_some()) {}
            watched = watch(&mut watcher, folder, &watched)?;
            if is_as_before(asked, &mut files) {
                continue;
            }
            known.announce(&context.ui, format!("\n=== {} ===", clock.now()));
            match arguments.once(context, asked, &mut known).await {
                Ok(None) => {}
                Ok(Some(_)) => break,
                Err(failure) => {
                    known.say();
                    context.ui.failure(&failure);
                    known.forget();
                    break;
                }
            }
        }
    }
}

/// Whether a folder holds the same files as before: then nothing is opened, and nothing said about it. Which of a project's
/// files count is known only once it is open.
fn is_as_before(asked: &Asked, before: &mut Option<String>) -> bool {
    let Asked::Folder { folder, .. } = asked else { return false };
    // What cannot be read is named by the run.
    let gathered = gather(folder, Bounds::SUITE).ok();
    let now = gathered.map(|gathered| {
        digest::of_parts(gathered.files.iter().map(|file| (file.path.as_str(), file.bytes.as_slice())))
    });
    let is_same = now.is_some() && now == *before;
    *before = now;
    is_same
}

/// Watches the folders that are there now, and no longer those that are gone.
fn watch(
    watcher: &mut RecommendedWatcher,
    folder: &Path,
    before: &folders::Watched,
) -> Result<folders::Watched, Failure> {
    let now = folders::Watched::below(folder);
    for gone in before.without(&now) {
        // It went away together with what watched it.
        let _ = watcher.unwatch(gone);
    }
    for new in now.without(before) {
        match watcher.watch(new, RecursiveMode::NonRecursive) {
            // One that is gone again by now.
            Err(notify::Error { kind: notify::ErrorKind::PathNotFound, .. }) => {}
            Err(error) if new.exists() => return Err(refused(error, new)),
            _ => {}
        }
    }
    Ok(now)
}

fn refused(error: notify::Error, folder: &Path) -> Failure {
    let is_limit = matches!(error.kind, notify::ErrorKind::MaxFilesWatch);
    let failure = Failure::usage(error).context(format!("watch `{}`", folder.display()));
    match is_limit {
        true => failure
            .hint("the system allows no more watched folders; on Linux, fs.inotify.max_user_watches says how many"),
        false => failure,
    }
}
