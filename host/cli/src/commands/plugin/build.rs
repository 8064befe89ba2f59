//! `pact plugin build`: a source folder becomes one file, as `cargo plugins` makes the shipped ones.

use std::path::PathBuf;

use anyhow::Error;
use clap::Args;
use serde::Serialize;

use crate::commands::Context;
use crate::exit::{Exit, Failure};
use crate::files::size;
use crate::toolbox::Plugin;
use crate::ui::line;

/// The arguments of `pact plugin build`.
#[derive(Debug, Args)]
pub(crate) struct Build {
    /// The folder with `plugin.toml`, and `Cargo.toml` or `build.toml`
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Prints one JSON document instead of the report
    #[arg(long)]
    json: bool,
}

/// `pact/plugin-build@1`.
#[derive(Debug, Serialize)]
struct Document {
    schema: &'static str,
    id: String,
    path: PathBuf,
    bytes: u64,
    digest: String,
}

impl Build {
    pub(super) async fn run(self, context: &Context) -> Result<Exit, Failure> {
        let folder = context.world.path(&self.folder);
        if !folder.is_dir() {
            return Err(Failure::usage(anyhow::anyhow!("`{}` is no folder", self.folder.display())));
        }
        // It waits for compilers.
        let built = tokio::task::spawn_blocking(move || pact_builder::build_folder(&folder)).await;
        let built = built.map_err(Failure::bug)?.map_err(|error| {
            let repeat = error.repeat().map(|line| format!("to repeat what failed alone:\n{line}"));
            repeat.into_iter().fold(Failure::usage(Error::new(error)), Failure::hint)
        })?;
        // As the host will read it: what the builder accepts and the host refuses is found now, not when it is used.
        let plugin = Plugin::from_file(&built.path)?;
        let document = Document {
            schema: "pact/plugin-build@1",
            id: built.id,
            bytes: plugin.file().bytes.len() as u64,
            digest: plugin.file().digest(),
            path: built.path,
        };
        if self.json {
            context.ui.json(&document)?;
        } else {
            let path = line(&document.path.display().to_string());
            let lines = format!(
                "built `{}`: {path} ({}, sha256 {})\nto use it in a project, add to its pact.yaml:\nplugins: {{ {}: {path} }}\n",
                document.id,
                size(document.bytes),
                document.digest,
                document.id
            );
            context.ui.data(&lines)?;
        }
        Ok(Exit::Good)
    }
}
