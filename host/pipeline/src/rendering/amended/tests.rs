use super::*;

fn amended(document: Value) -> Amended {
    let mut all = json!({"component_id": "bank", "name": "Bank", "description": "d"});
    all.as_object_mut().expect("an object").extend(document.as_object().expect("an object").clone());
    Amended::new(&serde_json::from_value(all).expect("a contract"), "c.json", &[])
}

fn fault(code: &str, at: &str) -> ContractFault {
    ContractFault { code: code.to_owned(), at: at.to_owned(), message: "wrong".to_owned() }
}

fn function(name: &str, input: Value) -> Value {
    json!({"name": name, "description": "d", "output_type": "int", "inputs": [input]})
}

#[track_caller]
fn becomes(document: Value, fault: ContractFault, pointer: &str, expected: Value) {
    let mut amended = amended(document);
    assert!(amended.amend(&[fault]), "it cannot be amended");
    assert_eq!(amended.document.pointer(pointer), Some(&expected));
    let [finding] = amended.findings.as_slice() else { panic!("{:?}", amended.findings) };
    assert!(finding.message.starts_with("wrong; ") && finding.code == "rendered-otherwise", "{finding:?}");
}

#[test]
fn a_type_that_nobody_defines_is_opaque_wherever_it_is_used() {
    let amended = amended(json!({"functions": [function("f", json!({"name": "a", "type_ref": "list[Ghost]"}))]}));
    assert_eq!(amended.document["types"], json!([opaque("Ghost")]));
    assert_eq!(amended.document["functions"][0]["inputs"][0]["type_ref"], "list[Ghost]");
    assert!(amended.findings()[0].message.contains("`Ghost`"));
}

#[test]
fn each_place_has_its_own_way() {
    let checked = |kind: &str| {
        let validator = json!({"kind": kind, "expression": "soon"});
        json!({"functions": [function("f", json!({"name": "a", "type_ref": "int", "validators": [validator]}))]})
    };
    let at = "functions[0].inputs[0].validators[0].expression";
    let words = "/functions/0/inputs/0/validators/0/expression";
    becomes(checked("range"), fault("malformed-validator", at), words, json!("range: soon"));
    becomes(checked("custom"), fault("malformed-validator", at), words, json!("custom: soon"));
    let named = |name: &str| json!({"functions": [function(name, json!({"name": "class", "type_ref": "int", "default": "x"}))]});
    becomes(named("a.b.c"), fault("invalid-name", "functions[0].name"), "/functions/0/name", json!("a_b_c"));
    let input = "functions[0].inputs[0]";
    becomes(named("f"), fault("invalid-name", &format!("{input}.name")), "/functions/0/inputs/0/name", json!("class_"));
    let required = "/functions/0/inputs/0/required";
    becomes(named("f"), fault("invalid-default", &format!("{input}.default")), required, json!(false));
    let reference = "/functions/0/inputs/0/type_ref";
    becomes(named("f"), fault("malformed-type", &format!("{input}.type_ref")), reference, json!("Any"));
    let odd = json!({"functions": [function("f", json!({"name": "a", "type_ref": "list[os.stat_result[int]]"}))]});
    becomes(odd, fault("malformed-type", &format!("{input}.type_ref")), reference, json!("Any"));
    let variants = || json!({"types": [{"name": "Op", "kind": "enum", "variants": ["+"]}]});
    becomes(variants(), fault("invalid-name", "types[0].variants[0]"), "/types/0/inner_types", json!(["str"]));
    let both = json!({"types": [{"name": "Op", "kind": "enum", "variants": ["+", "-"]}]});
    becomes(both, fault("invalid-name", "types[0].variants[1]"), "/types/0/kind", json!("primitive"));
    let circle = json!({"types": [{"name": "A", "kind": "list", "item_type": "A"}]});
    becomes(circle, fault("unsupported", "types[0]"), "/types/0", opaque("A"));
}

