//! Projects that pact-agents 1.2.0 wrote (`tests/reference`) open as they are, and looking at them changes nothing.

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Ended, folder, pact, read, repository, tree, write};

const PROJECTS: [&str; 4] = ["lending", "meter", "ticker", "planned"];

/// A copy of one of the projects.
fn copy(name: &str) -> TempDir {
    let copy = folder(&[]);
    let source = repository().join("tests/reference").join(name);
    for (path, content) in tree(&source) {
        write(&copy.path().join(path.strip_prefix(&source).unwrap()), &String::from_utf8(content).unwrap());
    }
    copy
}

fn json(ended: &Ended) -> Value {
    serde_json::from_str(&ended.stdout).unwrap_or_else(|error| panic!("{error} in {}", ended.stdout))
}

#[test]
fn each_opens_and_to_look_at_it_changes_nothing() {
    for name in PROJECTS {
        let project = copy(name);
        let before = tree(project.path());
        for command in ["status", "components", "tree", "design"] {
            let ended = pact(project.path(), [command]).with_code(0);
            assert!(!ended.stderr.contains("error"), "{name} {command}: {}", ended.stderr);
        }
        let findings = json(&pact(project.path(), ["validate", "--json"]).with_code(1));
        assert!(!findings["findings"].as_array().unwrap().is_empty(), "{findings}");
        assert_eq!(tree(project.path()), before, "{name}");
    }
}

#[test]
fn a_warning_about_a_setting_is_said_once() {
    let project = copy("lending");
    for command in ["status", "tree", "design", "validate"] {
        let said = pact(project.path(), [command]).stderr;
        assert_eq!(said.matches("`budget` has no effect").count(), 1, "{command}: {said}");
    }
}

#[test]
fn a_project_without_a_language_is_one_of_python() {
    let project = copy("lending");
    let ended = pact(project.path(), ["handoff", "fines", "--json"]).with_code(0);
    assert_eq!(json(&ended)["language"], "python");
    assert!(!read(&project.path().join("pact.yaml")).contains("language"));
}

#[test]
fn findings_name_what_the_reference_lets_pass() {
    let codes = |name: &str| -> Vec<String> {
        let project = copy(name);
        let document = json(&pact(project.path(), ["validate", "--json"]).with_code(1));
        let findings = document["findings"].as_array().unwrap().iter();
        let mut codes: Vec<String> = findings
            .map(|finding| format!("{} {}", finding["file"].as_str().unwrap(), finding["code"].as_str().unwrap()))
            .collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    };
    insta::assert_debug_snapshot!("lending-findings", codes("lending"));
    insta::assert_debug_snapshot!("meter-findings", codes("meter"));
    insta::assert_debug_snapshot!("ticker-findings", codes("ticker"));
    insta::assert_debug_snapshot!("planned-findings", codes("planned"));
}

#[test]
fn every_contract_is_rendered_in_every_language() {
    for (name, component) in
        [("lending", "catalogue"), ("lending", "fines"), ("lending", "loans"), ("meter", "meter"), ("ticker", "feed")]
    {
        let project = copy(name);
        let file = format!("contracts/{component}/interface.json");
        for language in ["python", "typescript", "javascript"] {
            pact(project.path(), ["render", &file, "--lang", language, "-o", "out"]).with_code(0);
        }
    }
}

#[test]
fn components_are_handed_off_in_their_own_language_and_found_fit() {
    for (name, component, language) in [("lending", "fines", "python"), ("meter", "meter", "typescript")] {
        let project = copy(name);
        let brief = pact(project.path(), ["handoff", component]).with_code(0).stdout;
        assert!(brief.contains(&format!("```{language}\n")), "{brief}");
        pact(project.path(), ["handoff", component, "--validate"]).with_code(0);
    }
    let project = copy("lending");
    // `Isbn` does not say what it is made of.
    let ended = pact(project.path(), ["handoff", "catalogue"]).with_code(1);
    assert!(
        ended.stderr.contains("the contract of `catalogue` cannot be written in python: /types/5"),
        "{}",
        ended.stderr
    );
    let ended = pact(project.path(), ["handoff", "loans"]).with_code(2);
    assert!(ended.stderr.contains("has no tests yet"), "{}", ended.stderr);
}

#[test]
fn kept_attempts_and_notes_are_read() {
    let project = copy("lending");
    let document = json(&pact(project.path(), ["diff", "fines", "--json"]).with_code(0));
    assert_eq!(document["known"], serde_json::json!(["1f2e3d4c", "9a8b7c6d", "current"]));
    let ended = pact(project.path(), ["diff", ".", "fines"]).with_code(2);
    assert!(ended.stderr.contains("write: pact diff fines --project ."), "{}", ended.stderr);
    let shown = pact(project.path(), ["diff", "fines", "1f2e3d4c", "9a8b7c6d"]).with_code(0).stdout;
    assert!(shown.contains("+    return min(days * cents_a_day, 5000)\n"), "{shown}");
    insta::assert_snapshot!("lending-design", pact(project.path(), ["design"]).with_code(0).stdout);
}

#[test]
fn tests_of_the_reference_run_as_they_are() {
    let project = copy("lending");
    let ended = pact(project.path(), ["test", ".", "fines"]).with_code(0);
    assert!(ended.stdout.contains("verdict: fines passed"), "{}", ended.stdout);
    let code = project.path().join("src/fines/fines.py");
    write(&code, &read(&code).replace(", 5000", ", 4000"));
    pact(project.path(), ["test", ".", "fines"]).with_code(1);
}
