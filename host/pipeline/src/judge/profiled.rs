//! Where the fuel of a suite goes, found out in sessions of their own.
//!
//! After the judging run and not in it: to be told of each call costs the guest fuel and touches what the tested code could see.
//! So the verdict, the bounds and the fuel of the tests are those of a run that nobody looks into, and what is measured here is
//! never judged.

use pact_model::profile::Profile;
use pact_model::receipt::Receipt;

use super::{JudgeError, Policy, Silent, Stop, Suite};
use crate::ports::TestRunner;

/// Fuel that a profiled suite, or a test of it, may use, in that of a plain one: what it costs to tell of a call is many times
/// what a short function costs. Real time is bounded as ever.
const FUEL_FACTOR: u64 = 4;

/// A suite that was profiled.
#[derive(Debug, Clone)]
pub struct Profiled {
    /// Absent when the runner cannot tell which functions run.
    pub profile: Option<Profile>,
    /// What it cost; their calls say that they are of a profile.
    pub receipts: Vec<Receipt>,
    /// Why the profile is of a part of the suite only, where it is. Untrusted text.
    pub cut: Option<String>,
}

/// Runs a suite once more, without canaries, and keeps an account of what uses how much fuel.
///
/// # Errors
/// As [`super::judge`].
pub async fn profile(runner: &dyn TestRunner, suite: &Suite, policy: &Policy) -> Result<Profiled, JudgeError> {
    let policy = Policy {
        suite_fuel: policy.suite_fuel.saturating_mul(FUEL_FACTOR),
        test_fuel: policy.test_fuel.saturating_mul(FUEL_FACTOR),
        canary_key: None,
        profile: true,
        ..policy.clone()
    };
    let run = super::run(runner, suite, None, &policy, &Silent).await?;
    let cut = match run.stop {
        Some(Stop::Refused(message)) => return Err(JudgeError::InvalidInput { message }),
        Some(Stop::NoJudgement(reason) | Stop::Failed(reason)) => Some(reason),
        None => run.record.not_run().map(str::to_owned),
    };
    Ok(Profiled { profile: run.profile, receipts: run.receipts, cut })
}
