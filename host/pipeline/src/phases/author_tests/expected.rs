//! A suite examined before there is an implementation: which tests the runner collects, and which of them show nothing.
//!
//! The suite runs against decoys, implementations that are wrong on purpose. It takes two sessions, a third one when tests
//! passed on both decoys, and more only when a test ends its session.

use pact_model::contract::ComponentContract;
use pact_model::verdict::{Judgement, Verdict};

use super::{Input, vacuity};
use crate::component_suite::{Substitutes, assemble_with};
use crate::digest;
use crate::error::Error;
use crate::judge::{self, LeftOut, Policy, Silent};
use crate::phases::Bench;
use crate::ports::Decoy;
use crate::record::{Examination, examined_inputs};

/// What a suite may burn against one decoy. A test that would never end there has not passed there, which is all that is
/// asked, so it need not be found out by as much fuel as in a judgement.
const SUITE_FUEL: u64 = 20_000_000_000;
/// Several times what a slow unit test needs.
const TEST_FUEL: u64 = 2_000_000_000;
/// Tests that end their session against a decoy are started over this often; the rest counts as not passed.
const MAX_SESSIONS: usize = 8;

/// Returns what is known of the suite's code; runs it where nothing is known, or the plugins have changed since.
///
/// # Errors
/// [`Error::NoVerdict`] when real time ran out or the runner failed, else when a plugin fails.
pub(super) async fn examine(input: &Input, bench: &Bench, code: &str) -> Result<Examination, Error> {
    let of = examined_inputs(&input.contract, code.as_bytes());
    let by = digest::of_json(&bench.plugins);
    let known = bench.workspace.component_record(&input.contract.component_id)?.examined;
    if let Some(known) = known.filter(|known| known.of == of && known.by == by) {
        return Ok(known);
    }
    let raising = run(input, bench, code, Decoy::Raising, false).await?;
    let mut faults = uncollected(&raising);
    if faults.is_empty() {
        let constant = run(input, bench, code, Decoy::Constant, false).await?;
        let mut suspects = vacuity::passed_in_all(&[&raising, &constant]);
        if !suspects.is_empty() {
            // What fails once the types accept everything is a test of the types: the contract's, not the component's.
            let lenient = run(input, bench, code, Decoy::Raising, true).await?;
            suspects = vacuity::passed_in_all(&[&raising, &constant, &lenient]);
        }
        faults.extend(vacuity::said(&suspects));
    }
    let expected_ids = if uncollected(&raising).is_empty() {
        raising.tests.into_iter().map(|test| test.id).collect()
    } else {
        Vec::new()
    };
    Ok(Examination { of, by, expected_ids, faults })
}

/// Why a suite cannot even be collected.
fn uncollected(verdict: &Verdict) -> Vec<String> {
    let errors = verdict.collection_errors.iter();
    let mut faults: Vec<String> = errors
        .map(|error| {
            let place = format!("{}:{}", error.location.path, error.location.line);
            format!("{place}: the test file cannot be collected: {}\n{}", error.message, error.detail)
        })
        .collect();
    if faults.is_empty() && verdict.tests.is_empty() {
        let why = verdict.reason.as_deref().unwrap_or("no test was collected");
        faults.push(format!("the test file has no test that can run: {why}"));
    }
    faults
}

async fn run(
    input: &Input,
    bench: &Bench,
    code: &str,
    decoy: Decoy,
    has_lenient_types: bool,
) -> Result<Verdict, Error> {
    let contract: &ComponentContract = &input.contract;
    let component = || contract.component_id.clone();
    let implementation = bench.backend.render_decoy(contract, decoy).await?;
    let substitutes = Substitutes {
        implementation: Some(&implementation),
        contract_test: Some(code),
        has_lenient_types,
        rendered: None,
    };
    let can_split = bench.runner.info().can_split;
    let suite =
        assemble_with(contract, &input.closure, &*bench.workspace, &*bench.backend, can_split, substitutes).await?;
    let policy = Policy {
        suite_fuel: SUITE_FUEL,
        test_fuel: TEST_FUEL,
        max_sessions: MAX_SESSIONS,
        left_out: LeftOut::Never,
        canary_key: None,
        ..Policy::default()
    };
    let permit = bench.open_suites.acquire().await;
    let verdict = judge::judge(&*bench.runner, None, suite.suite, &policy, &Silent).await;
    drop(permit);
    let verdict = verdict.map_err(|source| Error::Suite { component: component(), source })?;
    if verdict.verdict == Judgement::None {
        let reason = verdict.reason.clone().unwrap_or_else(|| "the sandbox gave none".to_owned());
        return Err(Error::NoVerdict { component: component(), reason });
    }
    Ok(verdict)
}
