//! `pact plugin list`: the plugins that there are.

use clap::Args;
use comfy_table::{Table, presets};
use pact_grants::World;
use serde::Serialize;

use super::Surroundings;
use crate::commands::Context;
use crate::exit::{Exit, Failure};
use crate::files::size;
use crate::ui::line;

/// How much of a digest tells plugins apart for a person.
const SHORT_DIGEST: usize = 12;

/// The arguments of `pact plugin list`.
#[derive(Debug, Args)]
pub(crate) struct List {
    /// Prints one JSON document instead of the table
    #[arg(long)]
    json: bool,
}

/// `pact/plugin-list@1`.
#[derive(Debug, Serialize)]
struct Document {
    schema: &'static str,
    plugins: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    id: String,
    version: String,
    world: World,
    license: String,
    description: Option<String>,
    /// Where the file came from.
    origin: String,
    bytes: u64,
    /// SHA-256 of the file.
    digest: String,
}

impl List {
    pub(super) fn run(self, context: &Context) -> Result<Exit, Failure> {
        let surroundings = Surroundings::find(context)?;
        let rows = surroundings.toolbox.plugins().iter().map(|plugin| {
            let manifest = plugin.manifest();
            Row {
                id: manifest.id.to_string(),
                version: manifest.version.clone(),
                world: manifest.world,
                license: manifest.license.clone(),
                description: manifest.description.clone(),
                origin: plugin.file().origin.clone(),
                bytes: plugin.file().bytes.len() as u64,
                digest: plugin.file().digest(),
            }
        });
        let document = Document { schema: "pact/plugin-list@1", plugins: rows.collect() };
        if self.json {
            context.ui.json(&document)?;
        } else {
            context.ui.data(&table(&document.plugins))?;
        }
        Ok(Exit::Good)
    }
}

fn table(rows: &[Row]) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_header(["id", "version", "world", "licence", "size", "sha256", "from"]);
    for row in rows {
        table.add_row([
            row.id.clone(),
            line(&row.version),
            row.world.to_string(),
            line(&row.license),
            size(row.bytes),
            row.digest.chars().take(SHORT_DIGEST).collect(),
            line(&row.origin),
        ]);
    }
    let lines: Vec<String> = table.lines().map(|line| format!("{}\n", line.trim())).collect();
    lines.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plugin_is_a_line_and_its_words_cannot_control_the_terminal() {
        let row = |id: &str, license: &str| Row {
            id: id.to_owned(),
            version: "0.1.0".to_owned(),
            world: World::LanguageBackend,
            license: license.to_owned(),
            description: None,
            origin: "inside this executable".to_owned(),
            bytes: 2_200_000,
            digest: "0123456789abcdef".repeat(4),
        };
        insta::assert_snapshot!(table(&[row("python", "MIT"), row("x", "\u{1b}[2J")]), @r"
        id      version  world             licence    size   sha256        from
        python  0.1.0    language-backend  MIT        2 MiB  0123456789ab  inside this executable
        x       0.1.0    language-backend  \u{1b}[2J  2 MiB  0123456789ab  inside this executable
        ");
    }
}
