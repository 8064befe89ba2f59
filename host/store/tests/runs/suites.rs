//! Suites that follow from a contract: written beside the tests, and judged beside them.

use pact_model::rendered_suite::RenderedSuite;
use pact_model::verdict::Judgement;
use pact_pipeline::{RunOptions, Until};

use crate::project::{Bench, COMPONENTS};

fn asking(until: Until) -> RunOptions {
    RunOptions { until, suites: RenderedSuite::ALL.to_vec(), ..RunOptions::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_project_asks_for_is_written_and_nothing_else() {
    let bench = Bench::new();
    bench.run(Until::AuthorTests).await.expect("a run");
    assert!(!bench.exists("tests/clock/smoke_test.fk"));
    bench.run_with(asking(Until::AuthorTests)).await.expect("a run");
    for id in COMPONENTS {
        assert_eq!(bench.read(&format!("tests/{id}/smoke_test.fk")), format!("use {id}\ntest smoke\n"));
        assert!(bench.exists(&format!("tests/{id}/validator_test.fk")));
        assert!(bench.exists(&format!("tests/{id}/emission_test.fk")));
        assert_eq!(bench.read(&format!("contracts/{id}/{id}_events.fk")), format!("events of {id}\n"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_is_a_verdict_of_its_own_with_a_check_in_that_of_the_component() {
    let bench = Bench::new();
    let report = bench.run_with(asking(Until::Certify)).await.expect("a run");
    for component in &report.components {
        let verdict = component.verdict.as_ref().expect("a verdict");
        assert_eq!(verdict.verdict, Judgement::Passed, "{verdict:#?}");
        let suites: Vec<RenderedSuite> = verdict.suites.iter().map(|found| found.suite).collect();
        assert_eq!(suites, RenderedSuite::ALL);
        for found in &verdict.suites {
            assert_eq!((found.verdict.verdict, found.verdict.passed), (Judgement::Passed, 1), "{found:#?}");
            assert!(verdict.checks.iter().any(|check| check.name == found.suite.check() && check.held));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_verdict_without_a_suite_does_not_stand_for_one_with_it() {
    let bench = Bench::new();
    bench.run(Until::Certify).await.expect("a run");
    let before = bench.runner.count();
    bench.run(Until::Certify).await.expect("a run");
    assert_eq!(bench.runner.count(), before);
    bench.run_with(asking(Until::Certify)).await.expect("a run");
    assert!(bench.runner.count() > before);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_writes_code_is_shown_how_calls_are_reported_where_that_is_asked_for() {
    for (suites, is_shown) in [(vec![RenderedSuite::Emission], true), (vec![RenderedSuite::Smoke], false)] {
        let bench = Bench::new();
        let options = RunOptions { until: Until::Certify, suites, ..RunOptions::default() };
        bench.run_with(options).await.expect("a run");
        let brief = bench.model.brief("implement/clock/1");
        assert_eq!(brief.contains("events of clock") && brief.contains("`clock_events.fk`"), is_shown, "{brief}");
    }
}
