//! Going on: what is kept, what is made again, and what belongs to a person.

use pact_model::phase::Phase;
use pact_pipeline::judge::CanaryKey;
use pact_pipeline::ports::WorkspaceErrorKind;
use pact_pipeline::{Error, Fault, RunOptions, Until};

use crate::project::{Bench, code, contract, fenced, question};

const NOTHING: [&str; 0] = [];

#[tokio::test(flavor = "multi_thread")]
async fn a_run_goes_on_after_each_phase_and_asks_nothing_twice() {
    let mut bench = Bench::new();
    let stops = [
        (Until::Decompose, vec!["decompose/-/1"]),
        (Until::Contract, vec!["contract/basket/1", "contract/catalogue/1", "contract/clock/1"]),
        (Until::AuthorTests, vec!["author_tests/basket/1", "author_tests/catalogue/1", "author_tests/clock/1"]),
        (Until::Implement, vec!["implement/basket/1", "implement/catalogue/1", "implement/clock/1"]),
        (Until::Certify, vec![]),
    ];
    for (until, questions) in stops {
        bench.asking(|_| {});
        bench.run(until).await.expect("a run");
        assert_eq!(bench.model.questions(), questions, "{until:?}");
    }
    bench.asking(|_| {});
    let report = bench.run(Until::Certify).await.expect("a run");
    assert!(report.is_good());
    assert_eq!((bench.model.questions().len(), bench.runner.count()), (0, 0), "a verdict is kept");
    assert_eq!(bench.runner.decoys(), 0, "and so is what the suite showed on decoys");
    assert_eq!(bench.json(".pact/state.json")["status"], "completed");
    assert!(bench.listener.heard().contains(&"certify - Kept".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stored_reply_is_used_when_its_artefact_was_never_written() {
    let mut bench = Bench::new();
    bench.run(Until::Contract).await.expect("a run");
    // Killed after the reply was stored: the artefact and the record of it are missing, and a torn temporary file is there.
    remove(&bench, "contracts/clock/interface.json");
    remove(&bench, ".pact/components/clock.json");
    bench.write("contracts/clock/.interface.json.pact-new", "{\"component_id\": \"clo");
    bench.asking(|_| {});
    bench.run(Until::Contract).await.expect("a run");
    assert_eq!(bench.model.questions(), NOTHING);
    assert_eq!(bench.json("contracts/clock/interface.json")["version"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_contract_is_kept_and_restarts_its_component_only() {
    let mut bench = Bench::new();
    bench.run(Until::Certify).await.expect("a run");
    let mut edited = bench.json("contracts/clock/interface.json");
    edited["description"] = "Tells the time of day.".into();
    bench.write("contracts/clock/interface.json", &edited.to_string());
    bench.asking(|_| {});
    let report = bench.run(Until::Certify).await.expect("a run");
    assert!(report.is_good(), "{report:?}");
    assert_eq!(bench.model.questions(), ["author_tests/clock/1", "implement/clock/1"]);
    assert_eq!(bench.json("contracts/clock/interface.json"), edited);
    assert!(bench.listener.heard().contains(&"contract clock Edited".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_contract_reaches_those_who_depend_on_it_and_stops_where_nothing_changes() {
    let mut bench = Bench::new();
    bench.run(Until::Certify).await.expect("a run");
    let mut edited = bench.json("contracts/catalogue/interface.json");
    edited["types"][0]["fields"][0]["type_ref"] = "float".into();
    bench.write("contracts/catalogue/interface.json", &edited.to_string());
    bench.asking(|_| {});
    bench.run(Until::Certify).await.expect("a run");
    assert!(
        !bench.model.questions().iter().any(|question| question.contains("clock")),
        "{:?}",
        bench.model.questions()
    );
    let basket = bench.json("contracts/basket/interface.json");
    assert_eq!(basket["types"][0]["fields"][0]["type_ref"], "float");
    assert_eq!(basket["version"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_contract_that_is_not_valid_is_named_with_file_and_line() {
    let bench = Bench::new();
    bench.run(Until::Contract).await.expect("a run");
    let text = bench.read("contracts/clock/interface.json");
    bench.write(
        "contracts/clock/interface.json",
        &text.replace("\"output_type\": \"int\"", "\"output_type\": \"Ghost\""),
    );
    let error = bench.run(Until::Certify).await.expect_err("not valid");
    let line = text.lines().position(|line| line.contains("\"output_type\"")).expect("it has one") + 1;
    assert!(
        error.to_string().starts_with(&format!("`contracts/clock/interface.json` is not valid: line {line}: `Ghost`")),
        "{error}"
    );
    assert_eq!(error.fault(), Fault::Artefact);
    bench.write("contracts/clock/interface.json", "{\n  \"component_id\": 7\n}");
    let Error::Workspace(error) = bench.run(Until::Certify).await.expect_err("not readable") else {
        panic!("another error")
    };
    assert_eq!(error.to_string(), "failed to read `contracts/clock/interface.json`");
    assert!(
        matches!(&error.kind, WorkspaceErrorKind::Malformed { line: 2, message, .. } if message.contains("at `component_id`")),
        "{:?}",
        error.kind
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn edited_code_is_judged_as_it_stands_and_never_replaced() {
    let mut bench = Bench::new();
    bench.run(Until::Certify).await.expect("a run");
    bench.write("src/clock/clock.fk", "clock_go is wrong by hand\n");
    bench.asking(|_| {});
    let report = bench.run(Until::Certify).await.expect("a run");
    assert!(!report.is_good());
    assert_eq!(bench.model.questions(), NOTHING);
    assert_eq!(bench.runner.count(), 1, "only what changed is judged");
    assert_eq!(bench.read("src/clock/clock.fk"), "clock_go is wrong by hand\n");
    bench.write("src/clock/clock.fk", "clock_go is right by hand\n");
    let report = bench.run(Until::Certify).await.expect("a run");
    assert!(report.is_good());
    assert_eq!(bench.read("src/clock/clock.fk"), "clock_go is right by hand\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn edited_tests_judge_anew_and_lead_to_new_code() {
    let mut bench = Bench::new();
    bench.run(Until::Certify).await.expect("a run");
    bench.write("tests/clock/contract_test.fk", "use clock\ntest one\ntest three\n");
    bench.asking(|_| {});
    let report = bench.run(Until::Certify).await.expect("a run");
    assert!(report.is_good());
    assert_eq!(bench.model.questions(), ["implement/clock/1"]);
    assert!(bench.model.brief("implement/clock/1").contains("test three"));
    assert_eq!(bench.read("tests/clock/contract_test.fk"), "use clock\ntest one\ntest three\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_key_of_canaries_judges_again_and_the_same_one_does_not() {
    let mut bench = Bench::new();
    bench.run(Until::Certify).await.expect("a run");
    for (key, suites) in [(Some(1), 3), (Some(1), 0), (Some(2), 3), (None, 3)] {
        bench.asking(|_| {});
        let canary_key = key.map(|byte| CanaryKey::Secret([byte; 32]));
        let options = RunOptions { until: Until::Certify, canary_key, ..RunOptions::default() };
        bench.run_with(options).await.expect("a run");
        assert_eq!((bench.runner.count(), bench.runner.decoys()), (suites, 0), "{key:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_plugin_judges_again_and_asks_nobody() {
    let mut bench = Bench::new();
    bench.run(Until::Certify).await.expect("a run");
    bench.asking(|_| {});
    let report = bench.run_with_runner("99").await.expect("a run");
    assert!(report.is_good());
    assert_eq!((bench.model.questions().len(), bench.runner.count()), (0, 3));
    assert_eq!(bench.json("certification/certification.json")["plugins"]["runner-fake"], "99");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attempt_more_starts_after_those_that_were_made() {
    let mut bench = Bench::answering(|replies| {
        replies.insert(question(Phase::Implement, "clock", 1), code("clock", "is wrong"));
    });
    let options = |max_implementation_attempts| RunOptions {
        until: Until::Certify,
        max_implementation_attempts,
        ..RunOptions::default()
    };
    assert!(!bench.run_with(options(1)).await.expect("a run").is_good());
    bench.asking(|replies| {
        replies.insert(question(Phase::Implement, "clock", 2), code("clock", "is right now"));
    });
    let report = bench.run_with(options(2)).await.expect("a run");
    assert!(report.is_good(), "{report:?}");
    assert_eq!(bench.model.questions(), ["implement/clock/2"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_task_is_divided_again_and_unchanged_components_stay() {
    let mut bench = Bench::new();
    bench.run(Until::Certify).await.expect("a run");
    bench.write("task.md", "# Shop\n\nSells other things.\n");
    bench.asking(|_| {});
    let report = bench.run(Until::Certify).await.expect("a run");
    assert!(report.is_good());
    assert_eq!(bench.model.questions(), ["decompose/-/1"]);
    assert_eq!(bench.runner.count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_memory_everything_is_a_persons_and_stays() {
    let mut bench = Bench::new();
    bench.run(Until::Certify).await.expect("a run");
    forget(&bench);
    bench.asking(|_| {});
    let report = bench.run(Until::Certify).await.expect("a run");
    assert!(report.is_good(), "{report:?}");
    assert_eq!((bench.model.questions().len(), bench.runner.count()), (0, 3));
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_fields_of_an_edited_contract_survive() {
    let mut bench = Bench::new();
    bench.run(Until::Contract).await.expect("a run");
    let mut edited = contract("clock");
    edited["component_id"] = "clock".into();
    edited["x_team"] = "night shift".into();
    bench.write("contracts/clock/interface.json", &edited.to_string());
    bench.asking(|replies| {
        replies.insert(question(Phase::Contract, "clock", 1), fenced(&contract("clock")));
    });
    bench.run(Until::AuthorTests).await.expect("a run");
    assert!(bench.model.brief("author_tests/clock/1").contains("\"x_team\": \"night shift\""));
    assert_eq!(bench.json("contracts/clock/interface.json"), edited);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_state_of_the_reference_is_left_alone() {
    let bench = Bench::new();
    let state = "{\"id\": \"0123456789ab\", \"project_dir\": \"/p\", \"status\": \"paused\", \"phase\": \"arbiter\"}";
    bench.write(".pact/state.json", state);
    bench.run(Until::AuthorTests).await.expect("a run");
    assert_eq!(bench.read(".pact/state.json"), state);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_does_not_answer_stops_the_run_and_what_was_finished_stays() {
    let mut bench = Bench::answering(|replies| {
        replies.remove(&question(Phase::AuthorTests, "clock", 1));
    });
    let error = bench.run(Until::Certify).await.expect_err("no reply");
    assert_eq!(error.fault(), Fault::Provider);
    let tasks = bench.json(".pact/state.json")["component_tasks"].clone();
    assert_eq!((&tasks[0]["status"], &tasks[2]["status"]), (&"completed".into(), &"testing".into()), "{tasks}");
    bench.asking(|_| {});
    assert!(bench.run(Until::Certify).await.expect("a run").is_good());
    assert_eq!(bench.model.questions(), ["author_tests/clock/1", "implement/clock/1"]);
}

#[expect(clippy::disallowed_methods, reason = "the test changes the folder from outside, as a crash would")]
fn remove(bench: &Bench, path: &str) {
    std::fs::remove_file(bench.path().join(path)).expect("it is there");
}

#[expect(clippy::disallowed_methods, reason = "the test changes the folder from outside, as a person would")]
fn forget(bench: &Bench) {
    std::fs::remove_dir_all(bench.path().join(".pact")).expect("it is there");
}
