//! `pact components`: each component, what it depends on and where it stands.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::Context;
use super::status::Stand;
use super::status::table::{self, Row};
use crate::exit::{Exit, Failure};
use crate::project::Wanted;

/// The arguments of `pact components`.
#[derive(Debug, Args)]
pub(crate) struct Components {
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

/// `pact/components@1`.
#[derive(Debug, Serialize)]
struct Document<'a> {
    schema: &'static str,
    components: Vec<Row<'a>>,
    next: &'static str,
}

impl Components {
    /// Lists the components.
    pub(crate) async fn run(self, context: &Context) -> Result<Exit, Failure> {
        let wanted = Wanted { first: self.place.as_deref(), second: self.component.as_deref() };
        let stand = Stand::look(context, wanted).await?;
        let components: Vec<Row<'_>> = stand.standings.iter().map(Row::new).collect();
        let next = table::next(&stand.standings, stand.is_certified);
        if self.json {
            context.ui.json(&Document { schema: "pact/components@1", components, next })?;
        } else if components.is_empty() {
            context.ui.data(&format!("no components yet\n\nnext: {next}\n"))?;
        } else {
            context.ui.data(&format!("{}\nnext: {next}\n", table::long(&components)))?;
        }
        Ok(Exit::Good)
    }
}
