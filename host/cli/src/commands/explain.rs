//! `pact explain`: why a finding is one, and how to mend it.

use anyhow::anyhow;
use clap::Args;
use pact_model::finding::Severity;
use pact_model::finding::codes::{self, Rule};
use serde::Serialize;

use super::Context;
use crate::exit::{Exit, Failure};

/// The arguments of `pact explain`.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The code of the finding, for example `unknown-type` [default: all of them, in short]
    #[arg(value_name = "CODE")]
    code: Option<String>,
    /// Prints one JSON document
    #[arg(long)]
    json: bool,
}

/// `pact/explain@1`.
#[derive(Debug, Serialize)]
struct Document {
    schema: &'static str,
    rules: Vec<Explained>,
}

#[derive(Debug, Serialize)]
struct Explained {
    code: &'static str,
    /// None where it depends on the place.
    severity: Option<Severity>,
    why: &'static str,
    mend: &'static str,
    example: &'static str,
}

impl Explain {
    /// Explains one code, or lists all.
    pub(crate) fn run(self, context: &Context) -> Result<Exit, Failure> {
        let rules = match self.code.as_deref() {
            Some(code) => vec![codes::find(code.trim_matches(['[', ']'])).ok_or_else(|| unknown(code))?],
            None => codes::all(),
        };
        if self.json {
            let rules = rules.into_iter().map(explained).collect();
            context.ui.json(&Document { schema: "pact/explain@1", rules })?;
        } else if self.code.is_some() {
            context.ui.data(&rules.into_iter().map(whole).collect::<String>())?;
        } else {
            let width = rules.iter().map(|rule| rule.code.len()).max().unwrap_or_default();
            let line = |rule: &Rule| format!("{:width$}  {}\n", rule.code, weight(rule));
            context.ui.data(&rules.into_iter().map(line).collect::<String>())?;
        }
        Ok(Exit::Good)
    }
}

fn explained(rule: &Rule) -> Explained {
    let Rule { code, severity, why, mend, example } = *rule;
    Explained { code, severity, why, mend, example }
}

fn whole(rule: &Rule) -> String {
    format!(
        "{} ({})\n\nwhy      {}\nmend     {}\nexample  {}\n",
        rule.code,
        weight(rule),
        rule.why,
        rule.mend,
        rule.example
    )
}

fn weight(rule: &Rule) -> &'static str {
    match rule.severity {
        Some(Severity::Error) => "error",
        Some(Severity::Warning) => "warning",
        None => "error or warning",
    }
}

fn unknown(code: &str) -> Failure {
    let parts: Vec<&str> = code.split('-').filter(|part| part.len() > 2).collect();
    let near: Vec<&str> = codes::all()
        .iter()
        .map(|rule| rule.code)
        .filter(|known| parts.iter().any(|part| known.split('-').any(|other| other == *part)))
        .collect();
    let failure = Failure::usage(anyhow!("there is no code `{}`", code.escape_debug()));
    if near.is_empty() {
        failure.hint("`pact explain` lists all of them")
    } else {
        failure.hint(format!("perhaps {}", near.join(", ")))
    }
}
