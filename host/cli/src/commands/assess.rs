//! `pact assess`: what assessors say about the sources of a folder or a project. Advice, never a verdict.

mod document;
mod report;
mod sources;

use std::path::{Path, PathBuf};

use clap::Args;
use pact_grants::UserGrants;
use pact_model::assessment::{AssessorFinding, AssessorInfo, FindingSeverity};
use pact_model::facts::Facts;
use pact_pipeline::ports::{AssessError, Assessor as _};
use pact_store::Settings;

use super::Context;
use crate::exit::{Exit, Failure};
use crate::project::{self, Opened};
use crate::toolbox::Toolbox;

/// The arguments of `pact assess`.
#[derive(Debug, Args)]
pub(crate) struct Assess {
    /// The folder whose sources to assess [default: the project around the working folder, else the working folder]
    #[arg(value_name = "DIR")]
    directory: Option<PathBuf>,
    /// A folder, relative to DIR, whose modules are imported without a package; may be given several times. A project with
    /// components knows its own
    #[arg(long = "import-path", value_name = "DIR")]
    import_paths: Vec<String>,
    /// Prints one JSON document instead of the report
    #[arg(long)]
    json: bool,
}

/// What all assessors found, sorted by place.
struct Assessment {
    assessors: Vec<AssessorInfo>,
    facts: Facts,
    findings: Vec<Found>,
}

/// A finding with the assessor that made it.
struct Found {
    assessor: String,
    finding: AssessorFinding,
}

impl Assess {
    /// Assesses the sources.
    pub(crate) async fn run(self, context: &Context) -> Result<Exit, Failure> {
        let folder = self.folder(context);
        let opened = match project::is_project(&folder) {
            true => Some(Opened::to_read(context, &folder)?),
            false => None,
        };
        let settings = opened.as_ref().map(|opened| opened.settings.clone()).unwrap_or_default();
        let toolbox = match &opened {
            Some(_) => Toolbox::open_for_project(context, &folder, &settings, None)?,
            None => Toolbox::open(context, UserGrants::default())?,
        };
        let facts = sources::facts(&self, context, &toolbox, &settings, opened.as_ref(), &folder).await?;
        let assessment = assess(&toolbox, &settings, facts).await?;
        if self.json {
            context.ui.json(&document::Document::new(&assessment))?;
        } else {
            context.ui.data(&report::report(&assessment, context.ui.out))?;
        }
        let has_error = assessment.count(FindingSeverity::Error) > 0;
        Ok(if has_error { Exit::Wanting } else { Exit::Good })
    }

    fn folder(&self, context: &Context) -> PathBuf {
        let world = &context.world;
        match &self.directory {
            Some(directory) => world.path(directory),
            None => project::find_above(&world.folder).map_or_else(|| world.folder.clone(), Path::to_owned),
        }
    }
}

/// Each language by itself: a module of one and a module of another may have the same name.
async fn assess(toolbox: &Toolbox, settings: &Settings, languages: Vec<Facts>) -> Result<Assessment, Failure> {
    let mut assessors = Vec::new();
    let mut findings = Vec::new();
    for assessor in toolbox.assessors(settings).await? {
        let info = assessor.info().clone();
        for facts in &languages {
            let found = assessor.assess(facts).await.map_err(failure)?;
            findings.extend(found.into_iter().map(|finding| Found { assessor: info.plugin.clone(), finding }));
        }
        assessors.push(info);
    }
    // Stable: at one place the assessors speak in the order of their ids.
    findings.sort_by(|left, right| left.finding.place.cmp(&right.finding.place));
    let mut facts = Facts::default();
    for of_one in languages {
        facts.files.extend(of_one.files);
        facts.unparsed.extend(of_one.unparsed);
    }
    Ok(Assessment { assessors, facts, findings })
}

impl Assessment {
    fn count(&self, severity: FindingSeverity) -> usize {
        self.findings.iter().filter(|found| found.finding.severity == severity).count()
    }
}

fn failure(error: AssessError) -> Failure {
    match error {
        AssessError::InvalidInput { ref plugin, .. } => {
            let hint = format!("they stand in pact.yaml under `plugins: {{ {plugin}: {{ settings: ... }} }}`");
            Failure::usage(error).hint(hint)
        }
        AssessError::Plugin(fault) => Failure::plugin(fault),
    }
}
