//! Files of a reply that would decide about their own judgement, or cannot lie where they want to: refused, and never in the
//! way of the next attempt.

use pact_model::phase::Phase;
use pact_model::receipt::{Receipt, SessionOutcome};
use pact_pipeline::Until;
use pact_pipeline::ports::Workspace as _;
use pact_store::Project;
use serde_json::json;

use crate::project::{Bench, code, fenced, question};

fn reply(files: &[(&str, &str)]) -> String {
    let listed: Vec<_> = files.iter().map(|(path, content)| json!({"path": path, "content": content})).collect();
    fenced(&json!({"files": listed}))
}

/// A project whose first reply to the implementation of `id` holds one more file, and whose second is good.
fn with_a_file(id: &'static str, path: &str) -> Bench {
    Bench::answering(|replies| {
        let main = (format!("{id}.fk"), format!("{id}_go is right"));
        let files = [(main.0.as_str(), main.1.as_str()), (path, "x")];
        replies.insert(question(Phase::Implement, id, 1), reply(&files));
        replies.insert(question(Phase::Implement, id, 2), code(id, "is right"));
    })
}

async fn is_refused_once(id: &'static str, path: &str, because: &str) {
    let bench = with_a_file(id, path);
    let report = bench.run(Until::Certify).await.expect("a run");
    assert!(report.is_good(), "{path}: {report:?}");
    let heard = bench.listener.heard();
    let start = format!("implement {id} 1 rejected: ");
    let rejected = heard.iter().find(|event| event.starts_with(&start)).unwrap_or_else(|| panic!("{path}: {heard:?}"));
    assert!(rejected.contains(because), "{path}: {rejected}");
    assert!(!bench.exists(&format!("src/{id}/{path}")), "{path} was written");
    let brief = bench.model.brief(&format!("implement/{id}/2"));
    assert!(brief.contains(because), "{path}: the author is told: {brief}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_brings_neither_tests_nor_settings_of_the_runner() {
    for path in ["settings.fk", "sub/settings.fk", "Settings.FK", "a_test.fk", "sub/a_test.fk"] {
        let because = if path == "Settings.FK" { "no source file" } else { "the test runner reads as tests" };
        is_refused_once("clock", path, because).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_brings_nothing_but_source_files() {
    for path in ["settings.ini", "noending", "clock.fk.bak", "sub.fk/x"] {
        is_refused_once("clock", path, "is no source file").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_brings_no_file_that_lists_of_the_folder_leave_out() {
    for path in ["node_modules/a.fk", "sub/__pycache__/a.fk", "Node_Modules/a.fk", ".a.fk"] {
        is_refused_once("clock", path, "is no path below").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_hides_neither_a_stand_in_nor_types() {
    for path in ["catalogue.fk", "Catalogue.fk", "catalogue/a.fk", "catalogue_types.fk", "Basket_Types.fk"] {
        is_refused_once("basket", path, "which the tests need").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_is_a_file_and_a_folder_is_refused_and_the_project_goes_on() {
    let bench = Bench::answering(|replies| {
        let main = ("clock.fk", "clock_go is right");
        replies.insert(question(Phase::Implement, "clock", 1), reply(&[main, ("u.fk", "x"), ("U.fk/a.fk", "y")]));
        replies.insert(question(Phase::Implement, "clock", 2), code("clock", "is right"));
    });
    assert!(bench.run(Until::Certify).await.expect("a run").is_good());
    let heard = bench.listener.heard();
    assert!(heard.iter().any(|event| event.contains("cannot be a file and the folder of")), "{heard:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_later_attempt_may_turn_a_file_into_a_folder_and_back() {
    let (wrong, right) = (("clock.fk", "clock_go is wrong"), ("clock.fk", "clock_go is right"));
    let bench = Bench::answering(|replies| {
        let attempts =
            [reply(&[wrong, ("u.fk", "x")]), reply(&[wrong, ("u.fk/deep/a.fk", "x")]), reply(&[right, ("u.fk", "z")])];
        for (reply, attempt) in attempts.into_iter().zip(1..) {
            replies.insert(question(Phase::Implement, "clock", attempt), reply);
        }
    });
    let report = bench.run(Until::Certify).await.expect("a run");
    assert!(report.is_good(), "{report:?}");
    assert_eq!(bench.runner.count(), 5, "each attempt was judged");
    assert_eq!(bench.read("src/clock/u.fk"), "z");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_in_the_way_of_a_persons_is_refused() {
    let bench = with_a_file("clock", "u.fk");
    bench.write("src/clock/u.fk/mine.fk", "by hand");
    assert!(bench.run(Until::Certify).await.expect("a run").is_good());
    let heard = bench.listener.heard();
    assert!(heard.iter().any(|event| event.contains("which a person wrote")), "{heard:?}");
    assert_eq!(bench.read("src/clock/u.fk/mine.fk"), "by hand");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_whose_files_no_list_shows_is_refused_and_the_project_goes_on() {
    let bench = with_a_file("clock", "u.fk");
    bench.write("src/clock/u.fk/.kept", "by a tool");
    assert!(bench.run(Until::Certify).await.expect("a run").is_good());
    let heard = bench.listener.heard();
    assert!(heard.iter().any(|event| event.contains("cannot be written")), "{heard:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_beside_the_code_fail_their_component_alone_and_nobody_is_asked() {
    let mut bench = Bench::new();
    assert!(bench.run(Until::Certify).await.expect("a run").is_good());
    for (path, reason) in [
        ("src/basket/sub/settings.fk", "`src/basket/sub/settings.fk` has a name that the test runner reads"),
        ("src/basket/catalogue.fk", "`src/basket/catalogue.fk` would hide `contracts/catalogue/stand_in/catalogue.fk`"),
    ] {
        bench.write(path, "by hand");
        bench.asking(|_| {});
        let report = bench.run(Until::Certify).await.expect("a run");
        let failed: Vec<_> = report.components.iter().filter(|component| !component.has_passed()).collect();
        assert_eq!(failed.len(), 1, "{path}: {report:?}");
        assert!(failed[0].reasons.iter().any(|text| text.starts_with(reason)), "{:?}", failed[0].reasons);
        assert_eq!((bench.model.questions().len(), bench.runner.count()), (0, 0), "{path}");
        assert_eq!(bench.json("certification/certification.json")["verdict"], "partial", "{path}");
        remove(&bench, path);
        bench.asking(|_| {});
        assert!(bench.run(Until::Certify).await.expect("a run").is_good(), "{path}");
        assert_eq!(bench.model.questions().len(), 0, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_that_an_earlier_pact_wrote_take_the_verdict_with_them() {
    let mut bench = Bench::new();
    assert!(bench.run(Until::Certify).await.expect("a run").is_good());
    let let_in = |bench: &Bench| {
        let project = Project::open_to_work(bench.path()).expect("nobody else works on it");
        project.write("src/clock/settings.fk", b"from a reply").expect("writable");
    };
    let_in(&bench);
    bench.asking(|_| {});
    assert!(bench.run(Until::Certify).await.expect("a run").is_good());
    assert!(!bench.exists("src/clock/settings.fk"), "the attempts are made again, and it is in none of them");
    // A person's code is not replaced, so it fails for as long as the file is there.
    let_in(&bench);
    bench.write("src/clock/clock.fk", "clock_go is right by hand\n");
    bench.asking(|_| {});
    let report = bench.run(Until::Certify).await.expect("a run");
    let clock = report.components.iter().find(|component| component.id.as_str() == "clock").expect("it is there");
    assert!(!clock.has_passed() && clock.reasons[0].contains("src/clock/settings.fk"), "{clock:?}");
    assert_eq!((bench.model.questions().len(), bench.runner.count()), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn data_that_a_person_put_beside_the_code_stays_in_the_suite() {
    let bench = Bench::new();
    bench.write("src/clock/zones.json", "{}");
    assert!(bench.run(Until::Certify).await.expect("a run").is_good());
    let suites = bench.runner.suites.lock().expect("no test panics");
    assert!(suites.iter().any(|suite| suite.files.iter().any(|file| file.path == "src/clock/zones.json")));
}

#[test]
fn stored_receipts_hold_nothing_that_a_terminal_obeys() {
    let bench = Bench::new();
    let project = Project::open_to_work(bench.path()).expect("nobody else works on it");
    let receipt = Receipt {
        plugin: "a\u{9b}31m\u{202e}b".to_owned(),
        digest: "d".to_owned(),
        call: "c".to_owned(),
        outcome: SessionOutcome::Trapped { message: "\u{2066}\u{7f}".to_owned() },
        limit: None,
        fuel: 1,
        wall_ms: 2,
        peak_memory_bytes: 3,
        output_bytes: 4,
        seed: 5,
        engine: "e".to_owned(),
    };
    project.append_receipts(&[receipt.clone(), receipt.clone()]).expect("writable");
    let text = bench.read(".pact/receipts.jsonl");
    assert!(text.bytes().all(|byte| byte == b'\n' || (0x20..0x7f).contains(&byte)), "{text:?}");
    let lines: Vec<Receipt> = text.lines().map(|line| serde_json::from_str(line).expect("a receipt")).collect();
    assert_eq!(lines, [receipt.clone(), receipt]);
}

#[expect(clippy::disallowed_methods, reason = "the test changes the folder from outside, as a person would")]
fn remove(bench: &Bench, path: &str) {
    std::fs::remove_file(bench.path().join(path)).expect("it is there");
}
