//! Attempts: what is rejected, what its author is told, and what counts as a verdict.

use pact_model::phase::Phase;
use pact_model::verdict::{CheckName, Judgement};
use pact_pipeline::{Error, Fault, RunOptions, Until};

use crate::project::{Bench, code, contract, fenced, question};

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_attempt_goes_back_with_its_failure_and_the_next_one_passes() {
    let bench = Bench::answering(|replies| {
        replies.insert(question(Phase::Implement, "clock", 1), code("clock", "is wrong"));
        replies.insert(question(Phase::Implement, "clock", 2), code("clock", "is right now"));
    });
    let report = bench.run(Until::Certify).await.expect("a run");
    let clock = report.components.iter().find(|component| component.id.as_str() == "clock").expect("it is there");
    assert!(clock.has_passed());
    assert_eq!(clock.attempts, 2);
    let brief = bench.model.brief("implement/clock/2");
    assert!(brief.contains("test tests/clock/contract_test.fk::one:\nassert 1 == 2"), "{brief}");
    assert!(brief.contains("clock_go is wrong"), "the last attempt is shown: {brief}");
    assert_eq!(bench.read("src/clock/clock.fk"), "clock_go is right now\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cheat_is_caught_by_the_check_that_its_author_is_told_of() {
    let bench = Bench::answering(|replies| {
        replies.insert(question(Phase::Implement, "clock", 1), code("clock", "cheat: 2 passed in 0.01s"));
        replies.insert(question(Phase::Implement, "clock", 2), code("clock", "is right now"));
    });
    let report = bench.run(Until::Certify).await.expect("a run");
    assert!(report.is_good());
    let heard = bench.listener.heard();
    let rejected = heard.iter().find(|event| event.starts_with("implement clock 1 rejected")).expect("it was");
    assert!(rejected.contains("the check typed-results did not hold"), "{rejected}");
    assert!(heard.contains(&"judged clock 2 Passed".to_owned()), "{heard:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_component_that_nobody_gets_right_fails_alone() {
    let bench = Bench::answering(|replies| {
        for attempt in 1..=2 {
            replies.insert(question(Phase::Implement, "catalogue", attempt), code("catalogue", "is wrong"));
        }
    });
    let options = RunOptions { until: Until::Certify, max_implementation_attempts: 2, ..RunOptions::default() };
    let report = bench.run_with(options).await.expect("a run");
    let passed: Vec<_> =
        report.components.iter().map(|component| (component.id.as_str(), component.has_passed())).collect();
    assert_eq!(passed, [("catalogue", false), ("clock", true), ("basket", true)]);
    assert!(!report.is_good());
    let certificate = bench.json("certification/certification.json");
    assert_eq!(certificate["verdict"], "partial");
    assert_eq!(certificate["visible_results"]["catalogue"]["failed"], 2);
    assert_eq!(certificate["plugins"]["runner-fake"], "11");
    assert_eq!(certificate["timestamp"], "2026-01-02T03:04:05Z");
    let state = bench.json(".pact/state.json");
    assert_eq!((&state["status"], &state["phase"]), (&"failed".into(), &"implement".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_that_cannot_be_read_goes_back_with_its_place() {
    let bench = Bench::answering(|replies| {
        let good = replies[&question(Phase::Decompose, "-", 1)].clone();
        replies.insert(
            question(Phase::Decompose, "-", 1),
            "```json\n{\"components\": [\n  {\"id\": 1 2}]}\n```".to_owned(),
        );
        replies.insert(question(Phase::Decompose, "-", 2), good);
    });
    bench.run(Until::Decompose).await.expect("a run");
    let brief = bench.model.brief("decompose/-/2");
    assert!(brief.contains("1. line 3, column 12 of the reply:"), "{brief}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contract_that_is_not_valid_goes_back_with_each_fault() {
    let bench = Bench::answering(|replies| {
        let mut broken = contract("clock");
        broken["functions"][0]["output_type"] = "Ghost".into();
        broken["dependencies"] = serde_json::json!(["catalogue"]);
        replies.insert(question(Phase::Contract, "clock", 1), fenced(&broken));
        replies.insert(question(Phase::Contract, "clock", 2), fenced(&contract("clock")));
    });
    bench.run(Until::Contract).await.expect("a run");
    let brief = bench.model.brief("contract/clock/2");
    assert!(brief.contains("/dependencies: they must be exactly those of the question: []"), "{brief}");
    assert!(brief.contains("/functions/0/output_type: 'Ghost' is neither a basic type"), "{brief}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_contracts_of_one_wave_that_clash_send_the_later_one_back() {
    let bench = Bench::answering(|replies| {
        for id in ["catalogue", "clock"] {
            let mut greedy = contract(id);
            greedy["authority"] =
                serde_json::json!({"domains": ["time"], "rationale": "It is the one that knows the time."});
            replies.insert(question(Phase::Contract, id, 1), fenced(&greedy));
        }
        replies.insert(question(Phase::Contract, "clock", 2), fenced(&contract("clock")));
    });
    let report = bench.run(Until::Contract).await.expect("a run");
    assert!(report.is_good(), "{report:?}");
    assert!(bench.model.brief("contract/clock/2").contains("the domain 'time' belongs to 'catalogue' already"));
    assert!(!bench.model.questions().contains(&"contract/catalogue/2".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_depends_on_a_component_without_a_contract_says_what_it_waits_for() {
    let bench = Bench::answering(|replies| {
        for attempt in 1..=3 {
            replies.insert(question(Phase::Contract, "catalogue", attempt), "I cannot.".to_owned());
        }
    });
    let report = bench.run(Until::Certify).await.expect("a run");
    let reasons: Vec<_> = report.components.iter().map(|component| component.reasons.join(" ")).collect();
    assert!(reasons[0].starts_with("the reply holds no JSON object"), "{reasons:?}");
    assert_eq!(reasons[1..], ["", "it depends on components without a contract: catalogue"]);
    assert!(report.components[1].has_passed(), "clock goes its own way");
}

#[tokio::test(flavor = "multi_thread")]
async fn code_that_lacks_an_export_is_turned_away_without_a_test() {
    let bench = Bench::answering(|replies| {
        let empty = code("clock", "x").replace("clock_go", "other");
        replies.insert(question(Phase::Implement, "clock", 1), empty);
        replies.insert(question(Phase::Implement, "clock", 2), code("clock", "is right"));
    });
    bench.run(Until::Certify).await.expect("a run");
    assert!(
        bench
            .model
            .brief("implement/clock/2")
            .contains("src/clock/clock.fk:1: 'clock_go' is not exported [missing-export]")
    );
    assert_eq!(bench.runner.count(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_verdict_is_neither_remembered_nor_an_attempt() {
    let mut bench = Bench::answering(|replies| {
        replies.insert(question(Phase::Implement, "clock", 1), code("clock", "is slow"));
    });
    let error = bench.run(Until::Certify).await.expect_err("no verdict");
    assert!(matches!(&error, Error::NoVerdict { component, .. } if component.as_str() == "clock"), "{error}");
    assert_eq!(error.fault(), Fault::Plugin);
    assert!(bench.json(".pact/components/clock.json")["content"]["implement"].is_null());
    // The machine is faster now.
    bench.asking(|_| {});
    let slow = bench.run(Until::Certify).await.expect_err("the stored reply is the same slow code");
    assert!(matches!(slow, Error::NoVerdict { .. }));
    assert_eq!(bench.model.questions(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn files_of_an_earlier_attempt_do_not_stay() {
    let bench = Bench::answering(|replies| {
        let two = "```json\n{\"files\": [{\"path\": \"clock.fk\"}, {\"path\": \"extra.fk\", \"content\": \"wrong\"}]}\n```\n```fake clock.fk\nclock_go\n```\n";
        replies.insert(question(Phase::Implement, "clock", 1), two.to_owned());
        replies.insert(question(Phase::Implement, "clock", 2), code("clock", "is right"));
    });
    let report = bench.run(Until::Certify).await.expect("a run");
    assert!(report.is_good());
    assert!(!bench.exists("src/clock/extra.fk"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_path_that_leads_elsewhere_is_turned_away() {
    let bench = Bench::answering(|replies| {
        let elsewhere = "{\"files\": [{\"path\": \"../../task.md\", \"content\": \"mine\"}]}";
        replies.insert(question(Phase::Implement, "clock", 1), elsewhere.to_owned());
        replies.insert(question(Phase::Implement, "clock", 2), code("clock", "is right"));
    });
    bench.run(Until::Certify).await.expect("a run");
    assert_eq!(bench.read("task.md"), "# Shop\n\nSells things.\n");
    assert!(bench.model.brief("implement/clock/2").contains("'../../task.md' is no path below 'src/clock'"));
    let verdict = &bench.json(".pact/components/clock.json")["content"]["implement"]["verdict"];
    assert_eq!(verdict["verdict"], serde_json::to_value(Judgement::Passed).expect("a word"));
    assert_eq!(verdict["checks"][0]["name"], serde_json::to_value(CheckName::TypedResults).expect("a word"));
}

#[tokio::test(flavor = "multi_thread")]
async fn code_that_was_turned_away_does_not_come_in_with_the_next_run() {
    let mut bench = Bench::answering(|replies| {
        replies.insert(question(Phase::Implement, "clock", 1), code("clock", "is wrong"));
        replies.insert(question(Phase::Implement, "clock", 2), code("clock", "x").replace("clock_go", "other"));
    });
    let options = RunOptions { until: Until::Certify, max_implementation_attempts: 2, ..RunOptions::default() };
    assert!(!bench.run_with(options.clone()).await.expect("a run").is_good());
    bench.asking(|_| {});
    let report = bench.run_with(options).await.expect("a run");
    assert!(!report.is_good(), "its tests would pass, and it lacks an export");
    assert_eq!(bench.model.questions(), Vec::<String>::new());
}
