//! `pact render`: contracts as source text, with and without a project, whatever is wrong with them.

use serde_json::{Value, json};

use crate::support::{folder, pact, read, tree, write};

const LANGUAGES: [&str; 3] = ["python", "typescript", "javascript"];

fn contract(types: Value, functions: Value) -> String {
    json!({"component_id": "bank", "name": "Bank", "description": "d", "types": types, "functions": functions})
        .to_string()
}

fn function(name: &str, inputs: Value, output: &str) -> Value {
    json!({"name": name, "description": "d", "inputs": inputs, "output_type": output})
}

fn checked(type_ref: &str, kind: &str, expression: &str) -> Value {
    json!([{"name": "a", "type_ref": type_ref, "validators": [{"kind": kind, "expression": expression}]}])
}

fn pays() -> String {
    contract(json!([]), json!([function("pay", checked("int", "range", "min=1"), "int")]))
}

fn document(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

/// Renders a contract in every language, and returns all files of each with what was said.
fn rendered(contract: &str) -> Vec<(String, String)> {
    let place = folder(&[("c.json", contract)]);
    let mut all = Vec::new();
    for language in LANGUAGES {
        let ended = pact(place.path(), ["render", "c.json", "--lang", language, "-o", language]).with_code(0);
        let files = tree(&place.path().join(language));
        assert_eq!(files.len(), 3, "{files:?}");
        let text: Vec<String> = files.into_iter().map(|(_, text)| String::from_utf8(text).unwrap()).collect();
        all.push((text.join("\n"), ended.stderr));
    }
    all
}

#[test]
fn a_contract_file_needs_no_project_and_is_written_below_the_folder_only() {
    let place = folder(&[("c.json", &pays())]);
    for language in LANGUAGES {
        let ended = pact(place.path(), ["render", "c.json", "--lang", language, "-o", language]).with_code(0);
        let lines: Vec<&str> = ended.stdout.lines().collect();
        assert!(lines.len() == 3 && lines.iter().all(|line| line.starts_with("written")), "{}", ended.stdout);
        for line in lines {
            let path = line.split_whitespace().last().unwrap();
            assert!(!read(&place.path().join(language).join(path)).is_empty(), "{path}");
        }
    }
    let json = pact(place.path(), ["render", "c.json", "--lang", "python", "-o", "python", "--json"]).with_code(0);
    let json = document(&json.stdout);
    assert_eq!((&json["schema"], &json["component"]), (&json!("pact/render@1"), &json!("bank")));
    assert!(json["files"].as_array().unwrap().iter().all(|file| file["state"] == "unchanged"), "{json}");
    assert_eq!(json["findings"], json!([]));
}

#[test]
fn a_file_with_other_content_is_replaced_by_force_only() {
    let place = folder(&[("c.json", &pays())]);
    let arguments = ["render", "c.json", "--lang", "python", "-o", "out"];
    let types = document(&pact(place.path(), arguments.iter().chain(&["--json"])).with_code(0).stdout);
    let types = place.path().join("out").join(types["files"][0]["path"].as_str().unwrap());
    let text = read(&types);
    write(&types, "mine\n");
    let refused = pact(place.path(), arguments).with_code(2);
    assert!(refused.stderr.contains("--force"), "{}", refused.stderr);
    assert_eq!(read(&types), "mine\n");
    let forced = pact(place.path(), arguments.iter().chain(&["--force"])).with_code(0);
    assert!(forced.stdout.contains("replaced"), "{}", forced.stdout);
    assert_eq!(read(&types), text);
}

#[test]
fn a_component_is_rendered_in_the_language_of_its_project() {
    let tree = json!({"root_id": "bank", "nodes": {"bank": {"component_id": "bank", "name": "B", "description": "d"}}});
    let place = folder(&[
        ("pact.yaml", "language: typescript\n"),
        ("decomposition/tree.json", &tree.to_string()),
        ("contracts/bank/interface.json", &pays()),
    ]);
    let json = document(&pact(place.path(), ["render", "bank", "-o", "out", "--json"]).with_code(0).stdout);
    assert_eq!(json["language"], "typescript");
    let json = document(
        &pact(place.path(), ["render", "bank", "-o", "other", "--lang", "python", "--json"]).with_code(0).stdout,
    );
    assert_eq!(json["language"], "python");
}

#[test]
fn what_is_no_contract_no_component_or_no_language_is_for_the_user_to_fix() {
    let place = folder(&[("c.json", &pays()), ("list.json", "[]"), ("half.json", "{\"component_id\": \"bank\"")]);
    for file in ["list.json", "half.json", "absent.json", "./", "bank"] {
        let ended = pact(place.path(), ["render", file, "--lang", "python", "-o", "out"]).with_code(2);
        assert!(ended.stderr.starts_with("error: "), "{}", ended.stderr);
    }
    let unnamed = pact(place.path(), ["render", "c.json", "-o", "out"]).with_code(2);
    assert!(LANGUAGES.iter().all(|language| unnamed.stderr.contains(language)), "{}", unnamed.stderr);
    pact(place.path(), ["render", "c.json", "--lang", "cobol", "-o", "out"]).with_code(2);
    pact(place.path(), ["render", "c.json", "--lang", "python"]).with_code(2);
    assert!(!place.path().join("out").exists(), "something was written");
}

#[test]
fn functions_with_the_name_of_a_class_are_its_methods() {
    let itself = json!([{"name": "self", "type_ref": "Cart"}, {"name": "item", "type_ref": "str"}]);
    let functions = json!([function("Cart.__init__", itself.clone(), "None"), function("Cart.add", itself, "int")]);
    for (text, words) in rendered(&contract(json!([]), functions)) {
        assert!(text.contains("class Cart") && text.contains("add("), "{text}");
        assert!(!text.contains("Cart.add("), "{text}");
        assert!(words.contains("the object itself is no input"), "{words}");
    }
}

#[test]
fn what_nobody_defines_is_an_opaque_value_under_its_name() {
    let inputs =
        json!([{"name": "frame", "type_ref": "list[pd.DataFrame]"}, {"name": "odd", "type_ref": "Result[int, str]"}]);
    for (text, words) in rendered(&contract(json!([]), json!([function("load", inputs, "Ghost")]))) {
        assert!(text.contains("DataFrame") && text.contains("Ghost"), "{text}");
        assert!(words.contains("does not define `Ghost`; it is rendered as an opaque value"), "{words}");
        assert!(words.contains("`Result[int, str]`"), "{words}");
    }
}

#[test]
fn every_spelling_of_a_bound_that_the_reference_knows_is_enforced() {
    for (type_ref, kind, expression, bounds) in [
        ("int", "range", "min=1", ["1", ""]),
        ("int", "range", "1..256", ["1", "256"]),
        ("float", "range", "min=0.0,exclusive_min=true", ["0", ""]),
        ("str", "length", "1 <= len <= 512", ["1", "512"]),
        ("str", "length", "min=1, max=64", ["1", "64"]),
        ("int", "range", "[0, 10)", ["0", "10"]),
    ] {
        let types = json!([{"name": "Thing", "kind": "struct", "fields": checked(type_ref, kind, expression)}]);
        for (text, words) in rendered(&contract(types, json!([function("f", json!([]), "Thing")]))) {
            assert_eq!(words, "", "{expression}");
            for bound in bounds {
                assert!(text.contains(bound), "no {bound} of `{expression}` in {text}");
            }
        }
    }
}

#[test]
fn a_validator_that_cannot_be_read_is_a_comment_and_a_finding() {
    let types = json!([{"name": "Thing", "kind": "struct", "fields": checked("str", "range", "rather sensible")}]);
    for (text, words) in rendered(&contract(types, json!([function("f", json!([]), "Thing")]))) {
        assert!(text.contains("range: rather sensible"), "{text}");
        assert!(words.contains("[malformed-validator]") && words.contains("[rendered-otherwise]"), "{words}");
        assert!(words.contains("the validator is rendered as a comment"), "{words}");
    }
}

#[test]
fn names_that_a_language_refuses_get_another_one_and_hostile_text_stays_text() {
    let inputs = json!([{"name": "class", "type_ref": "int"}, {"name": "a\u{1b}[2J", "type_ref": "\u{1b}[2J"}]);
    for (text, words) in rendered(&contract(json!([]), json!([function("a.b.c", inputs, "int")]))) {
        assert!(text.contains("a_b_c") && text.contains("class_"), "{text}");
        assert!(!words.contains('\u{1b}') && !text.contains('\u{1b}'), "{words}{text}");
    }
}

#[test]
fn a_module_of_aliases_alone_imports_what_they_are_made_of() {
    let aliases = |item: &str| json!([{"name": "Cents", "kind": "list", "item_type": item}]);
    let types = |item: &str| {
        let place = folder(&[("c.json", &contract(aliases(item), json!([function("f", json!([]), "Cents")])))]);
        let ended = pact(place.path(), ["render", "c.json", "--lang", "python", "-o", ".", "--json"]).with_code(0);
        let file = document(&ended.stdout)["files"][0]["path"].as_str().unwrap().to_owned();
        read(&place.path().join(file))
    };
    let whole = types("int");
    assert!(whole.contains("pydantic.WrapValidator(") && whole.contains("\nimport pydantic\n"), "{whole}");
    let text = types("str");
    assert!(!text.contains("pydantic"), "{text}");
}
