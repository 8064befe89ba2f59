//! `pact handoff`, `pact tree` and `pact contract history`, on the project that the demo has made.

use super::{COMPONENTS, SHOWN, break_a_line, contract, json};
use crate::support::{pact, read, tree, write};

#[test]
fn a_handoff_is_word_for_word_what_the_run_sent() {
    let project = SHOWN.project();
    for component in COMPONENTS {
        let sent = read(&project.join(".pact/briefs/implement").join(component).join("1.md"));
        let shown = pact(&project, ["handoff", component]).with_code(0).stdout;
        assert_eq!(shown, sent, "{component}");
        assert!(sent.contains("def test_"), "{sent}");
        let json = json(&pact(&project, ["handoff", component, "--json"]).with_code(0).stdout);
        let (system, user) = (json["system"].as_str().unwrap(), json["user"].as_str().unwrap());
        assert_eq!(format!("{system}\n{user}"), sent);
        assert_eq!((&json["schema"], &json["language"]), (&"pact/handoff@1".into(), &"python".into()));
    }
    for arguments in [vec!["handoff", "nobody"], vec!["handoff", "."], vec!["handoff"]] {
        pact(&project, arguments).with_code(2);
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a journey begins with files of a person's")]
fn a_handoff_needs_tests_and_says_so() {
    let copy = SHOWN.copy();
    let project = copy.path().join("pact-demo");
    for (path, _) in tree(&project.join("tests/money")) {
        std::fs::remove_file(path).unwrap();
    }
    let ended = pact(&project, ["handoff", "money"]).with_code(2);
    assert!(ended.stderr.contains("has no tests yet"), "{}", ended.stderr);
}

#[test]
fn a_tree_shows_how_far_each_component_is() {
    let copy = SHOWN.copy();
    let project = copy.path().join("pact-demo");
    let text = pact(&project, ["tree"]).with_code(0).stdout;
    assert_eq!(text.matches("[+] ").count(), COMPONENTS.len(), "{text}");
    assert!(text.lines().nth(1).unwrap().starts_with("├── [+] "), "{text}");
    break_a_line(&project, "money");
    let changed = pact(copy.path(), ["tree", "pact-demo"]).with_code(0).stdout;
    assert!(changed.contains("[~] money"), "{changed}");
    let json = json(&pact(&project, ["tree", "--json"]).with_code(0).stdout);
    assert_eq!(json["schema"], "pact/tree@1");
    assert!(json["root"]["stage"].is_null(), "{json}");
    let children = json["root"]["children"].as_array().unwrap();
    assert_eq!(children.len(), COMPONENTS.len());
    let money = children.iter().find(|child| child["component"] == "money").unwrap();
    assert_eq!(money["stage"], "unjudged");
    pact(copy.path(), ["tree"]).with_code(2);
}

#[test]
fn a_history_ends_with_what_a_person_has_changed() {
    let copy = SHOWN.copy();
    let project = copy.path().join("pact-demo");
    let first = pact(&project, ["contract", "history", "money"]).with_code(0).stdout;
    assert!(first.starts_with("version 1: the first, current  contracts/money/history/v1-"), "{first}");
    let file = project.join("contracts/money/interface.json");
    let mut contract = contract(&project, "money");
    contract["version"] = 2.into();
    contract["functions"][0]["output_type"] = "None".into();
    write(&file, &contract.to_string());
    let both = pact(copy.path(), ["contract", "history", "money", "--project", "pact-demo"]).with_code(0).stdout;
    assert!(both.contains("\nversion 2: breaking, current  contracts/money/interface.json\n"), "{both}");
    let json = json(&pact(&project, ["contract", "history", "money", "--json"]).with_code(0).stdout);
    assert_eq!(json["schema"], "pact/contract-history@1");
    assert_eq!(json["versions"][1]["changes"][0]["pointer"], "/functions/0/output_type");
    assert_eq!((&json["versions"][0]["is_current"], &json["versions"][1]["is_current"]), (&false.into(), &true.into()));
    pact(&project, ["contract", "history", "nobody"]).with_code(2);
    pact(&project, ["contract", "history", "../money"]).with_code(2);
}
