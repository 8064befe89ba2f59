//! The components of a project, each with the suite that a run would judge it by.

use std::path::Path;
use std::sync::Arc;

use anyhow::anyhow;
use pact_model::component_id::ComponentId;
use pact_model::implementation::ImplementationFile;
use pact_model::suite::SourceFile;
use pact_model::verdict::Judgement;
use pact_pipeline::ports::{Renewal, TestRunner, Workspace};
use pact_pipeline::{component_suite, performance};
use pact_store::Project;

use super::document::ProjectDocument;
use super::judging::{Bench, Judged};
use super::junit::Part;
use super::known::{self, Known};
use super::{Test, folder, plots, report};
use crate::commands::Context;
use crate::exit::{Exit, Failure};
use crate::project::{Opened, Plan, bad_run, bad_workspace};
use crate::toolbox::{Pair, Toolbox};
use crate::ui::{exit_of, line};

/// What came of one component.
pub(super) struct Tested {
    /// Which one.
    pub(super) id: ComponentId,
    /// Absent when there was nothing to judge.
    pub(super) judged: Option<Judged>,
    /// What is missing, where something is.
    pub(super) missing: Option<&'static str>,
    /// What the backend finds in the source, each an error. Untrusted.
    pub(super) source: Vec<String>,
}

impl Tested {
    /// The judgement: that of the tests, unless the source breaks the contract in a way that tests need not show.
    pub(super) fn judgement(&self) -> Judgement {
        self.judged.as_ref().map_or(Judgement::Failed, |judged| judgement(judged.judgement(), &self.source))
    }

    /// What JUnit is told.
    fn part(&self) -> Part<'_> {
        let judgement = self.judgement();
        let (judged, missing) = (self.judged.as_ref(), self.missing);
        Part { name: self.id.as_str(), judged, missing, source: &self.source, judgement }
    }
}

/// Returns the worst judgement. A failure says more than that there is none.
pub(super) fn worst(tested: &[Tested]) -> Judgement {
    let has = |judgement| tested.iter().any(|tested| tested.judgement() == judgement);
    match (has(Judgement::Failed), has(Judgement::None)) {
        (true, _) => Judgement::Failed,
        (false, true) => Judgement::None,
        (false, false) => Judgement::Passed,
    }
}

/// Tests all components of the project, or the named ones; of these, those that are not known as they are now.
pub(super) async fn run(
    arguments: &Test,
    context: &Context,
    directory: &Path,
    components: &[String],
    known: &mut Known,
) -> Result<Option<Exit>, Failure> {
    if arguments.lang.is_some() {
        return Err(Failure::usage(anyhow!("--lang is for folders that are no project"))
            .hint("the language of a project is `language` in its pact.yaml"));
    }
    let Opened { folder, project, settings } = Opened::to_read(context, directory)?;
    let mut plan =
        Plan::read(&project)?.ok_or_else(|| Failure::usage(anyhow!("this project has no components yet")))?;
    keep(&mut plan, components)?;
    let toolbox = Toolbox::open_for_project(context, &folder, &settings, None)?;
    let pair = toolbox.pair(&settings, &folder).await?;
    let runner = toolbox.runner_of(&pair).await?;
    let packages = Arc::new(folder::packages(arguments, context)?);
    let (mut receipts, junit) = (arguments.receipts(context)?, arguments.junit(context)?);
    let mut unwritten = None;
    let mut has_run = false;
    for node in &plan.nodes {
        let work = Work { arguments, context, plan: &plan, project: &project, pair: &pair, runner: &*runner };
        let Some(one) = work.test(&node.component_id, Arc::clone(&packages), !has_run, known).await? else { continue };
        has_run = true;
        // Said at the end: a disk that is full takes neither the other components nor the document with it.
        if let (Some(receipts), Some(judged), None) = (&mut receipts, &one.judged, &unwritten) {
            unwritten = receipts.append(&judged.receipts()).err();
        }
        if let (Some(folder), Some(judged), None) = (&arguments.plots, &one.judged, &unwritten) {
            unwritten = plots::write(&context.world.path(folder), &one.id, &judged.verdict).err();
        }
        known.put(one);
    }
    if !has_run {
        return Ok(None);
    }
    let ui = &context.ui;
    let tested = known.of(&plan.nodes);
    let worst = worst(tested);
    if let Some(junit) = junit {
        let written = junit.write(&tested.iter().map(Tested::part).collect::<Vec<_>>());
        unwritten = unwritten.or(written.err());
    }
    if arguments.json {
        ui.json(&ProjectDocument::new(tested))?;
    } else if tested.len() > 1 {
        let passed = tested.iter().filter(|tested| tested.judgement() == Judgement::Passed).count();
        ui.data(&format!("\n{passed} of {} components passed\n", tested.len()))?;
    }
    if let Some(failure) = unwritten {
        return Err(failure);
    }
    Ok(Some(exit_of(worst)))
}

