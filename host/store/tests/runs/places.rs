//! What lies where after a run, and who may be there at the same time.

use std::error::Error as _;

use pact_pipeline::Until;
use pact_pipeline::ports::Workspace as _;
use pact_store::{OpenError, Project};

use crate::project::{Bench, COMPONENTS};

#[expect(clippy::disallowed_methods, reason = "the test looks at the folder from outside, as a person would")]
fn files_of(root: &std::path::Path, hidden: bool) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("readable") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                if hidden || !path.ends_with(".pact") {
                    open.push(path);
                }
            } else {
                let name = path.strip_prefix(root).expect("below").display().to_string();
                found.push((name, std::fs::read(&path).expect("readable")));
            }
        }
    }
    found.sort();
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_leaves_the_layout_of_the_reference() {
    let bench = Bench::new();
    let report = bench.run(Until::Certify).await.expect("a run");
    assert!(report.is_good() && report.components.iter().all(pact_pipeline::ComponentReport::has_passed), "{report:?}");
    let names: Vec<String> = files_of(bench.path(), false).into_iter().map(|(name, _)| name).collect();
    let history = names.iter().filter(|name| name.contains("/history/v1-")).count();
    assert_eq!(history, 3);
    let names: Vec<&str> = names.iter().map(String::as_str).filter(|name| !name.contains("/history/")).collect();
    insta::assert_snapshot!(names.join("\n"), @r"
    access_graph.json
    certification/certification.json
    contracts/basket/basket_types.fk
    contracts/basket/interface.fk
    contracts/basket/interface.json
    contracts/catalogue/catalogue_types.fk
    contracts/catalogue/interface.fk
    contracts/catalogue/interface.json
    contracts/clock/clock_types.fk
    contracts/clock/interface.fk
    contracts/clock/interface.json
    decomposition/decisions.json
    decomposition/tree.json
    sops.md
    src/basket/basket.fk
    src/catalogue/catalogue.fk
    src/clock/clock.fk
    task.md
    tests/basket/contract_test.fk
    tests/basket/contract_test_suite.json
    tests/catalogue/contract_test.fk
    tests/catalogue/contract_test_suite.json
    tests/clock/contract_test.fk
    tests/clock/contract_test_suite.json
    ");
    assert_eq!(bench.json("decomposition/tree.json")["nodes"]["basket"]["implementation_status"], "tested");
    assert_eq!(bench.json(".pact/state.json")["status"], "completed");
    assert_eq!(bench.json(".pact/state.json")["phase"], "complete");
    assert_eq!(bench.json(".pact/state.json")["total_tokens"], 1100);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_runs_of_the_same_task_leave_the_same_files() {
    let (one, other) = (Bench::new(), Bench::new());
    one.run(Until::Certify).await.expect("a run");
    other.run(Until::Certify).await.expect("a run");
    assert_eq!(files_of(one.path(), false), files_of(other.path(), false));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_file_outside_of_pacts_own_folder_knows_this_machine() {
    let bench = Bench::new();
    bench.run(Until::Certify).await.expect("a run");
    let place = bench.path().display().to_string();
    for (name, content) in files_of(bench.path(), false) {
        let content = String::from_utf8(content).expect("text");
        assert!(!content.contains(&place) && !content.contains("wall_ms") && !content.contains("seconds"), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_type_is_taken_over_from_its_owner() {
    let bench = Bench::new();
    bench.run(Until::Contract).await.expect("a run");
    let basket = bench.json("contracts/basket/interface.json");
    assert_eq!(basket["types"][0]["name"], "Item");
    assert_eq!(basket["types"][0]["owner_component"], "catalogue");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suite_holds_stand_ins_and_never_the_code_of_another_component() {
    let bench = Bench::new();
    bench.run(Until::Implement).await.expect("a run");
    let suites = bench.runner.suites.lock().expect("no test panics");
    let suite = suites.iter().find(|suite| suite.files.iter().any(|file| file.path == "src/basket/basket.fk"));
    let suite = suite.expect("basket was tested");
    let paths: Vec<&str> = suite.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "contracts/basket/basket_events.fk",
            "contracts/basket/basket_types.fk",
            "contracts/catalogue/catalogue_types.fk",
            "contracts/catalogue/stand_in/catalogue.fk",
            "src/basket/basket.fk",
            "tests/basket/contract_test.fk",
        ]
    );
    assert_eq!(
        suite.import_paths,
        ["src/basket", "contracts/basket", "contracts/catalogue/stand_in", "contracts/catalogue"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_brief_about_a_contract_holds_it() {
    let bench = Bench::new();
    bench.run(Until::Certify).await.expect("a run");
    for id in COMPONENTS {
        let contract = bench.read(&format!("contracts/{id}/interface.json"));
        for role in ["author_tests", "implement"] {
            let brief = bench.read(&format!(".pact/briefs/{role}/{id}/1.md"));
            assert!(brief.contains(contract.trim_end()), "{role} {id}");
        }
    }
    assert!(bench.read(".pact/briefs/contract/basket/1.md").contains("function catalogue_go"));
    assert!(bench.read(".pact/briefs/decompose/_run/1.md").contains("Sells things."));
}

#[test]
fn a_second_process_is_told_who_works_on_the_project() {
    let bench = Bench::new();
    let first = Project::open_to_work(bench.path()).expect("nobody else works on it");
    let error = Project::open_to_work(bench.path()).expect_err("the first one does");
    assert!(matches!(error, OpenError::Locked { .. }), "{error}");
    let reason = error.source().expect("a reason").to_string();
    assert_eq!(reason, format!("process {} is working on this project", std::process::id()));
    drop(first);
    Project::open_to_work(bench.path()).expect("it is free again");
}

#[test]
fn who_only_looks_needs_no_lock_and_can_write_nothing() {
    let bench = Bench::new();
    let _working = Project::open_to_work(bench.path()).expect("nobody else works on it");
    let looking = Project::open_to_read(bench.path()).expect("looking is free");
    assert_eq!(looking.task().expect("a task").standards, "Plain functions.\n");
    let error = looking.write("src/a/a.fk", b"x").expect_err("no lock");
    assert_eq!(error.to_string(), "failed to write `src/a/a.fk`");
    assert!(!bench.exists("src/a/a.fk"));
}

#[test]
fn a_new_file_never_replaces_one_that_is_there() {
    let bench = Bench::new();
    let project = Project::open_to_work(bench.path()).expect("nobody else works on it");
    assert!(!project.write_new("task.md", b"other").expect("readable"));
    assert!(project.write_new("notes.md", b"new").expect("writable"));
    assert_eq!((bench.read("task.md").as_str(), bench.read("notes.md").as_str()), ("# Shop\n\nSells things.\n", "new"));
}
