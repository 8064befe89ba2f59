//! The components of a project, each with the suite that a run would judge it by.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use anyhow::anyhow;
use pact_model::component_id::ComponentId;
use pact_model::implementation::ImplementationFile;
use pact_model::suite::{FileRole, SourceFile};
use pact_model::verdict::{Judgement, Verdict};
use pact_pipeline::component_suite;
use pact_pipeline::judge::{Policy, judge};
use pact_pipeline::ports::{TestRunner, Workspace};
use pact_store::Project;

use super::document::ProjectDocument;
use super::{Test, failure, folder, report};
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
    pub(super) verdict: Option<Verdict>,
    /// What is missing, where something is.
    pub(super) missing: Option<&'static str>,
    /// What the backend finds in the source, each an error. Untrusted.
    pub(super) source: Vec<String>,
}

impl Tested {
    /// The judgement: that of the tests, unless the source breaks the contract in a way that tests need not show.
    pub(super) fn judgement(&self) -> Judgement {
        self.verdict.as_ref().map_or(Judgement::Failed, |verdict| judgement(verdict, &self.source))
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

/// Tests all components of the project, or the named one.
pub(super) async fn run(
    arguments: &Test,
    context: &Context,
    directory: &Path,
    component: Option<&str>,
) -> Result<Exit, Failure> {
    if arguments.lang.is_some() {
        return Err(Failure::usage(anyhow!("--lang is for folders that are no project"))
            .hint("the language of a project is `language` in its pact.yaml"));
    }
    let Opened { folder, project, settings } = Opened::to_read(context, directory)?;
    let mut plan =
        Plan::read(&project)?.ok_or_else(|| Failure::usage(anyhow!("this project has no components yet")))?;
    plan.only(component)?;
    let toolbox = Toolbox::open_for_project(context, &folder, &settings, None)?;
    let pair = toolbox.pair(&settings, &folder).await?;
    let runner = toolbox.runner_of(&pair).await?;
    let packages = Arc::new(folder::packages(arguments, context)?);
    let mut receipts = arguments.receipts(context)?;
    let mut unwritten = None;
    let mut tested: Vec<Tested> = Vec::new();
    for node in &plan.nodes {
        let work = Work { arguments, context, plan: &plan, project: &project, pair: &pair, runner: &*runner };
        let one = work.test(&node.component_id, Arc::clone(&packages), tested.is_empty()).await?;
        // Said at the end: a disk that is full takes neither the other components nor the document with it.
        if let (Some(receipts), Some(verdict), None) = (&mut receipts, &one.verdict, &unwritten) {
            unwritten = receipts.append(&verdict.receipt).err();
        }
        tested.push(one);
    }
    let ui = &context.ui;
    let worst = worst(&tested);
    if arguments.json {
        ui.json(&ProjectDocument::new(&tested))?;
    } else if tested.len() > 1 {
        let passed = tested.iter().filter(|tested| tested.judgement() == Judgement::Passed).count();
        ui.data(&format!("\n{passed} of {} components passed\n", tested.len()))?;
    }
    if let Some(failure) = unwritten {
        return Err(failure);
    }
    Ok(exit_of(worst))
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
    async fn test(&self, id: &ComponentId, packages: Arc<Vec<SourceFile>>, is_first: bool) -> Result<Tested, Failure> {
        let mut tested = Tested { id: id.clone(), verdict: None, missing: None, source: Vec::new() };
        let names = self.pair.backend.name_files(id).await.map_err(|error| bad_run(error.into()))?;
        let exists = |path: &str| self.project.read(path).map(|file| file.is_some()).map_err(bad_workspace);
        let Some(contract) = self.plan.contracts.get(id) else { return self.miss(tested, "it has no contract yet") };
        if !exists(&names.contract_test)? {
            return self.miss(tested, "it has no tests yet");
        }
        if !exists(&names.implementation)? {
            return self.miss(tested, "it has no code yet");
        }
        let backend = &self.pair.backend;
        let assembled = component_suite::assemble(contract, &self.plan.closure(id), self.project, &**backend).await;
        let assembled = assembled.map_err(bad_run)?;
        let intruders = assembled.intruders(self.runner.info()).map_err(bad_run)?;
        let mut suite = assembled.suite;
        suite.keyword.clone_from(&self.arguments.keyword);
        suite.packages = packages;
        suite.seed = self.arguments.seed;
        let code = suite.files.iter().filter(|file| file.role == FileRole::Implementation);
        let code: Vec<ImplementationFile> = code
            .filter_map(|file| {
                // What is no text is no source; the backend has nothing to say about it.
                let content = String::from_utf8(file.bytes.clone()).ok()?;
                Some(ImplementationFile { path: file.path.clone(), content })
            })
            .collect();
        let findings = backend.check_implementation(contract, &code).await.map_err(|error| bad_run(error.into()))?;
        let errors = findings.into_iter().filter(|finding| finding.is_error);
        tested.source = errors
            .map(|finding| format!("{}:{}: {} [{}]", finding.path, finding.line, finding.message, finding.code))
            .chain(intruders.into_iter().map(|intruder| intruder.reason))
            .collect();
        let policy = Policy { left_out: component_suite::policy().left_out, ..Policy::default() };
        let policy = policy.with_suite_fuel(self.arguments.fuel);
        let ui = &self.context.ui;
        if !self.arguments.json {
            let header = report::header(self.runner.info(), &suite, 1);
            // The sandbox is the same for all of them.
            let (sandbox, files) = header.split_once('\n').unwrap_or(("", &header));
            let sandbox = if is_first { format!("{sandbox}\n") } else { String::new() };
            ui.data(&format!("{sandbox}\n{id}: {files}"))?;
        }
        let progress = ui.test_progress();
        let began = Instant::now();
        let judged = judge(self.runner, Some(&**backend), suite, &policy, &progress).await;
        let took = began.elapsed();
        progress.end();
        let verdict = judged.map_err(failure)?;
        if !self.arguments.json {
            let packages = self.arguments.packages.as_deref();
            let mut text = report::report(&verdict, self.runner.info(), packages, took, ui.out);
            for fault in &tested.source {
                text.push_str(&format!("source: {}\n", line(fault)));
            }
            let shown = Verdict { verdict: judgement(&verdict, &tested.source), ..verdict.clone() };
            ui.data(&(text + &report::ending(&shown, Some(id), ui.out)))?;
        }
        tested.verdict = Some(verdict);
        Ok(tested)
    }

    fn miss(&self, mut tested: Tested, what: &'static str) -> Result<Tested, Failure> {
        if !self.arguments.json {
            self.context.ui.data(&format!("\nverdict: {} failed, because {what}\n", tested.id))?;
        }
        tested.missing = Some(what);
        Ok(tested)
    }
}

fn judgement(verdict: &Verdict, source: &[String]) -> Judgement {
    let is_broken = verdict.verdict == Judgement::Passed && !source.is_empty();
    if is_broken { Judgement::Failed } else { verdict.verdict }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::test::report::fixture;

    fn tested(verdict: Option<Verdict>, source: &[&str]) -> Tested {
        let source = source.iter().map(|fault| (*fault).to_owned()).collect();
        let missing = verdict.is_none().then_some("it has no code yet");
        Tested { id: ComponentId::new("money").unwrap(), verdict, missing, source }
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
