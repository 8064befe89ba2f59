//! `pact doctor`: what is installed, what loads, and whether the sandbox holds on this machine with this very binary.

mod attempt;
mod document;
mod examination;
mod machine;
mod report;

use clap::Args;
use pact_grants::UserGrants;

use super::Context;
use crate::exit::{Exit, Failure};
use crate::toolbox::{Plugin, Toolbox};
use crate::ui::text;
use document::{CheckedPlugin, Document};

/// The arguments of `pact doctor`.
#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// Prints one JSON document instead of the report
    #[arg(long)]
    json: bool,
}

impl Doctor {
    /// Examines this machine.
    pub(crate) async fn run(self, context: &Context) -> Result<Exit, Failure> {
        let toolbox = Toolbox::open(context, UserGrants::default())?;
        let plugins = toolbox.plugins().iter().map(|plugin| check(&toolbox, plugin)).collect();
        let sandbox = examination::examine(context, &toolbox).await?;
        // Last, so that it counts what was compiled now.
        let machine = machine::look(&context.world);
        let document = Document::new(machine, plugins, sandbox);
        if self.json {
            context.ui.json(&document)?;
        } else {
            context.ui.data(&report::report(&document, context.ui.out))?;
        }
        Ok(document.exit())
    }
}

fn check(toolbox: &Toolbox, plugin: &Plugin) -> CheckedPlugin {
    let loading = toolbox.try_load(plugin);
    CheckedPlugin {
        id: plugin.manifest().id.to_string(),
        version: plugin.manifest().version.clone(),
        world: plugin.manifest().world,
        origin: plugin.file().origin.clone(),
        compiled: loading.was_compiled,
        seconds: loading.took.as_secs_f64(),
        error: loading.result.err().map(|failure| text(failure.words().trim_end())),
    }
}
