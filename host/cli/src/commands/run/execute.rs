//! A run of a project, shared by the commands that do one: builds the ports and calls the pipeline.

use std::path::Path;
use std::sync::Arc;

use anyhow::anyhow;
use pact_pipeline::ports::{Languages, ProviderError, Workspace, WorkspaceErrorKind};
use pact_pipeline::{Error, Ports, RunOptions, RunReport, Until};
use pact_store::SystemClock;

use super::progress::{Lines, Progress};
use crate::commands::Context;
use crate::exit::Failure;
use crate::models::{Models, how_to_configure};
use crate::project::{Opened, bad_run, bad_workspace};
use crate::sessions::Sessions;
use crate::toolbox::{LazyLanguages, Toolbox};

/// How far a run is asked to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    /// As `plan_only` in `pact.yaml` says, else a plan.
    AsConfigured,
    /// To code and certificate.
    Implement,
    /// To contracts and tests.
    Plan,
}

/// What came of a run.
pub(crate) struct Ran {
    /// Of each component.
    pub(crate) report: RunReport,
    /// Where models came from, in safe words.
    pub(crate) models: String,
    /// How far it was asked to go.
    pub(crate) until: Until,
    /// Every session of a plugin, those after the run included.
    pub(crate) sessions: Arc<Sessions>,
    /// Names the files of components.
    pub(crate) languages: Languages,
}

/// Runs the project in `folder`. The first line says where models come from.
pub(crate) async fn execute(context: &Context, folder: &Path, wish: Wish, lines: Lines) -> Result<Ran, Failure> {
    let clock = SystemClock::new(context.world.source_date_epoch.as_deref()).map_err(Failure::usage)?;
    let Opened { folder, project, settings } = Opened::to_work(context, folder)?;
    let sessions = Arc::new(Sessions::new(Arc::clone(&project), context.ui.clone()));
    let toolbox = Toolbox::open_for_project(context, &folder, &settings, Some(Arc::clone(&sessions) as _))?;
    let mut options = options(&settings, wish);
    options.canary_key = Some(context.canary_key()?);
    options.suites.clone_from(&settings.suites);
    check_task(&*project)?;
    // Known before anything is compiled: without components the first thing that a run does is to ask for them.
    if settings.models.is_empty() && project.tree().map_err(bad_workspace)?.is_none() {
        return Err(not_configured(Failure::usage(anyhow!("no model is configured")), &toolbox));
    }
    let models = Models::load(&toolbox, &settings, &folder).await?;
    let words = models.words();
    let progress = Progress::new(&context.ui, lines);
    progress.write(&format!("models: {words}\n"));
    let languages = LazyLanguages::new(&toolbox, &settings, &folder).all().await?;
    let ports = Ports {
        provider: Arc::new(models),
        languages: languages.clone(),
        workspace: project,
        clock: Arc::new(clock),
        reporter: Arc::new(progress.clone()),
    };
    let result = pact_pipeline::run(&options, &ports).await;
    progress.end()?;
    let report = result.map_err(|error| match error {
        Error::Provider(ProviderError::NotConfigured { .. }) => not_configured(bad_run(error), &toolbox),
        error => bad_run(error),
    })?;
    Ok(Ran { report, models: words, until: options.until, sessions, languages })
}

fn options(settings: &pact_store::Settings, wish: Wish) -> RunOptions {
    let mut options = RunOptions::default();
    let plans_only = match wish {
        Wish::Plan => true,
        Wish::Implement => false,
        Wish::AsConfigured => settings.plan_only.unwrap_or(true),
    };
    options.until = if plans_only { Until::AuthorTests } else { Until::Certify };
    if let Some(attempts) = settings.max_implementation_attempts {
        options.max_implementation_attempts = attempts;
    }
    if let Some(agents) = settings.max_concurrent_agents {
        options.max_open_calls = agents as usize;
    }
    options
}

fn check_task(project: &dyn Workspace) -> Result<(), Failure> {
    project.task().map(|_| ()).map_err(|error| {
        let is_missing = matches!(error.kind, WorkspaceErrorKind::Missing);
        let failure = bad_workspace(error);
        if is_missing {
            failure.hint("write there what is to be built; `pact init` puts an outline there")
        } else {
            failure
        }
    })
}

fn not_configured(failure: Failure, toolbox: &Toolbox) -> Failure {
    failure.hint(how_to_configure(toolbox)).hint("`pact demo` shows a whole run and needs no model")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_stops_before_code_unless_it_is_asked_to_go_on() {
        let settings = |plan_only| pact_store::Settings { plan_only, ..Default::default() };
        let until = |plan_only, wish| options(&settings(plan_only), wish).until;
        assert_eq!(until(None, Wish::AsConfigured), Until::AuthorTests);
        assert_eq!(until(Some(false), Wish::AsConfigured), Until::Certify);
        assert_eq!(until(Some(true), Wish::Implement), Until::Certify);
        assert_eq!(until(Some(false), Wish::Plan), Until::AuthorTests);
    }
}
