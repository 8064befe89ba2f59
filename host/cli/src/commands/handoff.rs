//! `pact handoff`: the text that an author of code gets, as a run sends it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::anyhow;
use clap::Args;
use pact_model::contract::ComponentContract;
use pact_model::rendered_suite::RenderedSuite;
use pact_pipeline::ports::{BackendError, Brief, ContractBackend, LanguageBackend, Workspace};
use pact_pipeline::{BriefIssue, Expected, Level, Subject, estimated_tokens, inspect, phases};
use serde::Serialize;

use super::Context;
use crate::exit::{Exit, Failure};
use crate::project::{Opened, Place, Plan, Wanted, bad_run, bad_workspace};
use crate::toolbox::{LazyLanguages, Toolbox};
use crate::ui::{Colour, line, whole_text};

const EXAMPLES: &str = "Examples:
  pact handoff bank
  pact handoff ../shop bank --json
  pact handoff bank --validate --max-tokens 4000

The text is the one that `pact run --implement` sends in the first attempt, word for word: the
rules of the role, the house rules, the contract, the interface in the component's language, its
types, what it may call, and the visible tests. Later attempts are told what was wrong as well.
What was sent lies in `.pact/briefs/implement`.

--validate looks at the text instead of printing it: all of the contract, the interface and the
tests stand in it, whole, in fences that nothing in them closes, in the component's language and
in this order; what the component calls is shown; and it is not too long. Exit code 1 when one of
these is an error. A token is estimated as four characters.";

/// The arguments of `pact handoff`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Handoff {
    /// A component of the project around, or the project that the component is of
    #[arg(value_name = "COMPONENT|DIR")]
    place: PathBuf,
    /// A component of DIR
    #[arg(value_name = "COMPONENT")]
    component: Option<String>,
    /// Looks whether the text tells its reader what it must, instead of printing it
    #[arg(long)]
    validate: bool,
    /// Makes it an error when the text has more than N tokens
    #[arg(long, value_name = "N", requires = "validate")]
    max_tokens: Option<u64>,
    /// Prints one JSON document
    #[arg(long)]
    json: bool,
}

/// `pact/handoff@1`.
#[derive(Debug, Serialize)]
struct Document<'a> {
    schema: &'static str,
    component: &'a str,
    language: &'a str,
    /// The part that is the same for every component of the run.
    system: &'a str,
    /// The part about this component.
    user: &'a str,
}

/// `pact/handoff-validation@1`.
#[derive(Debug, Serialize)]
struct Validation<'a> {
    schema: &'static str,
    component_id: &'a str,
    /// Characters by four.
    token_estimate: u64,
    issues: &'a [BriefIssue],
    /// Whether no issue is an error.
    valid: bool,
}

/// Refuses a contract that the language has something against: a run would have had it mended before.
async fn check_writable(
    contract: &ComponentContract,
    language: &str,
    backend: &dyn ContractBackend,
) -> Result<(), Failure> {
    match backend.render_stub(contract).await {
        Ok(_) => Ok(()),
        Err(BackendError::Plugin(fault)) => Err(bad_run(fault.into())),
        Err(BackendError::Invalid(faults)) => {
            let id = &contract.component_id;
            let faults: Vec<String> = faults.iter().map(|it| format!("{} {}", it.pointer(), it.message)).collect();
            Err(Failure::artefact(anyhow!(
                "the contract of `{id}` cannot be written in {language}: {}",
                faults.join("; ")
            ))
            .hint("mend it; `pact validate` checks all contracts, `pact render` writes what can be written"))
        }
    }
}

