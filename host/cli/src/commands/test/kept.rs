//! What the verdict cache keeps of a suite: all that a report, a document or a plot says of it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use pact_model::receipt::{Limit, Receipt, SessionOutcome};
use pact_model::suite::TestCase;
use pact_model::verdict::{Judgement, Verdict};
use pact_pipeline::ports::{EventSink, PluginFault, RunnerInfo, Session, SuiteRequest, TestRunner};
use serde::{Deserialize, Serialize};

use super::judging::Judged;

/// A judged suite, as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Kept {
    /// What was said before it ran.
    pub(super) header: String,
    /// The runner that judged it.
    pub(super) runner: RunnerInfo,
    /// Whether a backend read its tests.
    pub(super) has_backend: bool,
    /// What the backend found in the source, each an error. Untrusted.
    pub(super) source: Vec<String>,
    verdict: Verdict,
    /// Of each test of the verdict.
    asides: Vec<Aside>,
    cases: Vec<TestCase>,
    took: Duration,
}

/// What a verdict's own JSON does not say of a test.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Aside {
    detail: String,
    missing_module: Option<String>,
    /// The bits of the number: read back from decimals it could be its neighbour.
    seconds: u64,
}

impl Kept {
    /// Makes an entry of what came of a suite, without the runs of other seeds.
    pub(super) fn new(
        judged: &Judged,
        header: String,
        runner: RunnerInfo,
        has_backend: bool,
        source: &[String],
    ) -> Self {
        let Judged { verdict, cases, took, .. } = judged;
        let asides = verdict.tests.iter().map(|test| Aside {
            detail: test.detail.clone(),
            missing_module: test.missing_module.clone(),
            seconds: test.seconds.to_bits(),
        });
        Self {
            header,
            runner,
            has_backend,
            source: source.to_vec(),
            asides: asides.collect(),
            verdict: verdict.clone(),
            cases: cases.clone(),
            took: *took,
        }
    }

    /// Returns what came of the suite when it was judged.
    pub(super) fn judged(&self) -> Judged {
        let mut verdict = self.verdict.clone();
        for (test, aside) in verdict.tests.iter_mut().zip(&self.asides) {
            test.detail.clone_from(&aside.detail);
            test.missing_module.clone_from(&aside.missing_module);
            test.seconds = f64::from_bits(aside.seconds);
        }
        Judged { verdict, cases: self.cases.clone(), took: self.took, steadiness: None, cached: true, profiled: None }
    }
}

/// A runner, and whether all that it did would come out the same again. Real time is no property of a suite, and a trap may
/// be the machine's: it also comes when the host has no memory left.
pub(super) struct Witness<'a> {
    runner: &'a dyn TestRunner,
    saw_chance: AtomicBool,
}

impl<'a> Witness<'a> {
    pub(super) fn new(runner: &'a dyn TestRunner) -> Self {
        Self { runner, saw_chance: AtomicBool::new(false) }
    }

    /// Whether a verdict of this runner may be kept.
    pub(super) fn vouches_for(&self, verdict: &Verdict) -> bool {
        verdict.verdict != Judgement::None && !self.saw_chance.load(Ordering::Relaxed)
    }
}

#[async_trait]
impl TestRunner for Witness<'_> {
    fn info(&self) -> &RunnerInfo {
        self.runner.info()
    }

    async fn run(&self, request: &SuiteRequest, events: EventSink) -> Result<Session, PluginFault> {
        let ended = self.runner.run(request, events).await;
        let is_chance = match &ended {
            Ok(session) => std::iter::once(&session.receipt).chain(&session.tested).any(is_chance),
            Err(_) => true,
        };
        self.saw_chance.fetch_or(is_chance, Ordering::Relaxed);
        ended
    }
}

fn is_chance(receipt: &Receipt) -> bool {
    receipt.limit == Some(Limit::WallClock) || matches!(receipt.outcome, SessionOutcome::Trapped { .. })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use pact_pipeline::judge::{Policy, Silent, Suite, judge};

    use super::*;
    use crate::commands::test::report::fixture;

    /// Ends every session in the same way.
    struct Ends(SessionOutcome, RunnerInfo);

    #[async_trait]
    impl TestRunner for Ends {
        fn info(&self) -> &RunnerInfo {
            &self.1
        }

        async fn run(&self, _request: &SuiteRequest, _events: EventSink) -> Result<Session, PluginFault> {
            let limit = match &self.0 {
                SessionOutcome::Limited { limit } => Some(*limit),
                _ => None,
            };
            let receipt = Receipt { outcome: self.0.clone(), limit, ..fixture::failed().receipt[0].clone() };
            Ok(Session { receipt, tested: Vec::new(), summary: None, invalid_input: None, profile: None })
        }
    }

    #[test]
    fn all_of_a_verdict_comes_back_to_the_bit() {
        let mut judged = fixture::judged(fixture::failed());
        judged.verdict.tests[0].seconds = 0.1 + 0.2;
        judged.verdict.tests[1].missing_module = Some("numbers".to_owned());
        let kept = Kept::new(&judged, "header".to_owned(), fixture::info(), true, &["fault".to_owned()]);
        let text = serde_json::to_string(&kept).unwrap();
        let back: Kept = serde_json::from_str(&text).unwrap();
        assert_eq!((back.judged().verdict, back.judged().took), (judged.verdict, judged.took));
        assert!(back.judged().cached && !judged.cached);
        assert_eq!((back.header.as_str(), back.source), ("header", vec!["fault".to_owned()]));
    }

    #[tokio::test]
    async fn real_time_and_traps_are_not_vouched_for_and_fuel_is() {
        for (outcome, is_kept) in [
            (SessionOutcome::Limited { limit: Limit::Fuel }, true),
            (SessionOutcome::Exited { code: 0 }, true),
            (SessionOutcome::Limited { limit: Limit::WallClock }, false),
            (SessionOutcome::Trapped { message: "unreachable".to_owned() }, false),
        ] {
            let runner = Ends(outcome.clone(), fixture::info());
            let witness = Witness::new(&runner);
            let suite = Suite { files: Arc::default(), ..Suite::default() };
            let verdict = judge(&witness, None, suite, &Policy::default(), &Silent).await.unwrap();
            assert_eq!(witness.vouches_for(&verdict), is_kept, "{outcome:?}: {verdict:?}");
        }
    }
}
