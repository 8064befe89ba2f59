//! The components of a project, each with the suite that a run would judge it by.

mod slots;
mod work;

use std::path::Path;
use std::sync::Arc;

use anyhow::anyhow;
use futures_util::{FutureExt, StreamExt, stream};
use pact_model::component_id::ComponentId;
use pact_model::verdict::Judgement;
use pact_pipeline::component_suite;

use super::document::ProjectDocument;
use super::judging::Judged;
use super::junit::Part;
use super::key::Keys;
use super::known::Known;
use super::{Test, folder, plots, profile};
use crate::commands::Context;
use crate::exit::{Exit, Failure};
use crate::project::{Opened, Plan};
use crate::toolbox::{LazyLanguages, Toolbox};
use crate::ui::exit_of;

use slots::Slots;
use work::{Ended, Work};

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
    let toolbox = Toolbox::open_for_project(context, &folder, &settings, None)?;
    let languages = LazyLanguages::of_components(&toolbox, &settings, &folder, plan.ids())?;
    keep(&mut plan, components)?;
    let packages = Arc::new(folder::packages(arguments, context)?);
    let policy = component_suite::policy(Some(context.canary_key()?), &settings.suites).with_suite_fuel(arguments.fuel);
    let about_plugins = (&settings.grants, &settings.language);
    let keys = Keys::new(arguments, context, &toolbox, &about_plugins, &policy, &packages);
    let cache = arguments.verdicts(context);
    let mut work = Work {
        arguments,
        context,
        plan: &plan,
        project: &project,
        languages: &languages,
        packages,
        policy,
        keys: &keys,
        cache: cache.as_ref(),
        slots: Slots::new(1, &context.ui),
    };
    let mut found = Vec::new();
    for node in &plan.nodes {
        let one = work.find(&node.component_id).await?;
        if known.is_new(one.id.as_str(), one.key()) {
            found.push(one);
        }
    }
    if found.is_empty() {
        return Ok(None);
    }
    let (mut receipts, junit) = (arguments.receipts(context)?, arguments.junit(context)?);
    let profile = arguments.profile(context)?;
    let mut unwritten = None;
    let ui = &context.ui;
    work.slots = Slots::new(arguments.slots(found.iter().filter(|one| one.must_run()).count()), ui);
    // The sandbox is said where it is another one than before.
    let mut before = None;
    let all = found.into_iter().map(|one| {
        let language = settings.language.of(&one.id);
        let is_new = one.has_header() && before != Some(language);
        if one.has_header() {
            before = Some(language);
        }
        work.test(one, is_new).boxed()
    });
    let all: Vec<_> = all.collect();
    let count = all.len();
    let mut ended = stream::iter(all).buffered(count);
    while let Some(one) = ended.next().await {
        let Ended { tested, marks, text } = one?;
        ui.marks(&marks);
        ui.data(&text)?;
        // Said at the end: a disk that is full takes neither the other components nor the document with it.
        if let (Some(receipts), Some(judged), None) = (&mut receipts, &tested.judged, &unwritten) {
            unwritten = receipts.append(judged).err();
        }
        if let (Some(folder), Some(judged), None) = (&arguments.plots, &tested.judged, &unwritten) {
            unwritten = plots::write(&context.world.path(folder), &tested.id, &judged.verdict).err();
        }
        let profiled = tested.judged.as_ref().and_then(|judged| judged.profiled.as_ref());
        if let (Some(folder), Some(profiled), None) = (&profile, profiled, &unwritten) {
            unwritten = profile::write(folder, tested.id.as_str(), profiled).err();
        }
        known.put(tested);
    }
    drop(ended);
    work.slots.end();
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
