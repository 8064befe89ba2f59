//! Suites before there is code: what is expected of them later, and what is turned away because it shows nothing.

use pact_model::phase::Phase;
use pact_model::verdict::{CheckName, Judgement};
use pact_pipeline::{RunReport, Until};

use crate::project::{Bench, question, tests};

/// The good tests of a component, with a line after `use`.
fn with_line(id: &str, line: &str) -> String {
    tests(id).replace("test one\n", &format!("{line}\ntest one\n"))
}

fn suite_of(component: &str, line: &'static str) -> Bench {
    Bench::answering(|replies| {
        replies.insert(question(Phase::AuthorTests, component, 1), with_line(component, line));
        replies.insert(question(Phase::AuthorTests, component, 2), tests(component));
    })
}

fn expected_check(report: &RunReport, id: &str) -> Option<(bool, String)> {
    let component = report.components.iter().find(|component| component.id.as_str() == id)?;
    let checks = &component.verdict.as_ref()?.checks;
    checks.iter().find(|check| check.name == CheckName::ExpectedIds).map(|check| (check.held, check.detail.clone()))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_collected_without_code_is_expected_of_the_code() {
    let bench = Bench::new();
    let report = bench.run(Until::Certify).await.expect("a run");
    let suite = bench.json("tests/clock/contract_test_suite.json");
    assert_eq!(
        suite["expected_ids"],
        serde_json::json!(["tests/clock/contract_test.fk::one", "tests/clock/contract_test.fk::two"])
    );
    let check = expected_check(&report, "clock").expect("it was made");
    assert_eq!(check, (true, "2 ids expected, none is missing or failed".to_owned()));
    assert_eq!(bench.runner.decoys(), 6, "two for each component, none more while nothing passes on them");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_that_passes_whatever_the_component_does_goes_back_by_name() {
    let bench = suite_of("clock", "test always");
    bench.run(Until::AuthorTests).await.expect("a run");
    let brief = bench.model.brief("author_tests/clock/2");
    assert!(brief.contains("so they show nothing about it: 'tests/clock/contract_test.fk::always';"), "{brief}");
    assert!(!bench.read("tests/clock/contract_test.fk").contains("always"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_of_the_types_is_a_test() {
    let bench = suite_of("catalogue", "test validator");
    bench.run(Until::AuthorTests).await.expect("a run");
    assert!(bench.read("tests/catalogue/contract_test.fk").contains("validator"));
    assert_eq!(bench.runner.decoys(), 7, "a third time for the one that passed on both decoys");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_file_that_cannot_be_collected_goes_back() {
    let bench = suite_of("clock", "cannot be collected");
    bench.run(Until::AuthorTests).await.expect("a run");
    let brief = bench.model.brief("author_tests/clock/2");
    let reason = "tests/clock/contract_test.fk:1: the test file cannot be collected: it cannot be read";
    assert!(brief.contains(reason), "{brief}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_persons_suite_is_never_turned_away_and_what_it_collects_is_expected_too() {
    let mut bench = Bench::new();
    bench.run(Until::Certify).await.expect("a run");
    bench.write("tests/clock/contract_test.fk", "use clock\ntest always\ntest three\n");
    bench.asking(|_| {});
    let report = bench.run(Until::Certify).await.expect("a run");
    assert!(report.is_good());
    let check = expected_check(&report, "clock").expect("it was made");
    assert_eq!(check, (true, "2 ids expected, none is missing or failed".to_owned()), "not those of the old code");
    let warned = |bench: &Bench| bench.listener.heard().iter().any(|event| event.contains("[test-shows-nothing]"));
    assert!(warned(&bench));
    assert_eq!(bench.runner.decoys(), 3);
    bench.asking(|_| {});
    bench.run(Until::Certify).await.expect("a run");
    assert!(warned(&bench), "as long as it is so");
    assert_eq!(bench.runner.decoys(), 0, "known from the time before");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expectation_that_a_person_wrote_down_is_kept_and_holds() {
    let mut bench = Bench::new();
    bench.run(Until::Certify).await.expect("a run");
    let path = "tests/clock/contract_test_suite.json";
    bench.write(path, &bench.read(path).replace("contract_test.fk::two", "contract_test.fk::gone"));
    // A person's code is judged as it stands, so nobody is asked for better.
    bench.write("src/clock/clock.fk", "clock_go is right by hand\n");
    bench.asking(|_| {});
    let report = bench.run(Until::Certify).await.expect("a run");
    let (held, detail) = expected_check(&report, "clock").expect("it was made");
    assert!(!held && detail.ends_with("not passed: `tests/clock/contract_test.fk::gone`"), "{detail}");
    let clock = report.components.iter().find(|component| component.id.as_str() == "clock").expect("it is there");
    assert_eq!(clock.verdict.as_ref().map(|verdict| verdict.verdict), Some(Judgement::Failed));
    assert!(bench.read(path).contains("contract_test.fk::gone"));
}
