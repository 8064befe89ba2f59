//! `pact demo`: a whole run from task to verdict, what a viewer sees of it, and what can be done with it afterwards.

mod languages;
mod views;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Duration;

use serde_json::Value;

use crate::support::{Ended, folder, pact, read, tree, write};

const COMPONENTS: [&str; 3] = ["money", "tariff", "invoice"];
/// The second run needs no model and executes nothing; the promise is a run of twenty seconds.
const AGAIN: Duration = Duration::from_secs(20);

/// A demo that ran once, for all tests that only look at it.
struct Shown {
    place: tempfile::TempDir,
    first: Ended,
}

static SHOWN: LazyLock<Shown> = LazyLock::new(|| {
    let place = folder(&[]);
    let first = pact(place.path(), ["demo"]).with_code(0);
    Shown { place, first }
});

impl Shown {
    fn project(&self) -> PathBuf {
        self.place.path().join("pact-demo")
    }

    /// A copy that a test may change. It lies elsewhere, so nothing in it may depend on where it was made.
    fn copy(&self) -> tempfile::TempDir {
        let copy = folder(&[]);
        for (path, content) in tree(&self.project()) {
            let inner = path.strip_prefix(self.project()).unwrap();
            write(&copy.path().join("pact-demo").join(inner), &String::from_utf8(content).unwrap());
        }
        copy
    }
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

fn contract(project: &Path, component: &str) -> Value {
    json(&read(&project.join("contracts").join(component).join("interface.json")))
}

/// How often a model was asked, by the receipts.
fn questions(project: &Path) -> usize {
    read(&project.join(".pact/receipts.jsonl")).lines().filter(|line| line.contains("provider.complete")).count()
}

/// Makes a component wrong: its first function that returns something returns nothing.
fn break_a_line(project: &Path, component: &str) {
    let file = project.join("src").join(component).join(format!("{component}.py"));
    let code = read(&file);
    let line = code.lines().find(|line| line.trim_start().starts_with("return ")).unwrap();
    let indent = &line[..line.len() - line.trim_start().len()];
    write(&file, &code.replacen(line, &format!("{indent}return None"), 1));
}

#[test]
fn the_first_line_says_where_models_come_from_and_the_last_ones_are_verdicts() {
    let lines: Vec<&str> = SHOWN.first.stdout.lines().collect();
    assert_eq!(lines[0], "models: scripted, an offline transcript");
    let mut verdicts: Vec<&str> = lines[lines.len() - COMPONENTS.len()..].to_vec();
    verdicts.sort_unstable();
    assert_eq!(verdicts, ["verdict: invoice passed", "verdict: money passed", "verdict: tariff passed"]);
}

#[test]
fn the_viewer_sees_which_check_caught_the_failing_attempt_and_the_cheating_one() {
    let out = &SHOWN.first.stdout;
    let attempts: Vec<&str> = out.lines().filter(|line| line.starts_with("implement ")).collect();
    let of = |component: &str| -> Vec<&str> {
        let words = attempts.iter().filter_map(|line| line.split_once(component)).map(|(_, words)| words.trim());
        words.map(|words| words.split(',').next().unwrap()).collect()
    };
    assert_eq!(of("money"), ["attempt 1: failed", "attempt 2: passed"], "{out}");
    assert_eq!(of("tariff"), ["attempt 1: failed", "attempt 2: passed"], "{out}");
    assert_eq!(of("invoice"), ["attempt 1: passed"], "{out}");
    // The cheat prints a summary of its own and leaves; what it printed is nowhere taken for a result.
    assert!(out.contains("caught by the check"), "{out}");
    assert!(out.contains("exited with code 0"), "{out}");
}

#[test]
fn the_end_names_costs_files_and_commands_that_exist() {
    let out = &SHOWN.first.stdout;
    let (_, end) = out.split_once("worth opening, in pact-demo:\n").expect("there are files worth opening");
    let (files, commands) = end.split_once("\n\nto try:\n").expect("there are commands to try");
    let files: Vec<&str> = files.lines().map(|line| line.split_whitespace().next().unwrap()).collect();
    assert!(files.len() >= 5, "{files:?}");
    for file in files {
        assert!(SHOWN.project().join(file).is_file(), "{file}");
    }
    assert!(commands.contains("pact test pact-demo"), "{commands}");
    for command in commands.lines().filter_map(|line| line.trim().strip_prefix("pact ")) {
        pact(SHOWN.place.path(), command.split_whitespace().chain(["--help"])).with_code(0);
    }
    assert!(out.contains("M fuel") && out.contains("MiB memory at most"), "{out}");
}

#[test]
fn each_brief_holds_the_contract_that_it_is_about() {
    let project = SHOWN.project();
    let mut seen = 0;
    for component in COMPONENTS {
        for role in ["author_tests", "implement"] {
            let briefs = tree(&project.join(".pact/briefs").join(role).join(component));
            assert!(!briefs.is_empty(), "{role} of {component} was briefed");
            for (path, brief) in briefs {
                let brief = String::from_utf8(brief).unwrap();
                let (_, after) = brief.split_once("## Contract\n\n```json\n").expect("the contract has a place");
                let (stated, _) = after.split_once("\n```").expect("the contract has an end");
                assert_eq!(json(stated), contract(&project, component), "{}", path.display());
                seen += 1;
            }
        }
        // The contract itself is written from those of its dependencies.
        let brief = read(&project.join(".pact/briefs/contract").join(component).join("1.md"));
        assert!(brief.contains(&format!("# Component `{component}`")), "{brief}");
        for dependency in contract(&project, component)["dependencies"].as_array().unwrap() {
            let dependency = dependency.as_str().unwrap();
            for function in contract(&project, dependency)["functions"].as_array().unwrap() {
                let name = function["name"].as_str().unwrap();
                assert!(brief.contains(name), "{component} is not told of `{name}` of {dependency}");
            }
        }
    }
    assert!(seen >= 8, "six first attempts and two second ones, not {seen}");
}

#[test]
fn what_an_attempt_failed_on_stands_in_the_next_brief() {
    let briefs = SHOWN.project().join(".pact/briefs/implement");
    for component in ["money", "tariff"] {
        let second = read(&briefs.join(component).join("2.md"));
        let first = read(&briefs.join(component).join("1.md"));
        assert!(second.contains("# Your last attempt") && !first.contains("# Your last attempt"), "{second}");
        assert!(second.contains("test "), "{second}");
    }
}

#[test]
fn a_second_run_is_quick_asks_no_model_and_changes_no_file() {
    let copy = SHOWN.copy();
    let project = copy.path().join("pact-demo");
    let artefacts = || -> Vec<_> {
        tree(&project).into_iter().filter(|(path, _)| !path.starts_with(project.join(".pact"))).collect()
    };
    let (asked, before) = (questions(&project), artefacts());
    assert!(asked >= 12, "the first run asked {asked} times");
    let again = pact(copy.path(), ["demo"]).with_code(0);
    assert_eq!(questions(&project), asked);
    assert!(artefacts() == before, "an artefact was written again");
    assert!(again.took < AGAIN, "{:?}", again.took);
    for component in COMPONENTS {
        assert!(again.stdout.contains(&format!("verdict: {component} passed")), "{}", again.stdout);
    }
}

#[test]
fn a_broken_line_fails_pact_test_and_the_demo_says_so_until_it_starts_over() {
    let copy = SHOWN.copy();
    let project = copy.path().join("pact-demo");
    let whole = pact(copy.path(), ["test", "pact-demo"]).with_code(0);
    assert!(whole.stdout.contains("3 of 3 components passed"), "{}", whole.stdout);
    break_a_line(&project, "money");
    let broken = pact(&project, ["test"]).with_code(1);
    assert!(broken.stdout.contains("verdict: money failed"), "{}", broken.stdout);
    assert!(broken.stdout.contains("verdict: tariff passed"), "{}", broken.stdout);
    let one = pact(&project, ["test", "tariff"]).with_code(0);
    assert!(one.stdout.contains("verdict: tariff passed") && !one.stdout.contains("money"), "{}", one.stdout);
    let status = pact(&project, ["status"]).with_code(0);
    assert!(status.stdout.lines().any(|line| line.starts_with("money") && line.contains("stale")), "{}", status.stdout);
    // It is a person's code now: judged, and never replaced.
    let run = pact(copy.path(), ["demo"]).with_code(1);
    assert!(run.stdout.contains("verdict: money failed"), "{}", run.stdout);
    let fresh = pact(copy.path(), ["demo", "--fresh"]).with_code(0);
    assert!(fresh.stdout.contains("attempt 2: passed"), "it started over: {}", fresh.stdout);
}

#[test]
fn the_documents_say_what_the_words_say() {
    let project = SHOWN.project();
    let tested = json(&pact(&project, ["test", "--json"]).with_code(0).stdout);
    assert_eq!((&tested["schema"], &tested["verdict"]), (&"pact/test@1".into(), &"passed".into()));
    let components = tested["components"].as_array().unwrap();
    assert_eq!(components.len(), COMPONENTS.len());
    for component in components {
        assert_eq!(component["verdict"], "passed");
        let checks: Vec<&str> =
            component["checks"].as_array().unwrap().iter().map(|check| check["name"].as_str().unwrap()).collect();
        let expected = [
            "typed-results",
            "zero-tests",
            "expected-functions",
            "skip-marks",
            "expected-ids",
            "canaries",
            "side-effects",
            "smoke",
            "validators",
            "emission",
        ];
        assert_eq!(checks, expected);
        assert_eq!(component["isolation"], "split");
    }
    for command in ["status", "components"] {
        let document = json(&pact(&project, [command, "--json"]).with_code(0).stdout);
        assert_eq!(document["schema"], format!("pact/{command}@1"));
        assert_eq!(document["next"], "nothing, every component has passed");
        let rows = document["components"].as_array().unwrap();
        assert!(rows.iter().all(|row| row["code"] == "kept" && row["phase"].is_null()), "{document}");
    }
    let copy = SHOWN.copy();
    let ran = pact(&copy.path().join("pact-demo"), ["run", "--implement", "--json"]).with_code(0);
    let ran = json(&ran.stdout);
    assert_eq!(
        (&ran["schema"], &ran["good"], &ran["certificate"]),
        (&"pact/run@1".into(), &true.into(), &"pass".into())
    );
}

#[test]
fn every_session_of_a_plugin_left_one_receipt() {
    let receipts: Vec<Value> = read(&SHOWN.project().join(".pact/receipts.jsonl")).lines().map(json).collect();
    let count = |call: &str| receipts.iter().filter(|receipt| receipt["call"] == call).count();
    // Seven questions for the plan, five for code: three components, two of which needed a second attempt.
    assert_eq!(count("provider.complete"), 12);
    assert!(count("runner.run") >= 5, "each attempt was executed");
    assert!(count("backend.check-implementation") >= 5);
    let out = &SHOWN.first.stdout;
    assert!(out.contains(&format!("sandbox: {} sessions of plugins", receipts.len())), "{} in {out}", receipts.len());
}

#[test]
fn a_foreign_folder_is_refused_and_left_alone() {
    let place = folder(&[("mine/notes.txt", "mine")]);
    for arguments in [&["demo", "mine"][..], &["demo", "mine", "--fresh"]] {
        let ended = pact(place.path(), arguments).with_code(2);
        assert_eq!(ended.stdout, "");
        assert!(ended.stderr.contains("`mine` is not empty, and no earlier demo"), "{}", ended.stderr);
    }
    assert_eq!(tree(place.path()).len(), 1);
}

#[test]
fn the_example_can_be_written_without_a_run_and_run_by_hand() {
    let place = folder(&[]);
    pact(place.path(), ["demo", "here", "--no-run"]).with_code(0);
    assert!(!place.path().join("here/contracts").exists());
    // Without `--implement` a run is a plan.
    let plan = pact(place.path(), ["run", "here"]).with_code(0);
    assert!(plan.stdout.starts_with("models: scripted, an offline transcript\n"), "{}", plan.stdout);
    assert!(plan.stdout.contains("plan: money ready"), "{}", plan.stdout);
    assert!(place.path().join("here/tests/money").is_dir() && !place.path().join("here/src").exists());
    // Nothing was implemented, so nothing can pass.
    let tested = pact(place.path(), ["test", "here"]).with_code(1);
    assert!(tested.stdout.contains("verdict: money failed, because it has no code yet"), "{}", tested.stdout);
}

#[test]
fn a_certificate_holds_until_a_file_that_it_speaks_of_changes() {
    let copy = SHOWN.copy();
    let project = copy.path().join("pact-demo");
    let holds = pact(&project, ["verify"]).with_code(0);
    assert!(holds.stdout.ends_with("the certificate holds\n") && !holds.stdout.contains("differs"), "{}", holds.stdout);
    let test = project.join("tests/money/contract_test.py");
    write(&test, &(read(&test) + "\n# one line more\n"));
    let broken = pact(&project, ["verify"]).with_code(1);
    let differing: Vec<&str> = broken.stdout.lines().filter(|line| line.contains("differs")).collect();
    assert!(differing.len() == 1 && differing[0].contains("money: inputs"), "{}", broken.stdout);
    break_a_line(&project, "tariff");
    let document = json(&pact(&project, ["verify", "--json"]).with_code(1).stdout);
    let differing: Vec<(&str, &str)> = (document["compared"].as_array().unwrap().iter())
        .filter(|line| line["holds"] == false)
        .map(|line| (line["component"].as_str().unwrap(), line["what"].as_str().unwrap()))
        .collect();
    assert_eq!(differing, [("money", "inputs"), ("tariff", "implementation"), ("tariff", "inputs")]);
}

#[test]
fn a_certificate_that_was_changed_does_not_hold() {
    let copy = SHOWN.copy();
    let project = copy.path().join("pact-demo");
    let file = project.join("certification/certification.json");
    write(&file, &read(&file).replacen("\"failed\": 0", "\"failed\": 1", 1));
    let broken = pact(&project, ["verify"]).with_code(1);
    assert!(broken.stdout.contains("differs  certificate"), "{}", broken.stdout);
}

#[test]
fn what_was_certified_happens_again_to_the_last_unit_of_fuel() {
    let copy = SHOWN.copy();
    let project = copy.path().join("pact-demo");
    let again = json(&pact(&project, ["verify", "--rerun", "--json"]).with_code(0).stdout);
    let certificate = json(&read(&project.join("certification/certification.json")));
    for rerun in again["rerun"].as_array().unwrap() {
        let component = rerun["component"].as_str().unwrap();
        assert_eq!(rerun["fuel_not_compared"], Value::Null, "{component}");
        assert_eq!(rerun["result"]["fuel"], certificate["visible_results"][component]["fuel"], "{component}");
    }
    assert_eq!(again["rerun"].as_array().unwrap().len(), COMPONENTS.len());
    break_a_line(&project, "money");
    let broken = pact(&project, ["verify", "--rerun"]).with_code(1);
    assert!(broken.stdout.contains("differs  money, judged again"), "{}", broken.stdout);
}

#[test]
fn without_a_certificate_there_is_a_hint_how_to_get_one() {
    let place = folder(&[("pact.yaml", "language: python\n")]);
    let ended = pact(place.path(), ["verify"]).with_code(2);
    assert!(
        ended.stderr.contains("no certificate") && ended.stderr.contains("pact run --implement"),
        "{}",
        ended.stderr
    );
}