/// Leaves only the named components, where some are named.
fn keep(plan: &mut Plan, components: &[String]) -> Result<(), Failure> {
    let known: Vec<String> = plan.nodes.iter().map(|node| node.component_id.to_string()).collect();
    if let Some(unknown) = components.iter().find(|component| !known.contains(component)) {
        return Err(Failure::usage(anyhow!("there is no component `{unknown}`"))
            .hint(format!("the components of this project: {}", known.join(", "))));
    }
    if !components.is_empty() {
        plan.nodes.retain(|node| components.iter().any(|component| component == node.component_id.as_str()));
    }
    Ok(())
}

struct Work<'a> {
    arguments: &'a Test,
    context: &'a Context,
    plan: &'a Plan,
    project: &'a Project,
    pair: &'a Pair<'a>,
    runner: &'a dyn TestRunner,
}

impl Work<'_> {
    async fn test(
        &self,
        id: &ComponentId,
        packages: Arc<Vec<SourceFile>>,
        is_first: bool,
        known: &mut Known,
    ) -> Result<Option<Tested>, Failure> {
        let mut tested = Tested { id: id.clone(), judged: None, missing: None, source: Vec::new() };
        let names = self.pair.backend.name_files(id).await.map_err(|error| bad_run(error.into()))?;
        let exists = |path: &str| self.project.read(path).map(|file| file.is_some()).map_err(bad_workspace);
        let Some(contract) = self.plan.contracts.get(id) else {
            return self.miss(tested, "it has no contract yet", known);
        };
        if !exists(&names.contract_test)? {
            return self.miss(tested, "it has no tests yet", known);
        }
        if !exists(&names.implementation)? {
            return self.miss(tested, "it has no code yet", known);
        }
        let backend = &self.pair.backend;
        let others = self.plan.closure(id);
        let assembled =
            component_suite::assemble(contract, &others, self.project, &**backend, self.pair.can_split()).await;
        let assembled = assembled.map_err(bad_run)?;
        let intruders = assembled.intruders(self.runner.info()).map_err(bad_run)?;
        let code: Vec<ImplementationFile> = assembled
            .implementation()
            .filter_map(|file| {
                // What is no text is no source; the backend has nothing to say about it.
                let content = String::from_utf8(file.bytes.clone()).ok()?;
                Some(ImplementationFile { path: file.path.clone(), content })
            })
            .collect();
        let mut suite = assembled.suite;
        suite.keyword.clone_from(&self.arguments.keyword);
        suite.packages = packages;
        suite.seed = self.arguments.seed;
        if let Some(split) = suite.split.as_mut().filter(|_| self.arguments.isolate) {
            Arc::make_mut(split).renewal = Renewal::Instance;
        }
        let findings = backend.check_implementation(contract, &code).await.map_err(|error| bad_run(error.into()))?;
        let errors = findings.into_iter().filter(|finding| finding.is_error);
        tested.source = errors
            .map(|finding| format!("{}:{}: {} [{}]", finding.path, finding.line, finding.message, finding.code))
            .chain(intruders.into_iter().map(|intruder| intruder.reason))
            .collect();
        if !known.is_new(id.as_str(), known::digest(&suite, &tested.source)) {
            return Ok(None);
        }
        let policy = component_suite::policy(Some(self.context.canary_key()?));
        let policy = policy.with_suite_fuel(self.arguments.fuel);
        let ui = &self.context.ui;
        if !self.arguments.json {
            let header = report::header(self.runner.info(), &suite, 1);
            // The sandbox is the same for all of them.
            let (sandbox, files) = header.split_once('\n').unwrap_or(("", &header));
            let sandbox = if is_first { format!("{sandbox}\n") } else { String::new() };
            ui.data(&format!("{sandbox}\n{id}: {files}"))?;
        }
        let bench = Bench { runner: self.runner, backend: Some(&**backend), policy: &policy, ui };
        let mut judged = bench.judge(suite.clone(), self.arguments.seeds).await?;
        // What a selection of tests shows says nothing about all of them.
        if self.arguments.keyword.is_none() && suite.paths.is_empty() && self.arguments.seeds.is_none() {
            let measuring = performance::Bench {
                contract,
                others: &others,
                workspace: self.project,
                backend: &**backend,
                runner: self.runner,
            };
            performance::judge(measuring, &suite, &mut judged.verdict).await.map_err(bad_run)?;
        }
        if !self.arguments.json {
            let packages = self.arguments.packages.as_deref();
            let mut text = report::report(&judged, self.runner.info(), packages, ui.out);
            for fault in &tested.source {
                text.push_str(&format!("source: {}\n", line(fault)));
            }
            let judgement = judgement(judged.judgement(), &tested.source);
            ui.data(&(text + &report::ending(judgement, judged.reason().as_deref(), Some(id), ui.out)))?;
        }
        tested.judged = Some(judged);
        Ok(Some(tested))
    }

    fn miss(&self, mut tested: Tested, what: &'static str, known: &mut Known) -> Result<Option<Tested>, Failure> {
        if !known.is_new(tested.id.as_str(), what.to_owned()) {
            return Ok(None);
        }
        if !self.arguments.json {
            self.context.ui.data(&format!("\nverdict: {} failed, because {what}\n", tested.id))?;
        }
        tested.missing = Some(what);
        Ok(Some(tested))
    }
}

