//! `--seeds`: the same suite with other random numbers, another order and another date, and which tests notice.

mod factors;
mod report;
mod table;

use std::collections::BTreeSet;

use pact_model::receipt::Receipt;
use pact_model::verdict::{Judgement, Verdict};
use pact_pipeline::judge::Suite;
use serde::Serialize;

use super::judging::Bench;
use super::report::plural;
use crate::exit::Failure;

pub(super) use factors::Factor;
use factors::Factors;
pub(super) use report::{details, story, summary};
use table::Table;
pub(super) use table::{Ending, Outcomes, Unstable};

/// The tests that vary are explained by so many of the runs in which they did. Each costs three more runs, and what makes one
/// test vary mostly makes the others vary too.
const EXPLAINED_RUNS: usize = 3;

/// What came of all runs.
#[derive(Debug)]
pub(super) struct Steadiness {
    /// Every run, the plain one first.
    pub(super) runs: Vec<SeedRun>,
    /// The tests that did not always end the same. In the order of their ids.
    pub(super) unstable: Vec<Unstable>,
    /// Of all sessions but those of the plain run.
    pub(super) receipts: Vec<Receipt>,
}

/// One run, as `--json` tells it. The fields are a promise.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SeedRun {
    pub(super) seed: u64,
    pub(super) verdict: Judgement,
    pub(super) passed: u32,
    pub(super) failed: u32,
    pub(super) errors: u32,
    pub(super) skipped: u32,
    pub(super) total: u32,
    /// Whether the tests ran in another order than that of the files.
    shuffled: bool,
    /// What the wall clock said at the start, in seconds since 1970; absent for the default.
    #[serde(skip_serializing_if = "Option::is_none")]
    clock_start: Option<u64>,
    fuel: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// What did not hold, each as `name: detail`. Untrusted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) broken_checks: Vec<String>,
}

impl SeedRun {
    fn new(factors: Factors, verdict: &Verdict) -> Self {
        let broken = verdict.checks.iter().filter(|check| !check.held);
        Self {
            seed: factors.seed,
            verdict: verdict.verdict,
            passed: verdict.passed,
            failed: verdict.failed,
            errors: verdict.errors,
            skipped: verdict.skipped,
            total: verdict.total,
            shuffled: factors.shuffle.is_some(),
            clock_start: factors.clock_start,
            fuel: verdict.receipt.iter().map(|receipt| receipt.fuel).sum(),
            reason: verdict.reason.clone(),
            broken_checks: broken
                .map(|check| format!("{}: {}", super::report::name(check.name), check.detail))
                .collect(),
        }
    }
}

impl Steadiness {
    /// Runs the suite with `count - 1` other seeds, and finds out what the tests that vary depend on.
    ///
    /// # Errors
    /// As [`Bench::run`].
    pub(super) async fn find(bench: &Bench<'_>, suite: &Suite, plain: &Verdict, count: u32) -> Result<Self, Failure> {
        let base = Factors::plain(suite.seed);
        let mut steadiness = Self { runs: vec![SeedRun::new(base, plain)], unstable: Vec::new(), receipts: Vec::new() };
        let mut table = Table::new(suite.seed, plain);
        for number in 1..u64::from(count) {
            let factors = Factors::varied(suite.seed.wrapping_add(number));
            bench.say(&factors.words());
            let verdict = steadiness.take(bench.run(factors.of(suite)).await?.verdict);
            table.add(factors.seed, &verdict);
            steadiness.runs.push(SeedRun::new(factors, &verdict));
        }
        steadiness.unstable = table.unstable();
        steadiness.explain(bench, suite, plain).await?;
        Ok(steadiness)
    }

    /// Returns the judgement over all runs: none may fail, and no test may vary.
    pub(super) fn judgement(&self) -> Judgement {
        let has = |judgement| self.runs.iter().any(|run| run.verdict == judgement);
        match (has(Judgement::Failed) || !self.unstable.is_empty(), has(Judgement::None)) {
            (true, _) => Judgement::Failed,
            (false, true) => Judgement::None,
            (false, false) => Judgement::Passed,
        }
    }

    /// Returns what is wrong with the runs together.
    pub(super) fn reason(&self) -> Option<String> {
        let bad = self.runs.iter().filter(|run| run.verdict == Judgement::Failed).map(|run| run.seed);
        let none = self.runs.iter().find(|run| run.verdict == Judgement::None);
        match (self.unstable.len(), bad.count(), none) {
            (0, 0, None) => None,
            (0, 0, Some(run)) => {
                let why = run.reason.as_deref().unwrap_or("there is no judgement");
                Some(format!("with seed {}: {why}", run.seed))
            }
            // Then the plain run says it all.
            (0, failed, _) if failed == self.runs.len() => None,
            (0, failed, _) => Some(format!("it fails with {} of {} seeds", failed, self.runs.len())),
            (1, ..) => Some("1 test does not end the same with every seed".to_owned()),
            (count, ..) => Some(format!("{} do not end the same with every seed", plural(count, "test"))),
        }
    }

    /// Runs the suite again with one factor varied at a time.
    async fn explain(&mut self, bench: &Bench<'_>, suite: &Suite, plain: &Verdict) -> Result<(), Failure> {
        let before = Outcomes::of(plain);
        for _ in 0..EXPLAINED_RUNS {
            let Some(seed) = self.seed_that_explains_most() else { break };
            for factor in Factor::ALL {
                bench.say(&format!("seed {seed}, {} alone", factor.subject()));
                let verdict =
                    self.take(bench.run(Factors::varied(seed).only(factor, suite.seed).of(suite)).await?.verdict);
                let after = Outcomes::of(&verdict);
                for test in self.unstable.iter_mut().filter(|test| test.varied_with(seed)) {
                    // With nothing to compare, for example when real time ran out, nothing is said.
                    if let (Some(before), Some(after)) = (before.of_test(&test.id), after.of_test(&test.id))
                        && before != after
                        && !test.depends_on.contains(&factor)
                    {
                        test.depends_on.push(factor);
                    }
                }
            }
            for test in self.unstable.iter_mut().filter(|test| test.varied_with(seed)) {
                test.is_looked_into = true;
                test.depends_on.sort();
            }
        }
        Ok(())
    }

    fn seed_that_explains_most(&self) -> Option<u64> {
        let open: Vec<&Unstable> = self.unstable.iter().filter(|test| !test.is_looked_into).collect();
        let seeds: BTreeSet<u64> = open.iter().flat_map(|test| test.varying_seeds()).collect();
        let explains = |seed: &u64| open.iter().filter(|test| test.varied_with(*seed)).count();
        // The first of the best, so that the same runs are made each time.
        seeds.into_iter().rev().max_by_key(explains)
    }

    fn take(&mut self, verdict: Verdict) -> Verdict {
        self.receipts.extend(verdict.receipt.iter().cloned());
        verdict
    }
}
