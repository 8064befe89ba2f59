//! Counts, and the one place that says passed.

use pact_model::suite::Outcome;
use pact_model::verdict::{Check, Isolation, Judgement, TestReport, Verdict};

use super::{Run, Stop, Suite};

/// Sums up what ran and what held.
pub(super) fn sum_up(run: Run, checks: Vec<Check>, suite: &Suite) -> Verdict {
    let Run { record, receipts, deselected, stop, canary_key, tested_peak, .. } = run;
    let isolation = if suite.split.is_some() { Isolation::Split } else { Isolation::Shared };
    let tests: Vec<TestReport> = record.entries.into_iter().filter_map(|entry| entry.report).collect();
    let count = |wanted: &[Outcome]| {
        let count = tests.iter().filter(|test| wanted.contains(&test.outcome)).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    let passed = count(&[Outcome::Passed, Outcome::Xfailed, Outcome::Xpassed]);
    let failed = count(&[Outcome::Failed]);
    let skipped = count(&[Outcome::Skipped]);
    let uncollected = u32::try_from(record.collection_errors.len()).unwrap_or(u32::MAX);
    let errors = count(&[Outcome::Error]).saturating_add(uncollected);
    let good = failed == 0 && errors == 0 && checks.iter().all(|check| check.held);
    let (verdict, reason) = match stop {
        Some(Stop::NoJudgement(reason)) => (Judgement::None, Some(reason)),
        Some(Stop::Failed(reason) | Stop::Refused(reason)) => (Judgement::Failed, Some(reason)),
        None if good => (Judgement::Passed, None),
        None => (Judgement::Failed, None),
    };
    Verdict {
        verdict,
        reason,
        passed,
        failed,
        errors,
        skipped,
        total: passed.saturating_add(failed).saturating_add(errors).saturating_add(skipped),
        deselected,
        checks,
        tests,
        collection_errors: record.collection_errors,
        seed: suite.seed,
        isolation,
        shared_because: suite.shared_because.clone(),
        calls: record.calls.costs(),
        tested_peak_memory_bytes: tested_peak,
        performance: Vec::new(),
        suites: Vec::new(),
        canary_key,
        receipt: receipts,
    }
}
