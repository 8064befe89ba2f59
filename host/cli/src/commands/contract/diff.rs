//! `pact contract diff`: each change between two versions of a contract, weighed mechanically.

use std::path::PathBuf;

use clap::Args;
use pact_model::contract::diff::{Change, Weight, diff};
use serde::Serialize;

use super::file;
use crate::commands::Context;
use crate::exit::{Exit, Failure};
use crate::ui::{Colour, line};

/// The arguments of `pact contract diff`.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The file of the older version
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The file of the newer version. With other content it must have a higher version: else the code is 1
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Prints one JSON document
    #[arg(long)]
    json: bool,
}

/// `pact/contract-diff@1`.
#[derive(Debug, Serialize)]
struct Document<'a> {
    schema: &'static str,
    component: &'a str,
    old_version: u32,
    new_version: u32,
    /// None where nothing changed.
    weight: Option<Weight>,
    required_version: u32,
    bumped: bool,
    changes: &'a [Change],
}

impl Diff {
    /// Compares the two.
    pub(crate) fn run(self, context: &Context) -> Result<Exit, Failure> {
        let old = file::read(&context.world.path(&self.old), &self.old)?;
        let new = file::read(&context.world.path(&self.new), &self.new)?;
        let difference = diff(&old, &new);
        let exit = if difference.is_bumped { Exit::Good } else { Exit::Wanting };
        if self.json {
            context.ui.json(&Document {
                schema: "pact/contract-diff@1",
                component: new.component_id.as_str(),
                old_version: old.version,
                new_version: new.version,
                weight: difference.weight(),
                required_version: difference.required_version,
                bumped: difference.is_bumped,
                changes: &difference.changes,
            })?;
            return Ok(exit);
        }
        let mut text = String::new();
        for change in &difference.changes {
            let (word, colour) = named(change.weight);
            let pointer = if change.pointer.is_empty() { "/" } else { &change.pointer };
            let padding = " ".repeat("compatible".len() - word.len());
            text.push_str(&format!(
                "{}{padding}  {}\n",
                context.ui.out.paint(word, colour),
                line(&format!("{pointer}: {}", change.message))
            ));
        }
        let whole = difference.weight().map_or("nothing changed", |weight| named(weight).0);
        text.push_str(&format!("{}: {whole}, version {} to {}\n", new.component_id, old.version, new.version));
        if !difference.is_bumped {
            text.push_str(&format!(
                "the content changed, so the version must be {} or higher\n",
                difference.required_version
            ));
        }
        context.ui.data(&text)?;
        Ok(exit)
    }
}

pub(super) fn named(weight: Weight) -> (&'static str, Colour) {
    match weight {
        Weight::Compatible => ("compatible", Colour::Green),
        Weight::Stricter => ("stricter", Colour::Yellow),
        Weight::Breaking => ("breaking", Colour::Red),
    }
}
