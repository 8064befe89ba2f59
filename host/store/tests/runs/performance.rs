//! Bounds of contracts: judged by what calls cost where the host can see it, and said where nobody can.

use pact_model::performance::{Held, PerformanceReport};
use pact_model::phase::Phase;
use pact_model::verdict::{CheckName, Judgement};
use pact_pipeline::{RunOptions, RunReport, Until};
use serde_json::{Value, json};

use crate::fakes::{FakeRunner, shared};
use crate::project::{Bench, code, contract, fenced, question, tests};

const GENERATOR: &str = "generate clock_go\ntest one\n";

/// `clock` promises something and is written like this; a runner that splits judges it.
fn bench(bound: Value, body: &str, first_lines: &str) -> Bench {
    let mut promising = contract("clock");
    promising["functions"][0]["performance_budget"] = bound;
    let mut bench = Bench::answering(|replies| {
        replies.insert(question(Phase::Contract, "clock", 1), fenced(&promising));
        replies.insert(question(Phase::AuthorTests, "clock", 1), tests("clock").replace("test one\n", first_lines));
        replies.insert(question(Phase::Implement, "clock", 1), code("clock", body));
    });
    bench.runner = shared(FakeRunner::splitting());
    bench
}

async fn run(bench: &Bench) -> RunReport {
    let options = RunOptions { until: Until::Certify, max_implementation_attempts: 1, ..RunOptions::default() };
    bench.run_with(options).await.expect("a run")
}

fn of_clock(report: &RunReport) -> (Judgement, Option<bool>, Vec<PerformanceReport>) {
    let clock = report.components.iter().find(|component| component.id.as_str() == "clock").expect("it is there");
    let verdict = clock.verdict.as_ref().expect("it was judged");
    let check = verdict.checks.iter().find(|check| check.name == CheckName::Performance);
    (verdict.verdict, check.map(|check| check.held), verdict.performance.clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quadratic_solution_of_a_linear_contract_fails_with_its_measurements() {
    let bench = bench(json!({"complexity": "O(n)"}), "squares", GENERATOR);
    let (judgement, check, reports) = of_clock(&run(&bench).await);
    assert_eq!((judgement, check), (Judgement::Failed, Some(false)));
    assert_eq!((reports[0].held, reports[0].fitted.as_str()), (Held::No, "about n^2.00"));
    // 30 n², without what crossing the border costs.
    let first = &reports[0].points[..2];
    assert_eq!(first.iter().map(|point| (point.size, point.fuel)).collect::<Vec<_>>(), [(16, 7_680), (32, 30_720)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_linear_solution_keeps_a_linear_bound_and_a_constant_one_keeps_every_bound() {
    for (bound, body) in [("O(n)", "walks"), ("O(n log n)", "walks"), ("O(1)", "answers"), ("O(n)", "answers")] {
        let bench = bench(json!({"complexity": bound}), body, GENERATOR);
        let (judgement, check, reports) = of_clock(&run(&bench).await);
        assert_eq!((judgement, check, reports[0].held), (Judgement::Passed, Some(true), Held::Yes), "{bound} {body}");
    }
    let bench = bench(json!({"complexity": "O(1)"}), "walks", GENERATOR);
    assert_eq!(of_clock(&run(&bench).await).1, Some(false));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bound_that_cannot_be_judged_is_a_finding_and_neither_a_pass_nor_a_failure() {
    let cases = [("O(n)", "test one\n", "no generator"), ("O(n * m)", GENERATOR, "more than one size")];
    for (bound, first_lines, words) in cases {
        let mut bench = bench(json!({"complexity": bound}), "squares", first_lines);
        for _ in 0..2 {
            let (judgement, check, reports) = of_clock(&run(&bench).await);
            assert_eq!((judgement, check, reports[0].held), (Judgement::Passed, None, Held::Unknown), "{bound}");
            let heard = bench.listener.heard();
            let warning = heard.iter().find(|event| event.contains("[bound-not-judged]")).expect("it was said");
            assert!(warning.contains("contracts/clock/interface.json") && warning.contains(words), "{warning}");
            // Said again as long as it is so, and measured never again.
            bench.asking(|_| {});
            bench.runner = shared(FakeRunner::splitting());
        }
        assert_eq!(bench.runner.count(), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_split_cannot_be_measured() {
    let mut bench = bench(json!({"complexity": "O(n)", "p95_latency_ms": 5}), "squares", GENERATOR);
    bench.runner = shared(FakeRunner::new());
    let (judgement, check, reports) = of_clock(&run(&bench).await);
    assert_eq!((judgement, check, reports.len()), (Judgement::Passed, None, 2));
    assert!(reports.iter().all(|report| report.held == Held::Unknown && report.reason.contains("not split")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bound_in_milliseconds_is_judged_by_the_fuel_of_the_suites_own_calls() {
    let body = "answers";
    // The suite calls it once, for 4,000 + 100 · 400,000 units of fuel: 14 ms by the published constant.
    let calls = "test probe clock_go 400000\ntest one\n";
    for (bound, judgement) in [(14, Judgement::Passed), (13, Judgement::Failed)] {
        let bench = bench(json!({"p95_latency_ms": bound}), body, calls);
        let (found, check, reports) = of_clock(&run(&bench).await);
        assert_eq!((found, check), (judgement, Some(judgement == Judgement::Passed)), "{reports:?}");
        assert_eq!(reports[0].fitted, "about 14 ms");
    }
}
