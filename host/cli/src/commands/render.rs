//! `pact render`: a contract as source text. For looking at contracts, so it shows what it can of one that no project would accept.

mod files;

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::anyhow;
use clap::Args;
use pact_grants::{UserGrants, World as PluginWorld};
use pact_model::component_id::ComponentId;
use pact_model::contract::ComponentContract;
use pact_model::finding::Finding;
use pact_model::validation::check_contract;
use pact_pipeline::ports::{Artefact, BackendError, LanguageBackend, Workspace};
use pact_pipeline::rendering;
use pact_store::{LanguageSetting, Settings};
use serde::Serialize;

use super::Context;
use super::contract::file;
use crate::exit::{Exit, Failure};
use crate::project::{Opened, bad_run, bad_workspace, find_above};
use crate::toolbox::Toolbox;
use crate::ui::line;

use files::Written;

const EXAMPLES: &str = "Examples:
  pact render contracts/bank/interface.json --lang typescript -o /tmp/bank
  pact render bank -o rendered            (a component, in the language that pact.yaml sets for it)

A contract file needs no project. What is wrong with the contract is said on stderr and stops nothing: a type that nobody
knows becomes an opaque value, a validator that cannot be read becomes a comment, a name that the language refuses gets
another one. The code is 0 when the JSON is a contract.";

/// The arguments of `pact render`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Render {
    /// The file of a contract, or a component of the project around. What contains `/` or ends in `.json` is a file
    #[arg(value_name = "CONTRACT|COMPONENT")]
    what: PathBuf,
    /// The language [default: the component's, as pact.yaml sets it]
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
    /// The folder to write into, below which the files have the names that they have in a project. Nothing is written
    /// elsewhere
    #[arg(short, long = "output", value_name = "DIR")]
    output: PathBuf,
    /// Replaces files in DIR that have other content
    #[arg(long)]
    force: bool,
    /// Prints one JSON document
    #[arg(long)]
    json: bool,
}

/// `pact/render@1`.
#[derive(Debug, Serialize)]
struct Document<'a> {
    schema: &'static str,
    component: &'a str,
    language: &'a str,
    files: &'a [Written],
    findings: &'a [Finding],
}

/// A contract with the place that it was read from.
struct Source {
    contract: ComponentContract,
    /// For findings.
    file: String,
    /// The project that it belongs to.
    project: Option<(PathBuf, Settings)>,
}

impl Render {
    /// Renders the contract.
    pub(crate) async fn run(self, context: &Context) -> Result<Exit, Failure> {
        let Source { contract, file, project } = self.read(context)?;
        let (toolbox, language, folder) = match &project {
            Some((folder, settings)) => {
                let toolbox = Toolbox::open_for_project(context, folder, settings, None)?;
                let set = settings.language.of(&contract.component_id).cloned();
                (toolbox, set, folder.clone())
            }
            None => (Toolbox::open(context, UserGrants::default())?, None, context.world.folder.clone()),
        };
        let language = self.lang.clone().map(LanguageSetting::Named).or(language);
        let language = language.ok_or_else(|| {
            let known: Vec<&str> = toolbox.manifests(PluginWorld::LanguageBackend).map(|it| it.id.as_str()).collect();
            Failure::usage(anyhow!("no language is named")).hint(format!("name one with --lang: {}", known.join(", ")))
        })?;
        let pair = toolbox.pair(&language, &folder).await?;
        // What another component's contract would say is not looked at, so every dependency may exist.
        let known: BTreeSet<ComponentId> =
            contract.dependencies.iter().filter_map(|id| ComponentId::new(id.as_str()).ok()).collect();
        let mut findings = check_contract(&contract, &contract.component_id, &known, &file);
        let rendering =
            rendering::render(&contract, &file, &findings, &*pair.backend).await.map_err(|error| match error {
                error @ BackendError::Invalid(_) => Failure::usage(error).context(format!("render `{file}`")),
                BackendError::Plugin(fault) => bad_run(fault.into()),
            })?;
        findings.extend(rendering.findings);
        for finding in &findings {
            context.ui.say(&format!("{}: {}", severity(finding), line(&finding.to_string())));
        }
        let names = rendering.names;
        let files =
            [(names.types, rendering.types), (names.interface, rendering.stub), (names.stand_in, rendering.stand_in)];
        let written = files::write(&context.world.path(&self.output), &self.output, &files, self.force)?;
        if self.json {
            context.ui.json(&Document {
                schema: "pact/render@1",
                component: contract.component_id.as_str(),
                language: &LanguageBackend::info(&*pair.backend).language,
                files: &written,
                findings: &findings,
            })?;
        } else {
            let text: String =
                written.iter().map(|file| format!("{:<9}  {}\n", file.state.word(), line(&file.path))).collect();
            context.ui.data(&text)?;
        }
        Ok(Exit::Good)
    }

    fn read(&self, context: &Context) -> Result<Source, Failure> {
        let text = self.what.to_string_lossy();
        let is_file = text.contains('/') || self.what.extension().is_some_and(|ending| ending == "json");
        if is_file {
            let contract = file::read(&context.world.path(&self.what), &self.what)?;
            return Ok(Source { contract, file: text.into_owned(), project: None });
        }
        let folder = find_above(&context.world.folder).ok_or_else(|| {
            Failure::usage(anyhow!(
                "`{text}` is no file, and there is no project here or above that it could be a component of"
            ))
        })?;
        let Opened { folder, project, settings } = Opened::to_read(context, folder)?;
        let id = ComponentId::new(text.as_ref()).map_err(Failure::usage)?;
        let contract = project.contract(&id).map_err(bad_workspace)?;
        let contract = contract.ok_or_else(|| {
            Failure::usage(anyhow!("the component `{id}` has no contract")).hint("`pact components` lists them")
        })?;
        let file = project.path_of(&Artefact::Contract(id));
        Ok(Source { contract, file, project: Some((folder, settings)) })
    }
}

fn severity(finding: &Finding) -> &'static str {
    if finding.is_error() { "error" } else { "warning" }
}
