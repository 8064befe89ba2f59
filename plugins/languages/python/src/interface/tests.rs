use super::*;
use crate::interface::fault::FaultKind;

/// Puts types and functions into a contract and returns kind and place of each fault.
fn faults(types: &str, functions: &str) -> Vec<(FaultKind, String)> {
    let json = format!(r#"{{"component_id": "bank", "types": [{types}], "functions": [{functions}]}}"#);
    match crate::interface::read(&json) {
        Ok(_) => Vec::new(),
        Err(InterfaceError::Invalid(faults)) => faults.into_iter().map(|fault| (fault.kind, fault.at)).collect(),
        Err(InterfaceError::Unreadable(reason)) => panic!("{reason}"),
    }
}

fn field(text: &str) -> Vec<(FaultKind, String)> {
    let types = format!(
        r#"{{"name": "Colour", "kind": "enum", "variants": ["red", "light-blue"]}}, {{"name": "Inner", "kind": "struct"}},
        {{"name": "S", "kind": "struct", "fields": [{{{text}}}]}}"#
    );
    faults(&types, "")
}

#[test]
fn collects_every_fault_with_its_place() {
    let found = faults(
        r#"{"name": "class", "kind": "struct"}, {"name": "A", "kind": "list", "item_type": "Missing"}, {"name": "A", "kind": "struct"}"#,
        r#"{"name": "f", "output_type": "list[", "inputs": [{"name": "x", "type_ref": "Nope"}, {"name": "x", "type_ref": "int"}]},
           {"name": "f-g", "output_type": "Awaitable"}"#,
    );
    let expected = [
        (FaultKind::InvalidName, "types[0].name"),
        (FaultKind::DuplicateName, "types[2].name"),
        (FaultKind::UnknownType, "types[1].item_type"),
        (FaultKind::UnknownType, "functions[0].inputs[0].type_ref"),
        (FaultKind::DuplicateName, "functions[0].inputs[1].name"),
        (FaultKind::MalformedType, "functions[0].output_type"),
        (FaultKind::InvalidName, "functions[1].name"),
        (FaultKind::Unsupported, "functions[1].output_type"),
    ];
    assert_eq!(found, expected.map(|(kind, at)| (kind, at.to_owned())));
}

#[test]
fn an_unknown_type_is_named() {
    let json = r#"{"component_id": "bank", "functions": [{"name": "f", "output_type": "list[Acount]"}]}"#;
    let Err(InterfaceError::Invalid(faults)) = crate::interface::read(json) else { panic!("it has a fault") };
    assert_eq!(faults[0].message, "`Acount` is neither a basic type nor one of the contract's `types`");
}

#[test]
fn a_default_must_be_of_its_type() {
    for (type_ref, default) in [
        ("int", "5"),
        ("float", "5"),
        ("bool", "true"),
        ("str", "anything at all"),
        ("Optional[int]", "null"),
        ("Colour", "light-blue"),
        ("list[Colour]", "[red]"),
        ("dict[str, int]", "{'a': 1}"),
        ("tuple[int, str]", "(1, 'a')"),
        ("int | str", "x"),
        ("any", "[1, {}]"),
    ] {
        let found = field(&format!(r#""name": "x", "type_ref": "{type_ref}", "default": "{default}""#));
        assert_eq!(found, [], "{type_ref} = {default}");
    }
    for (type_ref, default) in [
        ("int", "5.5"),
        ("int", "five"),
        ("int", "True"),
        ("bool", "1"),
        ("Colour", "green"),
        ("list[int]", "['a']"),
        ("list[int]", "__import__('os')"),
        ("Inner", "Inner()"),
        ("tuple[int, str]", "(1,)"),
        ("datetime", "now"),
    ] {
        let found = field(&format!(r#""name": "x", "type_ref": "{type_ref}", "default": "{default}""#));
        assert_eq!(
            found,
            [(FaultKind::InvalidDefault, "types[2].fields[0].default".to_owned())],
            "{type_ref} = {default}"
        );
    }
}

#[test]
fn a_validator_must_suit_its_type() {
    for (type_ref, kind, expression, is_good) in [
        ("int", "range", "value > 0", true),
        ("int", "range", "value > 0.5", false),
        ("Optional[float]", "range", "value > 0.5", true),
        ("str", "range", "value > 0", false),
        ("list[int]", "length", "len(value) > 0", true),
        ("int", "length", "len(value) > 0", false),
        ("str", "regex", "^a$", true),
        ("int", "regex", "^a$", false),
        ("int | str", "length", "3", false),
        ("Inner", "custom", "anything", true),
    ] {
        let validator = format!(r#"{{"kind": "{kind}", "expression": "{expression}"}}"#);
        let found = field(&format!(r#""name": "x", "type_ref": "{type_ref}", "validators": [{validator}]"#));
        let place = "types[2].fields[0].validators[0].expression".to_owned();
        let expected = if is_good { vec![] } else { vec![(FaultKind::MalformedValidator, place)] };
        assert_eq!(found, expected, "{type_ref} {kind} {expression}");
    }
}

#[test]
fn a_field_cannot_take_a_name_that_classes_need() {
    for name in ["model_dump", "str", "_hidden", "class", "é"] {
        let found = field(&format!(r#""name": "{name}", "type_ref": "int""#));
        assert_eq!(found, [(FaultKind::InvalidName, "types[2].fields[0].name".to_owned())], "{name}");
    }
    assert_eq!(field(r#""name": "datetime", "type_ref": "datetime""#), []);
}

#[test]
fn aliases_stand_in_an_order_that_runs_and_circles_are_refused() {
    let json = r#"{"component_id": "bank", "types": [{"name": "B", "kind": "optional", "inner_types": ["A"]},
        {"name": "A", "kind": "list", "item_type": "S"}, {"name": "S", "kind": "struct", "fields": [{"name": "b", "type_ref": "B"}]}]}"#;
    let interface = crate::interface::read(json).expect("a good contract");
    let names: Vec<_> = interface.types.iter().map(TypeDefinition::name).collect();
    assert_eq!(names, ["S", "A", "B"]);
    let circle = r#"{"name": "A", "kind": "list", "item_type": "B"}, {"name": "B", "kind": "list", "item_type": "A"},
        {"name": "S", "kind": "struct", "fields": [{"name": "x", "type_ref": "A", "default": "[[[]]]",
         "validators": [{"kind": "length", "expression": "3"}]}]}"#;
    let found = faults(circle, "");
    assert!(found.contains(&(FaultKind::Unsupported, "types[0]".to_owned())), "{found:?}");
}

#[test]
fn enumeration_values_that_become_one_name_are_refused() {
    let found = faults(
        r#"{"name": "E", "kind": "enum", "variants": ["a-b", "a b", "mro", ""]}, {"name": "F", "kind": "enum"}"#,
        "",
    );
    let expected = [
        (FaultKind::DuplicateName, "types[0].variants[1]"),
        (FaultKind::InvalidName, "types[0].variants[2]"),
        (FaultKind::InvalidName, "types[0].variants[3]"),
        (FaultKind::Unsupported, "types[1].variants"),
    ];
    assert_eq!(found, expected.map(|(kind, at)| (kind, at.to_owned())));
}

#[test]
fn exports_are_types_and_errors_that_python_does_not_have() {
    let json = r#"{"component_id": "bank", "dependencies": ["mint"],
        "types": [{"name": "str", "kind": "primitive"}, {"name": "Coin", "kind": "struct", "owner_component": "mint"},
                  {"name": "Id", "kind": "primitive", "inner_types": ["str"]}],
        "functions": [{"name": "f", "output_type": "Coin", "error_cases": [
            {"name": "a", "condition": "c", "error_type": "ValueError"}, {"name": "b", "condition": "c", "error_type": "Poor"},
            {"name": "d", "condition": "c", "error_type": "requests.Timeout"}]}]}"#;
    let interface = crate::interface::read(json).expect("a good contract");
    assert_eq!(interface.type_names(), ["Coin", "Id", "Poor"]);
    assert_eq!(interface.imported["mint"], ["Coin"]);
}

#[test]
fn a_value_cannot_keep_what_stays_where_it_is() {
    let class = r#"{"name": "Book", "kind": "class", "methods": [{"name": "copy", "output_type": "Book"}]}"#;
    for (name, rest) in [
        ("fields[0].type_ref", r#""kind": "struct", "fields": [{"name": "x", "type_ref": "list[Book]"}]"#),
        ("fields[0].type_ref", r#""kind": "struct", "fields": [{"name": "x", "type_ref": "Iterator[int]"}]"#),
        ("item_type", r#""kind": "list", "item_type": "Book""#),
        ("inner_types[0]", r#""kind": "optional", "inner_types": ["Iterable[int]"]"#),
    ] {
        let found = faults(&format!(r#"{class}, {{"name": "S", {rest}}}"#), "");
        assert_eq!(found, [(FaultKind::Unsupported, format!("types[1].{name}"))], "{rest}");
    }
    let function = r#"{"name": "f", "output_type": "Book", "inputs": [{"name": "x", "type_ref": "Iterator[Book]"}]}"#;
    assert_eq!(faults(class, function), []);
}

#[test]
fn finds_the_faults_of_a_class() {
    let found = faults(
        r#"{"name": "Book", "kind": "class", "init": [{"name": "x", "type_ref": "Nope"}], "methods": [
            {"name": "add", "output_type": "int"}, {"name": "add", "output_type": "int"},
            {"name": "own", "output_type": "int", "inputs": [{"name": "self", "type_ref": "int"}],
             "error_cases": [{"name": "e", "condition": "c", "error_type": "Book"}]}]},
           {"name": "Iterator", "kind": "class"}"#,
        "",
    );
    let expected = [
        (FaultKind::InvalidName, "types[1].name"),
        (FaultKind::UnknownType, "types[0].init[0].type_ref"),
        (FaultKind::DuplicateName, "types[0].methods[1].name"),
        (FaultKind::DuplicateName, "types[0].methods"),
        (FaultKind::Unsupported, "types[0].kind"),
    ];
    assert_eq!(found, expected.map(|(kind, at)| (kind, at.to_owned())));
}

#[test]
fn what_is_iterated_with_async_for_is_not_awaited() {
    let json = r#"{"component_id": "bank", "functions": [
        {"name": "a", "output_type": "AsyncIterator[int]", "is_async": true}, {"name": "b", "output_type": "int", "is_async": true}]}"#;
    let interface = crate::interface::read(json).expect("a good contract");
    assert_eq!(interface.functions.iter().map(|function| function.is_async).collect::<Vec<_>>(), [false, true]);
}