#[test]
fn functions_that_no_way_is_left_for_are_left_out_and_places_stay_those_of_the_file() {
    let input = || json!({"name": "a", "type_ref": "int"});
    let functions: Vec<Value> = ["f", "g", "h", "i"].iter().map(|name| function(name, input())).collect();
    let mut amended = amended(json!({ "functions": functions }));
    let unknown = |index: usize| fault("unsupported", &format!("functions[{index}].something"));
    assert!(amended.amend(&[unknown(0), unknown(2)]));
    assert!(amended.amend(&[unknown(1)]));
    let names: Vec<String> = amended.contract().functions.into_iter().map(|function| function.name).collect();
    assert_eq!(names, ["g"]);
    let pointers: Vec<&str> = amended.findings.iter().map(|finding| finding.pointer.as_str()).collect();
    assert_eq!(pointers, ["/functions/0/something", "/functions/2/something", "/functions/3/something"]);
}

#[test]
fn what_is_about_the_whole_contract_cannot_be_amended() {
    let mut amended = amended(json!({}));
    assert!(!amended.amend(&[fault("unreadable", "")]));
    assert!(!amended.amend(&[fault("invalid-name", "component_id")]));
}

#[test]
fn what_stands_in_a_module_is_opaque_under_its_own_name() {
    let input = json!({"name": "a", "type_ref": "list[pd.DataFrame]"});
    let mut amended = amended(json!({"functions": [function("f", input)]}));
    assert!(amended.amend(&[fault("malformed-type", "functions[0].inputs[0].type_ref")]));
    assert_eq!(amended.document["functions"][0]["inputs"][0]["type_ref"], "list[DataFrame]");
    assert_eq!(amended.document["types"], json!([opaque("DataFrame")]));
}

#[test]
fn a_new_name_of_a_type_comes_before_what_refers_to_it() {
    let types = json!([{"name": "class", "kind": "struct", "fields": [{"name": "a", "type_ref": "int"}]}]);
    let mut amended =
        amended(json!({"types": types, "functions": [function("f", json!({"name": "a", "type_ref": "class"}))]}));
    assert!(
        amended.amend(&[
            fault("malformed-type", "functions[0].inputs[0].type_ref"),
            fault("invalid-name", "types[0].name"),
        ])
    );
    assert_eq!(amended.document["functions"][0]["inputs"][0]["type_ref"], "class_");
    assert_eq!(amended.findings.len(), 1, "{:?}", amended.findings);
}

#[test]
fn what_validation_refuses_is_words_before_a_language_is_asked() {
    let validator = json!({"kind": "regex", "expression": "["});
    let field = json!({"name": "a", "type_ref": "str", "validators": [validator]});
    let contract =
        json!({"component_id": "bank", "name": "B", "description": "d", "functions": [function("f", field)]});
    let contract = serde_json::from_value(contract).expect("a contract");
    let at = "/functions/0/inputs/0/validators/0/expression";
    let known = [
        Finding::error("malformed-validator", "c.json", at, "unclosed"),
        Finding::error("malformed-validator", "c.json", "", "y"),
    ];
    let amended = Amended::new(&contract, "c.json", &known);
    assert_eq!(amended.document.pointer(at), Some(&json!("regex: [")));
    assert_eq!(amended.findings.len(), 1, "{:?}", amended.findings);
}

#[test]
fn the_object_is_no_input_of_a_method_and_stays_one_of_a_function() {
    let itself = || json!({"name": "self", "type_ref": "Any"});
    let names = ["Cart.__init__", "Cart.add", "free"];
    let functions: Vec<Value> = names.iter().map(|name| function(name, itself())).collect();
    let amended = amended(json!({ "functions": functions }));
    let contract = amended.contract();
    let cart = contract.type_named("Cart").expect("a class");
    assert!(cart.init.is_empty() && cart.methods[0].inputs.is_empty());
    assert_eq!(contract.functions[0].inputs.len(), 1);
    assert_eq!(amended.findings.len(), 2, "{:?}", amended.findings);
}
