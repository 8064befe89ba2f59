//! Rendered code is long, so it stands in snapshot files. `INSTA_UPDATE=always cargo test -p pact-language-ecmascript` writes
//! them again; read the difference then.

use std::sync::atomic::{AtomicUsize, Ordering};

use oxc_allocator::Allocator;
use proptest::prop_assert;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::*;
use crate::dialect::Dialect;
use crate::interface::{Interface, InterfaceError};
use crate::source::{Source, SyntaxError};

const BANK: &str = include_str!("tests/bank.json");
const SHOP: &str = include_str!("tests/shop.json");
const LEDGER: &str = include_str!("tests/ledger.json");
const RULES: &str = include_str!("tests/rules.json");
const MEASURE: &str = include_str!("../../../base/contracts/measure.json");

const DIALECTS: [Dialect; 2] = [Dialect::TypeScript, Dialect::JavaScript];

const SUITES: [(&str, RenderedSuite); 3] =
    [("smoke", RenderedSuite::Smoke), ("validators", RenderedSuite::Validators), ("emission", RenderedSuite::Emission)];

fn read(contract: &str, dialect: Dialect) -> Interface {
    crate::interface::read(contract, dialect).unwrap_or_else(|error| panic!("{error:?}"))
}

fn parse(dialect: Dialect, text: &str) -> Result<(), Vec<SyntaxError>> {
    let allocator = Allocator::default();
    Source::parse(&allocator, &format!("a.{}", dialect.extension()), text).map(|_| ())
}

/// Each kind of rendered file of a contract.
fn rendered(contract: &str, dialect: Dialect) -> Vec<(&'static str, String)> {
    let interface = read(contract, dialect);
    vec![
        ("types-zod", types(&interface, dialect, TypeStyle::Zod)),
        ("types-classes", types(&interface, dialect, TypeStyle::Classes)),
        ("types-lenient", lenient_types(&interface, dialect)),
        ("stub", stub(&interface, dialect)),
        ("stand-in", stand_in(&interface, dialect)),
        ("proxy", proxy(&interface, dialect).text),
        ("decoy-raising", decoy(&interface, dialect, Decoy::Raising)),
        ("decoy-constant", decoy(&interface, dialect, Decoy::Constant)),
    ]
}

fn everything() -> Vec<(String, Dialect, String)> {
    let mut all = Vec::new();
    for dialect in DIALECTS {
        for (name, contract, function) in
            [("bank", BANK, "deposit"), ("shop", SHOP, "buy"), ("ledger", LEDGER, "stream"), ("rules", RULES, "place")]
        {
            for (kind, text) in rendered(contract, dialect) {
                all.push((format!("{name}-{kind}.{}", dialect.extension()), dialect, text));
            }
            let path = format!("tests/{name}/contract_test.test.{}", dialect.extension());
            let text = probe(&read(contract, dialect), dialect, function, &path, 1000).expect("a function");
            all.push((format!("{name}-probe.{}", dialect.extension()), dialect, text));
        }
        for (kind, delivery) in [("events", Delivery::Here), ("events-across", Delivery::Across)] {
            let text = events(&read(MEASURE, dialect), dialect, delivery);
            all.push((format!("measure-{kind}.{}", dialect.extension()), dialect, text));
        }
        let lenient = lenient_types(&read(MEASURE, dialect), dialect);
        all.push((format!("measure-types-lenient.{}", dialect.extension()), dialect, lenient));
        for (name, contract) in [("bank", BANK), ("measure", MEASURE)] {
            for (kind, asked) in SUITES {
                let text = suite(&read(contract, dialect), dialect, asked).expect("something to look at");
                all.push((format!("{name}-{kind}.{}", dialect.extension()), dialect, text));
            }
        }
    }
    all
}

#[test]
fn renders_what_was_read_and_approved() {
    for (name, _, text) in everything() {
        insta::assert_snapshot!(name, text);
    }
}

#[test]
fn everything_rendered_parses() {
    for (name, dialect, text) in everything() {
        assert_eq!(parse(dialect, &text), Ok(()), "{name}\n{text}");
    }
}

/// Renders everything of random contracts. Those that a dialect has a word against are refused, and that is all right.
#[test]
fn what_is_rendered_from_random_contracts_parses() {
    for dialect in DIALECTS {
        let read = AtomicUsize::new(0);
        let config = Config { cases: 200, failure_persistence: None, ..Config::default() };
        let outcome = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)).run(
            &pact_language_base::random::contract(),
            |contract| {
                let Ok(interface) = crate::interface::read(&contract, dialect) else { return Ok(()) };
                read.fetch_add(1, Ordering::Relaxed);
                let mut all: Vec<String> = rendered(&contract, dialect).into_iter().map(|(_, text)| text).collect();
                all.extend([Delivery::Here, Delivery::Across].map(|delivery| events(&interface, dialect, delivery)));
                all.extend(probe(&interface, dialect, "do_0", "tests/drawn/contract_test.test.x", 10));
                all.extend(SUITES.iter().filter_map(|(_, asked)| suite(&interface, dialect, *asked)));
                for text in all {
                    let parsed = parse(dialect, &text);
                    prop_assert!(parsed.is_ok(), "{:?}\n{}", parsed, text);
                }
                Ok(())
            },
        );
        outcome.unwrap_or_else(|error| panic!("{error}"));
        assert!(read.into_inner() > 100, "most random contracts are sound");
    }
}

