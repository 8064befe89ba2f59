//! A component judged again, beside what its certificate says.

use pact_model::certificate::{Certificate, SuiteResult};
use pact_model::component_id::ComponentId;
use pact_model::rendered_suite::RenderedSuite;
use pact_model::verdict::Check;
use pact_pipeline::component_suite;
use pact_pipeline::judge::judge;
use pact_pipeline::performance;
use pact_pipeline::ports::Workspace;
use pact_pipeline::record::PluginDigests;
use pact_pipeline::rendered;
use pact_store::Project;
use serde::Serialize;

use crate::commands::Context;
use crate::commands::test::report;
use crate::exit::Failure;
use crate::project::{Plan, bad_run, bad_workspace};
use crate::toolbox::LazyLanguages;
use crate::ui::line;

/// What is judged again, and with what.
pub(super) struct Bench<'a, 'toolbox> {
    pub(super) context: &'a Context,
    pub(super) certificate: &'a Certificate,
    pub(super) plan: &'a Plan,
    pub(super) project: &'a Project,
    pub(super) languages: &'a LazyLanguages<'toolbox>,
    /// What must pass beside the suites that somebody wrote.
    pub(super) suites: &'a [RenderedSuite],
    /// The plugins that judge the components here.
    pub(super) digests: &'a PluginDigests,
}

/// What came of judging a component again.
#[derive(Debug, Serialize)]
pub(super) struct Rerun {
    /// The component.
    pub(super) component: ComponentId,
    /// What it does now; absent when it cannot be judged.
    pub(super) result: Option<SuiteResult>,
    /// Why fuel was not compared; absent when it was.
    pub(super) fuel_not_compared: Option<&'static str>,
    /// What is not as it was certified.
    pub(super) differences: Vec<String>,
}

impl Bench<'_, '_> {
    /// Judges a component.
    ///
    /// # Errors
    /// When a file cannot be read, or a plugin fails.
    pub(super) async fn judge(&self, id: &ComponentId) -> Result<Rerun, Failure> {
        let certified = self.certificate.visible_results.get(id);
        let now = self.now(id, certified.map_or(0, |result| result.seed)).await?;
        let fuel_not_compared = self.why_not_fuel(certified, now.as_ref());
        let differences = match (certified, &now) {
            (None, _) => vec!["the certificate has no result".to_owned()],
            (Some(SuiteResult { error: Some(_), .. }), None) => Vec::new(),
            (Some(_), None) => vec!["it cannot be judged: contract, tests or code are missing".to_owned()],
            (Some(certified), Some(now)) => differences(certified, now, fuel_not_compared.is_none()),
        };
        Ok(Rerun { component: id.clone(), result: now, fuel_not_compared, differences })
    }

    async fn now(&self, id: &ComponentId, seed: u64) -> Result<Option<SuiteResult>, Failure> {
        let Self { context, plan, project, languages, .. } = *self;
        let pair = languages.pair(id).await?;
        let backend = &*pair.backend;
        let names = backend.name_files(id).await.map_err(|error| bad_run(error.into()))?;
        let has = |path: &str| project.read(path).map(|file| file.is_some()).map_err(bad_workspace);
        let Some(contract) = plan.contracts.get(id) else { return Ok(None) };
        if !has(&names.contract_test)? || !has(&names.implementation)? {
            return Ok(None);
        }
        let (others, runner) = (plan.closure(id), languages.runner(id).await?);
        let assembled = component_suite::assemble(contract, &others, project, backend, pair.can_split()).await;
        let mut suite = assembled.map_err(bad_run)?.suite;
        suite.seed = seed;
        let policy = component_suite::policy(Some(context.canary_key()?), self.suites);
        let progress = context.ui.test_progress();
        let judged = judge(runner, Some(backend), suite.clone(), &policy, &progress).await;
        progress.end();
        let mut verdict = judged.map_err(crate::commands::test::failure)?;
        let measuring = performance::Bench { contract, others: &others, workspace: project, backend, runner };
        performance::judge(measuring, &suite, &mut verdict).await.map_err(bad_run)?;
        rendered::judge(measuring, &policy, seed, &mut verdict).await.map_err(bad_run)?;
        Ok(Some(SuiteResult::of(&verdict)))
    }

