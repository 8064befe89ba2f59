//! The suites that follow from the contract alone, judged beside the one that somebody wrote.
//!
//! They are rendered for each judgement. What lies in their files is for people and their own runs: a change there decides
//! nothing.

use pact_model::contract::ComponentContract;
use pact_model::rendered_suite::RenderedSuite;
use pact_model::suite::Outcome;
use pact_model::verdict::{Check, Judgement, RenderedVerdict, Verdict};

use crate::component_suite;
use crate::error::Error;
use crate::judge::{self, Policy, Silent};
use crate::kept;
use crate::performance::Bench;
use crate::phases;
use crate::ports::FileNames;

/// Judges the suites that the policy asks for and puts them into the verdict, which fails where one of them does. A suite that
/// the contract has nothing for is not there. Does nothing to a verdict without a judgement.
///
/// # Errors
/// [`Error`] when a plugin fails or a file cannot be read.
pub async fn judge(bench: Bench<'_>, policy: &Policy, seed: u64, verdict: &mut Verdict) -> Result<(), Error> {
    if verdict.verdict == Judgement::None {
        return Ok(());
    }
    // There is nothing in them that the tested code could know and others not, so nothing is changed in them either.
    let plain = Policy { canary_key: None, ..policy.clone() };
    for suite in &policy.suites {
        let Some(mut assembled) = component_suite::assemble_rendered(bench, *suite).await? else { continue };
        assembled.seed = seed;
        let judged = judge::judge(bench.runner, Some(bench.backend), assembled, &plain, &Silent).await;
        let component = || bench.contract.component_id.clone();
        let judged = judged.map_err(|source| Error::Suite { component: component(), source })?;
        put(verdict, *suite, judged);
    }
    Ok(())
}

fn put(verdict: &mut Verdict, suite: RenderedSuite, judged: Verdict) {
    let word = suite.as_str();
    match judged.verdict {
        Judgement::None => {
            verdict.verdict = Judgement::None;
            let reason = judged.reason.as_deref().unwrap_or("the sandbox gave none");
            verdict.reason = Some(format!("in the suite `{word}`: {reason}"));
        }
        Judgement::Failed if verdict.verdict == Judgement::Passed => verdict.verdict = Judgement::Failed,
        Judgement::Failed | Judgement::Passed => {}
    }
    if judged.verdict != Judgement::None {
        let held = judged.verdict == Judgement::Passed;
        let detail = if held { format!("{} tests passed", judged.passed) } else { what_failed(&judged) };
        verdict.checks.push(Check { name: suite.check(), held, detail });
    }
    verdict.suites.push(RenderedVerdict { suite, verdict: judged });
}

/// Says what failed in a suite that has no author who could look for it.
fn what_failed(judged: &Verdict) -> String {
    let tests =
        judged.tests.iter().filter(|test| matches!(test.outcome, Outcome::Failed | Outcome::Error | Outcome::Xpassed));
    let tests = tests.map(|test| format!("`{}`: {}", test.id, test.message));
    let files = judged.collection_errors.iter().map(|error| format!("`{}`: {}", error.location.path, error.message));
    let checks = judged.checks.iter().filter(|check| !check.held).map(|check| check.detail.clone());
    let mut said: Vec<String> = tests.chain(files).collect();
    if said.is_empty() {
        said = checks.chain(judged.reason.clone()).collect();
    }
    said.join("; ")
}

/// Writes the suites that the policy asks for beside the contract's tests.
///
/// # Errors
/// [`Error`] when the backend fails or a file cannot be written.
pub(crate) async fn write(contract: &ComponentContract, bench: &phases::Bench, names: &FileNames) -> Result<(), Error> {
    for suite in &bench.policy.suites {
        if let Some(text) = bench.backend.render_suite(contract, *suite).await? {
            kept::renew(bench, names.rendered(*suite), &text)?;
        }
    }
    Ok(())
}