#[test]
fn a_proxy_names_the_types_modules_of_all_owners() {
    let proxy = |contract| proxy(&read(contract, Dialect::JavaScript), Dialect::JavaScript).type_modules;
    assert_eq!(proxy(BANK), ["bank_types"]);
    assert_eq!(proxy(SHOP), ["shop_types", "bank_types"]);
}

#[test]
fn text_of_a_contract_stays_text() {
    let hostile = r#"x*/\nimport os from 'os';\n`${x}`\"\\"#;
    let json = format!(
        r#"{{"component_id": "bank", "name": "{hostile}", "description": "{hostile}", "invariants": ["{hostile}"],
        "types": [{{"name": "A", "kind": "struct", "description": "{hostile}", "fields": [
            {{"name": "x", "type_ref": "str", "default": "{hostile}", "description": "{hostile}", "validators": [
              {{"kind": "length", "expression": "3", "error_message": "{hostile}"}},
              {{"kind": "custom", "expression": "{hostile}"}}]}}]}},
          {{"name": "E", "kind": "enum", "variants": ["{hostile}"]}},
          {{"name": "C", "kind": "class", "description": "{hostile}", "methods": [
            {{"name": "m", "description": "{hostile}", "output_type": "None"}}]}},
          {{"name": "L", "kind": "list", "item_type": "A", "description": "{hostile}"}}],
        "functions": [{{"name": "f", "description": "{hostile}", "output_type": "None", "preconditions": ["{hostile}"],
          "error_cases": [{{"name": "e", "condition": "{hostile}", "error_type": "Poor", "error_data": {{"a": "{hostile}"}}}}]}}]}}"#
    );
    for dialect in DIALECTS {
        let mut texts = rendered(&json, dialect);
        texts
            .push(("probe", probe(&read(&json, dialect), dialect, "f", "tests/\"\nimport os", 1).expect("a function")));
        for (_, asked) in SUITES {
            texts.push(("suite", suite(&read(&json, dialect), dialect, asked).expect("something to look at")));
        }
        for (kind, text) in texts {
            let allocator = Allocator::default();
            let path = format!("a.{}", dialect.extension());
            let source =
                Source::parse(&allocator, &path, &text).unwrap_or_else(|errors| panic!("{kind}: {errors:?}\n{text}"));
            let imports_os = source.body().iter().any(|statement| {
                matches!(statement, oxc_ast::ast::Statement::ImportDeclaration(import) if import.source.value == "os")
            });
            assert!(!imports_os, "{kind}\n{text}");
        }
    }
}

#[test]
fn the_default_style_is_the_first_and_an_unknown_one_is_none() {
    assert_eq!(TypeStyle::named(None, Dialect::TypeScript), Some(TypeStyle::Zod));
    assert_eq!(TypeStyle::named(None, Dialect::JavaScript), Some(TypeStyle::Classes));
    assert_eq!(TypeStyle::named(Some("zod"), Dialect::JavaScript), Some(TypeStyle::Zod));
    assert_eq!(TypeStyle::named(Some("yup"), Dialect::TypeScript), None);
}

#[test]
fn a_probe_is_of_a_function_and_of_nothing_else() {
    for name in ["Book", "Book.add", "add", "nothing", ""] {
        let found = probe(&read(LEDGER, Dialect::TypeScript), Dialect::TypeScript, name, "a.ts", 1);
        assert!(matches!(found, Err(InterfaceError::Invalid(_))), "{name}");
    }
}

#[test]
fn what_has_nothing_to_look_at_has_no_suite() {
    let interface = read(r#"{"component_id": "empty", "name": "Empty", "description": "d"}"#, Dialect::JavaScript);
    assert_eq!(suite(&interface, Dialect::JavaScript, RenderedSuite::Smoke), None);
    assert_eq!(suite(&interface, Dialect::JavaScript, RenderedSuite::Emission), None);
    assert_eq!(suite(&interface, Dialect::JavaScript, RenderedSuite::Validators), None);
}

#[test]
fn a_default_that_is_a_member_of_an_enumeration_is_imported_as_a_value() {
    let json = r#"{"component_id": "a", "types": [{"name": "Unit", "kind": "enum", "variants": ["gram"]}],
        "functions": [{"name": "f", "description": "", "output_type": "None", "inputs": [
            {"name": "unit", "type_ref": "Unit", "default": "gram"}]}]}"#;
    for dialect in DIALECTS {
        let interface = read(json, dialect);
        let raising = decoy(&interface, dialect, Decoy::Raising);
        for text in [stand_in(&interface, dialect), proxy(&interface, dialect).text, raising] {
            assert!(text.contains("= Unit.gram"), "{text}");
            assert!(text.contains("\nimport { Unit } from \"a_types\";\n"), "{text}");
        }
    }
}