    fn why_not_fuel(&self, certified: Option<&SuiteResult>, now: Option<&SuiteResult>) -> Option<&'static str> {
        let plugins = &self.certificate.plugins;
        if plugins.iter().any(|(id, digest)| self.digests.get(id).is_some_and(|here| here != digest)) {
            return Some("the plugins are others than those of the certificate");
        }
        match (certified, now) {
            (Some(certified), Some(now)) if certified.canary_key == now.canary_key => None,
            (Some(_), Some(_)) => Some("the canaries were drawn with another secret"),
            _ => Some("there is nothing to compare"),
        }
    }
}

fn differences(certified: &SuiteResult, now: &SuiteResult, with_fuel: bool) -> Vec<String> {
    let counts = [
        ("tests", certified.total, now.total),
        ("passed", certified.passed, now.passed),
        ("failed", certified.failed, now.failed),
        ("skipped", certified.skipped, now.skipped),
    ];
    let different = counts.into_iter().filter(|(_, then, now)| then != now);
    let mut found: Vec<String> =
        different.map(|(what, then, now)| format!("{what}: certified {then}, now {now}")).collect();
    let held = |checks: &[Check]| -> Vec<_> { checks.iter().map(|check| (check.name, check.held)).collect() };
    if held(&certified.checks) != held(&now.checks) {
        let broken = |checks: &[Check]| -> Vec<String> {
            checks.iter().filter(|check| !check.held).map(|check| report::name(check.name).to_owned()).collect()
        };
        let (then, here) = (broken(&certified.checks), broken(&now.checks));
        found.push(match then == here {
            true => "other checks were made".to_owned(),
            false => format!("checks that did not hold: certified {}, now {}", list(&then), list(&here)),
        });
    }
    if with_fuel && certified.fuel != now.fuel {
        found.push(format!("fuel: certified {}, now {}", certified.fuel, now.fuel));
    }
    found
}

fn list(words: &[String]) -> String {
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}

impl Rerun {
    /// One line for people, and one for each difference.
    pub(super) fn words(&self) -> String {
        let id = &self.component;
        let counts = self
            .result
            .as_ref()
            .map_or_else(|| "not judged".to_owned(), |now| format!("{} of {} passed", now.passed, now.total));
        let fuel = match (self.fuel_not_compared, self.differences.is_empty()) {
            (Some(why), _) => format!("; fuel not compared: {why}"),
            (None, true) => "; the fuel is the same".to_owned(),
            (None, false) => String::new(),
        };
        let word = if self.differences.is_empty() { "same" } else { "differs" };
        let mut text = format!("  {word:<8} {id}, judged again: {counts}{fuel}\n");
        for difference in &self.differences {
            text.push_str(&format!("           {}\n", line(difference)));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result() -> SuiteResult {
        SuiteResult {
            total: 3,
            passed: 3,
            failed: 0,
            skipped: 0,
            checks: Vec::new(),
            fuel: 7,
            seed: 0,
            canary_key: None,
            error: None,
        }
    }

    #[test]
    fn one_test_more_or_one_unit_of_fuel_less_is_a_difference() {
        assert_eq!(differences(&result(), &result(), true), [""; 0]);
        let more = SuiteResult { total: 4, passed: 4, ..result() };
        assert_eq!(differences(&result(), &more, true).len(), 2);
        let less = SuiteResult { fuel: 6, ..result() };
        assert_eq!(differences(&result(), &less, true), ["fuel: certified 7, now 6"]);
        assert_eq!(differences(&result(), &less, false), [""; 0]);
    }
}
