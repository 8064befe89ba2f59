//! `pact status`: where the run stands, and what is next.

pub(super) mod table;

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::anyhow;
use clap::Args;
use pact_model::run_state::{RunPhase, RunState, RunStatus};
use pact_pipeline::component_suite;
use pact_pipeline::ports::Workspace;
use pact_store::Project;
use serde::Serialize;

use super::Context;
use crate::exit::{Exit, Failure};
use crate::project::{self, Opened, Place, Plan, Standing, Wanted, bad_workspace};
use crate::toolbox::{LazyLanguages, Toolbox};
use crate::ui::line;

use table::Row;

/// The arguments of `pact status`.
#[derive(Debug, Args)]
pub(crate) struct Status {
    /// The project, or a component of the one around [default: the project around the working folder]
    #[arg(value_name = "DIR|COMPONENT")]
    place: Option<PathBuf>,
    /// A component of DIR
    #[arg(value_name = "COMPONENT")]
    component: Option<String>,
    /// Prints one JSON document
    #[arg(long)]
    json: bool,
}

/// `pact/status@1`.
#[derive(Debug, Serialize)]
struct Document<'a> {
    schema: &'static str,
    run: Option<RunLine<'a>>,
    components: Vec<Row<'a>>,
    certified: bool,
    next: &'static str,
}

#[derive(Debug, Serialize)]
struct RunLine<'a> {
    status: RunStatus,
    phase: RunPhase,
    total_tokens: u64,
    reason: &'a str,
}

/// A project as it stands.
pub(super) struct Stand {
    pub(super) standings: Vec<Standing>,
    pub(super) state: Option<RunState>,
    pub(super) is_certified: bool,
    pub(super) project: Arc<Project>,
}

impl Status {
    /// Shows where the project stands.
    pub(crate) async fn run(self, context: &Context) -> Result<Exit, Failure> {
        let wanted = Wanted { first: self.place.as_deref(), second: self.component.as_deref() };
        let stand = Stand::look(context, wanted).await?;
        let rows: Vec<Row<'_>> = stand.standings.iter().map(Row::new).collect();
        let next = table::next(&stand.standings, stand.is_certified);
        if self.json {
            let run = stand.state.as_ref().map(|state| RunLine {
                status: state.status,
                phase: state.phase,
                total_tokens: state.total_tokens,
                reason: &state.pause_reason,
            });
            let certified = stand.is_certified;
            context.ui.json(&Document { schema: "pact/status@1", run, components: rows, certified, next })?;
            return Ok(Exit::Good);
        }
        let run = stand.state.as_ref().map_or_else(|| "run: none yet\n".to_owned(), run_line);
        let components = if rows.is_empty() { "no components yet\n".to_owned() } else { table::short(&rows) };
        context.ui.data(&format!("{run}\n{components}\nnext: {next}\n"))?;
        Ok(Exit::Good)
    }
}

impl Stand {
    /// Looks at the project that was meant.
    pub(super) async fn look(context: &Context, wanted: Wanted<'_>) -> Result<Self, Failure> {
        let (folder, component) = match Place::find(&context.world, wanted)? {
            Place::Project { folder, component } => (folder, component),
            // Without components there is still the run to show.
            Place::Folder(folder) => (project::locate(context, wanted.first.map(|_| folder.as_path()))?, None),
        };
        let Opened { folder, project, settings } = Opened::to_read(context, &folder)?;
        let state = project.state().map_err(bad_workspace)?;
        let is_certified = project.certificate().map_err(bad_workspace)?.is_some();
        let standings = match Plan::read(&project)? {
            Some(mut plan) => {
                let toolbox = Toolbox::open_for_project(context, &folder, &settings, None)?;
                let languages = LazyLanguages::of_components(&toolbox, &settings, &folder, plan.ids())?;
                plan.only(component.as_deref())?;
                let policy = component_suite::policy(Some(context.canary_key()?), &settings.suites);
                Standing::of_all(&plan, &project, &languages, &policy).await?
            }
            None if component.is_some() => return Err(Failure::usage(anyhow!("this project has no components yet"))),
            None => Vec::new(),
        };
        Ok(Self { standings, state, is_certified, project })
    }
}

fn run_line(state: &RunState) -> String {
    let word = |value: serde_json::Result<serde_json::Value>| {
        value.ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    };
    let (status, phase) = (word(serde_json::to_value(state.status)), word(serde_json::to_value(state.phase)));
    let reason = if state.pause_reason.is_empty() { String::new() } else { format!(", {}", line(&state.pause_reason)) };
    let theirs = if state.schema == RunState::SCHEMA { "" } else { " (not written by this pact)" };
    let at = match state.phase {
        RunPhase::At(_) => format!(" at {phase}"),
        RunPhase::Done(_) => String::new(),
    };
    format!("run: {status}{at}{reason}, {} tokens{theirs}\n", state.total_tokens)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_run_is_one_line_and_says_when_it_is_somebody_elses() {
        let state = |json| run_line(&serde_json::from_value::<RunState>(json).unwrap());
        let ours = serde_json::json!({"schema": "pact/state@1", "id": "0", "project_dir": "/p", "status": "paused",
            "phase": "implement", "total_tokens": 12, "pause_reason": "asked to stop after author_tests"});
        assert_eq!(state(ours), "run: paused at implement, asked to stop after author_tests, 12 tokens\n");
        let theirs = serde_json::json!({"id": "0", "project_dir": "/p", "status": "completed", "phase": "complete"});
        assert_eq!(state(theirs), "run: completed, 0 tokens (not written by this pact)\n");
    }
}
