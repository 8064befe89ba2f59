//! Components in languages of their own.

use pact_pipeline::{Fault, Until};

use crate::project::Bench;

#[tokio::test(flavor = "multi_thread")]
async fn a_component_is_briefed_and_judged_in_its_own_language() {
    let mut bench = Bench::new();
    bench.others = vec!["clock"];
    let report = bench.run(Until::Certify).await.expect("a run");
    assert!(report.is_good(), "{report:?}");
    for role in ["contract", "author_tests", "implement"] {
        for (component, language) in [("clock", "other"), ("catalogue", "fake"), ("basket", "fake")] {
            let brief = bench.read(&format!(".pact/briefs/{role}/{component}/1.md"));
            assert!(brief.contains(&format!("The language is {language}, ")), "{role} of {component}: {brief}");
        }
    }
    assert_eq!(bench.json("tests/clock/contract_test_suite.json")["test_language"], "other");
    let plugins = &bench.json("certification/certification.json")["plugins"];
    for id in ["fake", "other", "runner-fake"] {
        assert!(plugins[id].is_string(), "{plugins}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_language_makes_its_component_again_and_no_other() {
    let mut bench = Bench::new();
    bench.run(Until::Certify).await.expect("a run");
    bench.others = vec!["clock"];
    bench.asking(|_| {});
    assert!(bench.run(Until::Certify).await.expect("a run").is_good());
    assert_eq!(bench.model.questions(), ["author_tests/clock/1", "contract/clock/1", "implement/clock/1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_of_a_component_that_does_not_exist_ends_the_run_once_that_is_known() {
    let mut bench = Bench::new();
    bench.others = vec!["clocks"];
    let error = bench.run(Until::Certify).await.expect_err("nobody is called so");
    assert_eq!(error.fault(), Fault::User);
    assert_eq!(
        error.to_string(),
        "`clocks` has a language of its own, and is no component of this project: there is `basket`, `catalogue`, `clock`"
    );
    assert_eq!(bench.model.questions(), ["decompose/-/1"]);
}
