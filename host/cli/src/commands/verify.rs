//! `pact verify`: whether a project is still what its certificate speaks of, and whether it does again what was certified.

mod compared;
mod rerun;

use std::path::PathBuf;

use anyhow::anyhow;
use clap::Args;
use pact_model::certificate::Certificate;
use pact_pipeline::ports::Workspace;
use serde::Serialize;

use super::Context;
use crate::exit::{Exit, Failure};
use crate::project::{self, Opened, Plan, bad_workspace};
use crate::toolbox::{LazyLanguages, Toolbox};
use crate::ui::line;

use compared::Line;
use rerun::Rerun;

/// The arguments of `pact verify`.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// The project [default: the project around the working folder]
    #[arg(value_name = "DIR")]
    place: Option<PathBuf>,
    /// Judges every component again and compares what comes out: tests, checks, and the fuel where plugins and canaries are
    /// those that the certificate names. No cached verdict counts
    #[arg(long)]
    rerun: bool,
    /// Prints one JSON document
    #[arg(long)]
    json: bool,
}

/// `pact/verify@1`.
#[derive(Debug, Serialize)]
struct Document<'a> {
    schema: &'static str,
    /// Whether all that was compared is the same.
    holds: bool,
    certificate: About<'a>,
    compared: &'a [Line],
    /// Absent without `--rerun`.
    #[serde(skip_serializing_if = "Option::is_none")]
    rerun: Option<&'a [Rerun]>,
}

#[derive(Debug, Serialize)]
struct About<'a> {
    project_id: &'a str,
    timestamp: &'a str,
    verdict: pact_model::certificate::CertificateVerdict,
}

impl Verify {
    /// Compares, and says what differs.
    pub(crate) async fn run(self, context: &Context) -> Result<Exit, Failure> {
        let folder = project::locate(context, self.place.as_deref())?;
        let opened = Opened::to_read(context, &folder)?;
        let certificate = opened.project.certificate().map_err(bad_workspace)?.ok_or_else(|| {
            Failure::usage(anyhow!("this project has no certificate"))
                .hint("`pact run --implement` writes one when all components have been judged")
        })?;
        let plan = Plan::read(&opened.project)?
            .ok_or_else(|| Failure::artefact(anyhow!("there is a certificate, but no components")))?;
        let toolbox = Toolbox::open_for_project(context, &opened.folder, &opened.settings, None)?;
        let languages = LazyLanguages::of_components(&toolbox, &opened.settings, &opened.folder, plan.ids())?;
        let compared = compared::all(&certificate, &plan, &opened.project, &languages).await?;
        if !self.json {
            context.ui.data(&shown(&certificate, &compared))?;
        }
        let reruns = match self.rerun {
            true => Some(self.again(context, &certificate, &plan, &opened, &languages).await?),
            false => None,
        };
        let holds =
            compared.iter().all(|line| line.holds) && reruns.iter().flatten().all(|rerun| rerun.differences.is_empty());
        if self.json {
            let about = About {
                project_id: &certificate.project_id,
                timestamp: &certificate.timestamp,
                verdict: certificate.verdict,
            };
            let schema = "pact/verify@1";
            let rerun = reruns.as_deref();
            context.ui.json(&Document { schema, holds, certificate: about, compared: &compared, rerun })?;
        } else {
            context.ui.data(if holds { "the certificate holds\n" } else { "the certificate does not hold\n" })?;
        }
        Ok(if holds { Exit::Good } else { Exit::Wanting })
    }

    async fn again(
        &self,
        context: &Context,
        certificate: &Certificate,
        plan: &Plan,
        opened: &Opened,
        languages: &LazyLanguages<'_>,
    ) -> Result<Vec<Rerun>, Failure> {
        let digests = languages.digests(plan.ids()).await?;
        let (project, suites) = (&opened.project, opened.settings.suites.as_slice());
        let bench = rerun::Bench { context, certificate, plan, project, languages, suites, digests: &digests };
        let mut reruns = Vec::new();
        for id in &certificate.components {
            let rerun = bench.judge(id).await?;
            if !self.json {
                context.ui.data(&rerun.words())?;
            }
            reruns.push(rerun);
        }
        Ok(reruns)
    }
}

fn shown(certificate: &Certificate, compared: &[Line]) -> String {
    let mut text = format!("certificate of {}: {}\n", line(&certificate.timestamp), line(&certificate.summary));
    for line in compared {
        text.push_str(&line.words());
    }
    text
}
