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

#[test]
fn a_handoff_is_found_fit_and_too_long_where_it_is() {
    let project = SHOWN.project();
    for component in COMPONENTS {
        let ended = pact(&project, ["handoff", component, "--validate"]).with_code(0);
        assert!(ended.stdout.starts_with(&format!("{component}: fit to be sent, about ")), "{}", ended.stdout);
        let ended = pact(&project, ["handoff", component, "--validate", "--max-tokens", "100", "--json"]).with_code(1);
        let json = json(&ended.stdout);
        assert_eq!((&json["schema"], &json["valid"]), (&"pact/handoff-validation@1".into(), &false.into()));
        let issue = &json["issues"][0];
        assert_eq!((&issue["level"], &issue["check"]), (&"error".into(), &"token_budget".into()));
        let characters = read(&project.join(".pact/briefs/implement").join(component).join("1.md")).chars().count() - 1;
        assert_eq!(json["token_estimate"], characters.div_ceil(4));
    }
    pact(&project, ["handoff", "money", "--max-tokens", "100"]).with_code(2);
}

#[test]
fn attempts_are_kept_and_compared() {
    let copy = SHOWN.copy();
    let project = copy.path().join("pact-demo");
    let known = |component: &str| -> Vec<String> {
        let document = json(&pact(&project, ["diff", component, "--json"]).with_code(0).stdout);
        assert_eq!(document["schema"], "pact/diff@1");
        document["known"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    let (several, one): (Vec<_>, Vec<_>) =
        COMPONENTS.into_iter().map(|it| (it, known(it))).partition(|(_, known)| known.len() > 2);
    let (component, attempts) = several.first().expect("the demo has an attempt that fails");
    assert_eq!(attempts.last().map(String::as_str), Some("current"));
    let shown = pact(&project, ["diff", component]).with_code(0).stdout;
    let file = format!("{component}.py");
    assert!(shown.contains(&format!("+++ current/{file}\n@@ ")), "{shown}");
    let last = &attempts[attempts.len() - 2];
    let same = pact(copy.path(), ["diff", component, last, "--project", "pact-demo"]).with_code(0).stdout;
    assert_eq!(same, format!("{last} and current are the same\n"));

    let (component, attempts) = one.first().expect("and one that passes at once");
    assert_eq!(attempts, &["1", "current"]);
    assert_eq!(pact(&project, ["diff", component]).with_code(0).stdout, "1 and current are the same\n");
    break_a_line(&project, component);
    let changed = pact(&project, ["diff", component]).with_code(0).stdout;
    assert!(changed.contains("\n+    return None\n") || changed.contains("return None\n"), "{changed}");
    let unknown = pact(&project, ["diff", component, "7"]).with_code(2).stderr;
    assert!(unknown.contains("there is: 1, current"), "{unknown}");
    pact(&project, ["diff", "nobody"]).with_code(2);
    pact(&project, ["diff", "../money"]).with_code(2);
}

#[test]
fn a_design_is_the_project_on_a_page() {
    let copy = SHOWN.copy();
    let project = copy.path().join("pact-demo");
    let shown = pact(&project, ["design"]).with_code(0).stdout;
    assert!(shown.starts_with("# "), "{shown}");
    for component in COMPONENTS {
        assert!(shown.contains(&format!("- [+] `{component}`")), "{shown}");
    }
    assert!(!shown.contains("## What did not pass"), "{shown}");
    write(
        &project.join("design.json"),
        r#"{"title": "Noted", "summary": "A\nsummary", "lessons_learned": ["Ask first."],
            "failure_history": [{"component_id": "money", "failure_type": "contract_bug", "description": "d"}]}"#,
    );
    pact(copy.path(), ["design", "pact-demo", "-o", "design.md"]).with_code(0);
    let written = read(&copy.path().join("design.md"));
    assert!(written.starts_with("# Noted\n\nA summary\n"), "{written}");
    assert!(written.contains("## What failed earlier\n\n- `money` contract_bug: d\n"), "{written}");
    assert!(written.contains("## Lessons learned\n\n- Ask first.\n"), "{written}");
    write(&project.join("design.json"), "{");
    let ended = pact(&project, ["design"]).with_code(2);
    assert!(ended.stderr.contains("design.json"), "{}", ended.stderr);
    pact(copy.path(), ["design"]).with_code(2);
}