fn judgement(judgement: Judgement, source: &[String]) -> Judgement {
    let is_broken = judgement == Judgement::Passed && !source.is_empty();
    if is_broken { Judgement::Failed } else { judgement }
}

#[cfg(test)]
mod tests {
    use pact_model::verdict::Verdict;

    use super::*;
    use crate::commands::test::report::fixture;

    fn tested(verdict: Option<Verdict>, source: &[&str]) -> Tested {
        let source = source.iter().map(|fault| (*fault).to_owned()).collect();
        let missing = verdict.is_none().then_some("it has no code yet");
        Tested { id: ComponentId::new("money").unwrap(), judged: verdict.map(fixture::judged), missing, source }
    }

    #[test]
    fn a_component_without_code_fails_the_project() {
        let all = [tested(Some(fixture::passed()), &[]), tested(None, &[])];
        assert_eq!(worst(&all), Judgement::Failed);
        assert_eq!(worst(&all[..1]), Judgement::Passed);
    }

    #[test]
    fn a_failure_weighs_more_than_no_judgement() {
        let all = [tested(Some(fixture::stopped()), &[]), tested(Some(fixture::failed()), &[])];
        assert_eq!(worst(&all), Judgement::Failed);
        assert_eq!(worst(&all[..1]), Judgement::None);
    }

    #[test]
    fn code_that_breaks_its_contract_fails_though_its_tests_pass() {
        assert_eq!(tested(Some(fixture::passed()), &["m.x:1: no function `f`"]).judgement(), Judgement::Failed);
    }

    #[test]
    fn the_document_lists_components_with_the_fields_of_a_suite() {
        let all = [tested(Some(fixture::passed()), &["m.x:1: bad"]), tested(None, &[])];
        let document = serde_json::to_value(ProjectDocument::new(&all)).unwrap();
        assert_eq!(document["schema"], "pact/test@1");
        assert_eq!(document["verdict"], "failed");
        let (one, two) = (&document["components"][0], &document["components"][1]);
        assert_eq!(
            (&one["component"], &one["verdict"], &one["passed"]),
            (&"money".into(), &"failed".into(), &2.into())
        );
        assert_eq!(one["source"][0], "m.x:1: bad");
        assert!(two.get("passed").is_none());
        assert_eq!(two["missing"], "it has no code yet");
    }
}