impl Handoff {
    /// Prints the text.
    pub(crate) async fn run(self, context: &Context) -> Result<Exit, Failure> {
        let wanted = Wanted { first: Some(&self.place), second: self.component.as_deref() };
        let Place::Project { folder, component: Some(wanted) } = Place::find(&context.world, wanted)? else {
            return Err(Failure::usage(anyhow!("no component is named")).hint("`pact components` lists them"));
        };
        let Opened { folder, project, settings } = Opened::to_read(context, &folder)?;
        let none_yet = || Failure::usage(anyhow!("this project has no components yet")).hint("`pact run` makes them");
        let mut plan = Plan::read(&project)?.ok_or_else(none_yet)?;
        let toolbox = Toolbox::open_for_project(context, &folder, &settings, None)?;
        let languages = LazyLanguages::of_components(&toolbox, &settings, &folder, plan.ids())?;
        plan.only(Some(&wanted))?;
        let id = &plan.nodes.first().ok_or_else(none_yet)?.component_id;
        let lacks = |what: &str| {
            Failure::usage(anyhow!("the component `{id}` has no {what} yet"))
                .hint("`pact run` makes contracts and tests")
        };
        let contract = plan.contracts.get(id).ok_or_else(|| lacks("contract"))?;
        let pair = languages.pair(id).await?;
        let names = pair.backend.name_files(id).await.map_err(|error| bad_run(error.into()))?;
        // The test file is what runs; the description beside it has the code only where nobody has written the file yet.
        let tests = match project.read(&names.contract_test).map_err(bad_workspace)? {
            Some(code) => String::from_utf8_lossy(&code).into_owned(),
            None => project.test_suite(id).map_err(bad_workspace)?.ok_or_else(|| lacks("tests"))?.generated_code,
        };
        let called = plan.dependencies(id);
        let dependencies: Vec<_> = called.iter().map(|id| (id.clone(), plan.contracts.contains_key(id))).collect();
        let callees: BTreeMap<_, _> =
            called.into_iter().filter_map(|id| Some((id.clone(), plan.contracts.get(&id)?.clone()))).collect();
        let language = LanguageBackend::info(&*pair.backend).language.clone();
        let engine = languages.runner(id).await?.info().engine.clone();
        let subject = Subject { task: project.task().map_err(bad_workspace)?, language, engine };
        for contract in callees.values().chain([contract]) {
            check_writable(contract, &subject.language, &*pair.backend).await?;
        }
        let emits = settings.suites.contains(&RenderedSuite::Emission);
        let told = phases::implement::handoff(contract, &callees, &tests, emits, &subject, &*pair.backend);
        let phases::implement::Handoff { brief, stub } = told.await.map_err(bad_run)?;
        if self.validate {
            let expected = Expected {
                contract,
                language: &subject.language,
                stub: &stub,
                tests: &tests,
                dependencies: &dependencies,
                max_tokens: self.max_tokens,
            };
            return self.report(context, id.as_str(), &brief, &inspect(&brief, expected));
        }
        if self.json {
            context.ui.json(&Document {
                schema: "pact/handoff@1",
                component: id.as_str(),
                language: &subject.language,
                system: &brief.system,
                user: &brief.user,
            })?;
        } else {
            context.ui.data(&whole_text(&brief.as_one_text()))?;
        }
        Ok(Exit::Good)
    }

    fn report(&self, context: &Context, id: &str, brief: &Brief, issues: &[BriefIssue]) -> Result<Exit, Failure> {
        let token_estimate = estimated_tokens(brief);
        let valid = issues.iter().all(|issue| issue.level != Level::Error);
        if self.json {
            let schema = "pact/handoff-validation@1";
            context.ui.json(&Validation { schema, component_id: id, token_estimate, issues, valid })?;
        } else {
            let mut text = String::new();
            for issue in issues {
                let (word, colour) = match issue.level {
                    Level::Error => ("error", Colour::Red),
                    Level::Warning => ("warning", Colour::Yellow),
                    Level::Info => ("info", Colour::Dim),
                };
                let check = serde_json::to_value(issue.check).ok();
                let check = check.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default();
                text.push_str(&format!("{}: {} [{check}]\n", context.ui.out.paint(word, colour), line(&issue.message)));
            }
            let verdict = if valid { "fit to be sent" } else { "not fit to be sent" };
            context.ui.data(&format!("{text}{id}: {verdict}, about {token_estimate} tokens\n"))?;
        }
        Ok(if valid { Exit::Good } else { Exit::Wanting })
    }
}
