//! Rendered code is long, so it stands in snapshot files. `INSTA_UPDATE=always cargo test -p pact-language-python` writes them
//! again; read the difference then.

use super::*;
use crate::interface::Interface;
use crate::source::Source;

const BANK: &str = include_str!("tests/bank.json");
const SHOP: &str = include_str!("tests/shop.json");

fn read(contract: &str) -> Interface {
    Interface::read(contract).expect("a good contract")
}

/// Each kind of rendered file of both contracts.
fn everything() -> Vec<(&'static str, String)> {
    let (bank, shop) = (read(BANK), read(SHOP));
    vec![
        ("bank-types-pydantic", types(&bank, TypeStyle::Pydantic)),
        ("bank-types-dataclasses", types(&bank, TypeStyle::Dataclasses)),
        ("bank-stub", stub(&bank)),
        ("bank-stand-in", stand_in(&bank)),
        ("shop-types-pydantic", types(&shop, TypeStyle::Pydantic)),
        ("shop-types-dataclasses", types(&shop, TypeStyle::Dataclasses)),
        ("shop-stub", stub(&shop)),
        ("shop-stand-in", stand_in(&shop)),
    ]
}

#[test]
fn renders_what_was_read_and_approved() {
    for (name, text) in everything() {
        insta::assert_snapshot!(name, text);
    }
}

#[test]
fn everything_rendered_is_python() {
    for (name, text) in everything() {
        assert!(Source::parse(name, &text).is_ok(), "{name}");
    }
}

#[test]
fn text_of_a_contract_stays_text() {
    let hostile = r#"x\"\"\"\nimport os\n\\"#;
    let json = format!(
        r#"{{"component_id": "bank", "name": "{hostile}", "description": "{hostile}", "invariants": ["{hostile}"],
        "types": [{{"name": "A", "kind": "struct", "description": "{hostile}", "fields": [
            {{"name": "x", "type_ref": "str", "default": "{hostile}", "description": "{hostile}", "validators": [
              {{"kind": "regex", "expression": "{hostile}", "error_message": "{hostile}"}},
              {{"kind": "custom", "expression": "{hostile}"}}]}}]}},
          {{"name": "E", "kind": "enum", "variants": ["{hostile}"]}},
          {{"name": "L", "kind": "list", "item_type": "A", "description": "{hostile}"}}],
        "functions": [{{"name": "f", "description": "{hostile}", "output_type": "None", "preconditions": ["{hostile}"],
          "error_cases": [{{"name": "e", "condition": "{hostile}", "error_type": "Poor", "error_data": {{"a": "{hostile}"}}}}]}}]}}"#
    );
    let interface = read(&json);
    for text in [types(&interface, TypeStyle::Pydantic), types(&interface, TypeStyle::Dataclasses), stub(&interface)] {
        let source = Source::parse("a.py", &text).unwrap_or_else(|errors| panic!("{errors:?}\n{text}"));
        let imports_os = source.body().iter().any(|statement| {
            statement
                .as_import_stmt()
                .is_some_and(|import| import.names.iter().any(|alias| alias.name.as_str() == "os"))
        });
        assert!(!imports_os, "{text}");
    }
}

#[test]
fn the_default_style_is_the_first_and_an_unknown_one_is_none() {
    assert_eq!(TypeStyle::named(None), Some(TypeStyle::Pydantic));
    assert_eq!(TypeStyle::named(Some("dataclasses")), Some(TypeStyle::Dataclasses));
    assert_eq!(TypeStyle::named(Some("attrs")), None);
}
