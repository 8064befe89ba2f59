//! `pact licenses`: the notices of everything that this binary is made of, and of each plugin.

use clap::Args;
use pact_grants::UserGrants;
use serde::Serialize;

use super::Context;
use crate::exit::{Exit, Failure};
use crate::toolbox::{Plugin, Toolbox};
use crate::ui::whole_text;

include!(concat!(env!("OUT_DIR"), "/notices.rs"));

/// The arguments of `pact licenses`.
#[derive(Debug, Args)]
pub(crate) struct Licenses {
    /// The id of a plugin [default: pact itself and every shipped plugin]
    plugin: Option<String>,
    /// Prints one JSON document instead of the text
    #[arg(long)]
    json: bool,
}

/// `pact/licenses@1`.
#[derive(Debug, Serialize)]
struct Document {
    schema: &'static str,
    parts: Vec<Part>,
}

/// Something with its notices.
#[derive(Debug, Serialize)]
struct Part {
    /// `pact`, or the id of a plugin.
    of: String,
    /// Its own licence, an SPDX expression.
    license: String,
    /// The notices of everything in it. Of a plugin: untrusted text.
    notices: String,
}

impl Licenses {
    /// Prints them.
    pub(crate) fn run(self, context: &Context) -> Result<Exit, Failure> {
        let toolbox = Toolbox::open(context, UserGrants::default())?;
        let mut parts = Vec::new();
        match &self.plugin {
            Some(id) => parts.push(of_plugin(toolbox.plugin(id)?)?),
            None => {
                parts.push(of_pact()?);
                for plugin in toolbox.plugins() {
                    parts.push(of_plugin(plugin)?);
                }
                // It is inside this executable like the others, although no command lists it.
                parts.push(of_plugin(&Plugin::doctor_guest(&context.world)?)?);
            }
        }
        if self.json {
            context.ui.json(&Document { schema: "pact/licenses@1", parts })?;
        } else {
            context.ui.data(&text(&parts))?;
        }
        Ok(Exit::Good)
    }
}

fn of_pact() -> Result<Part, Failure> {
    let notices = OF_PACT.ok_or_else(|| {
        Failure::usage(anyhow::anyhow!("this pact was built without the notices of its own crates"))
            .hint("run `cargo plugins`, which collects them, then build pact again in the release profile")
    })?;
    Ok(Part { of: "pact".to_owned(), license: env!("CARGO_PKG_LICENSE").to_owned(), notices: notices.to_owned() })
}

fn of_plugin(plugin: &Plugin) -> Result<Part, Failure> {
    let id = &plugin.manifest().id;
    let context = || format!("read the notices of the plugin `{id}`");
    let notices = plugin.file().licenses().map_err(|error| Failure::plugin(error).context(context()))?;
    let notices = notices.ok_or_else(|| {
        Failure::plugin(anyhow::anyhow!("its file has none"))
            .context(context())
            .hint("`pact plugin build` collects them")
    })?;
    Ok(Part { of: id.to_string(), license: plugin.manifest().license.clone(), notices })
}

fn text(parts: &[Part]) -> String {
    let parts: Vec<String> = parts
        .iter()
        .map(|part| {
            let heading = format!("{}\n{} ({})", "#".repeat(78), part.of, whole_text(&part.license));
            format!("{heading}\n\n{}\n", whole_text(part.notices.trim()))
        })
        .collect();
    parts.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_a_heading_and_long_notices_are_whole() {
        let part = |of: &str, notices: String| Part { of: of.to_owned(), license: "MIT".to_owned(), notices };
        let shown = text(&[part("pact", "x".repeat(50_000)), part("p", "\u{1b}[2Jy\n".to_owned())]);
        let rule = "#".repeat(78);
        assert!(shown.starts_with(&format!("{rule}\npact (MIT)\n\n{}\n", "x".repeat(50_000))));
        assert!(shown.ends_with(&format!("{rule}\np (MIT)\n\n\\u{{1b}}[2Jy\n")), "{}", &shown[50_000..]);
    }
}
