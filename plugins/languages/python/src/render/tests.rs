//! Rendered code is long, so it stands in snapshot files. `INSTA_UPDATE=always cargo test -p pact-language-python` writes them
//! again; read the difference then.

use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prop_assert;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::*;
use crate::interface::Interface;
use crate::source::Source;

const BANK: &str = include_str!("tests/bank.json");
const SHOP: &str = include_str!("tests/shop.json");
const LEDGER: &str = include_str!("tests/ledger.json");
const RULES: &str = include_str!("tests/rules.json");
const MEASURE: &str = include_str!("../../../base/contracts/measure.json");

fn read(contract: &str) -> Interface {
    crate::interface::read(contract).expect("a good contract")
}

/// Each kind of rendered file of all contracts.
fn everything() -> Vec<(&'static str, String)> {
    let (bank, shop, ledger) = (read(BANK), read(SHOP), read(LEDGER));
    let rules = read(RULES);
    let measure = read(MEASURE);
    vec![
        ("bank-types-pydantic", types(&bank, TypeStyle::Pydantic)),
        ("bank-types-dataclasses", types(&bank, TypeStyle::Dataclasses)),
        ("bank-stub", stub(&bank)),
        ("bank-stand-in", stand_in(&bank)),
        ("shop-types-pydantic", types(&shop, TypeStyle::Pydantic)),
        ("shop-types-dataclasses", types(&shop, TypeStyle::Dataclasses)),
        ("shop-stub", stub(&shop)),
        ("shop-stand-in", stand_in(&shop)),
        ("bank-proxy", proxy(&bank).text),
        ("shop-proxy", proxy(&shop).text),
        ("ledger-types-pydantic", types(&ledger, TypeStyle::Pydantic)),
        ("ledger-stub", stub(&ledger)),
        ("ledger-stand-in", stand_in(&ledger)),
        ("ledger-proxy", proxy(&ledger).text),
        ("bank-decoy-raising", decoy(&bank, Decoy::Raising)),
        ("bank-decoy-constant", decoy(&bank, Decoy::Constant)),
        ("shop-decoy-constant", decoy(&shop, Decoy::Constant)),
        ("ledger-decoy-raising", decoy(&ledger, Decoy::Raising)),
        ("ledger-decoy-constant", decoy(&ledger, Decoy::Constant)),
        ("bank-types-lenient", lenient_types(&bank)),
        ("rules-types-pydantic", types(&rules, TypeStyle::Pydantic)),
        ("rules-types-dataclasses", types(&rules, TypeStyle::Dataclasses)),
        ("rules-stub", stub(&rules)),
        ("rules-decoy-constant", decoy(&rules, Decoy::Constant)),
        ("bank-probe", probe(&bank, "deposit", "tests/bank/contract_test.py", 1000).expect("a function")),
        ("measure-types-lenient", lenient_types(&measure)),
        ("measure-events", events(&measure, Delivery::Here)),
        ("measure-events-across", events(&measure, Delivery::Across)),
        ("measure-emission", suite(&measure, RenderedSuite::Emission).expect("functions")),
        ("bank-emission", suite(&bank, RenderedSuite::Emission).expect("functions")),
        ("measure-smoke", suite(&measure, RenderedSuite::Smoke).expect("exports")),
        ("measure-validators", suite(&measure, RenderedSuite::Validators).expect("validators")),
        ("bank-smoke", suite(&bank, RenderedSuite::Smoke).expect("exports")),
        ("bank-validators", suite(&bank, RenderedSuite::Validators).expect("validators")),
        ("ledger-probe-stream", probe(&ledger, "stream", "tests/ledger/contract_test.py", 5).expect("a function")),
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

/// Renders everything of random contracts. Those that Python has a word against are refused, and that is all right.
#[test]
fn what_is_rendered_from_random_contracts_is_python() {
    let read = AtomicUsize::new(0);
    let config = Config { cases: 300, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)).run(
        &pact_language_base::random::contract(),
        |contract| {
            let Ok(interface) = crate::interface::read(&contract) else { return Ok(()) };
            read.fetch_add(1, Ordering::Relaxed);
            let mut all = vec![
                types(&interface, TypeStyle::Pydantic),
                types(&interface, TypeStyle::Dataclasses),
                lenient_types(&interface),
                stub(&interface),
                stand_in(&interface),
                proxy(&interface).text,
                decoy(&interface, Decoy::Raising),
                decoy(&interface, Decoy::Constant),
                events(&interface, Delivery::Here),
                events(&interface, Delivery::Across),
            ];
            all.extend(probe(&interface, "do_0", "tests/drawn/contract_test.py", 10));
            for asked in [RenderedSuite::Smoke, RenderedSuite::Validators, RenderedSuite::Emission] {
                all.extend(suite(&interface, asked));
            }
            for text in all {
                prop_assert!(Source::parse("drawn.py", &text).is_ok(), "{}", text);
            }
            Ok(())
        },
    );
    outcome.unwrap_or_else(|error| panic!("{error}"));
    assert!(read.into_inner() > 150, "most random contracts are sound");
}

#[test]
fn the_runner_knows_a_stand_in_by_a_line() {
    let measure = read(MEASURE);
    for text in [stand_in(&read(LEDGER)), stand_in(&measure), events(&measure, Delivery::Here)] {
        assert!(text.contains("\n_stand_ins = {"), "{text}");
    }
}

#[test]
fn a_proxy_names_the_types_modules_of_all_owners() {
    assert_eq!(proxy(&read(BANK)).type_modules, ["bank_types"]);
    assert_eq!(proxy(&read(SHOP)).type_modules, ["shop_types", "bank_types"]);
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
          {{"name": "B", "kind": "struct", "fields": [{{"name": "y", "type_ref": "str", "validators": [
            {{"kind": "regex", "expression": "{hostile}"}}, {{"kind": "length", "expression": "<= 99"}}]}}]}},
          {{"name": "E", "kind": "enum", "variants": ["{hostile}"]}},
          {{"name": "C", "kind": "class", "description": "{hostile}", "methods": [
            {{"name": "m", "description": "{hostile}", "output_type": "None"}}]}},
          {{"name": "L", "kind": "list", "item_type": "A", "description": "{hostile}"}}],
        "functions": [{{"name": "f", "description": "{hostile}", "output_type": "None", "preconditions": ["{hostile}"],
          "error_cases": [{{"name": "e", "condition": "{hostile}", "error_type": "Poor", "error_data": {{"a": "{hostile}"}}}}]}}]}}"#
    );
    let interface = read(&json);
    for text in [
        types(&interface, TypeStyle::Pydantic),
        types(&interface, TypeStyle::Dataclasses),
        stub(&interface),
        stand_in(&interface),
        proxy(&interface).text,
        decoy(&interface, Decoy::Raising),
        decoy(&interface, Decoy::Constant),
        lenient_types(&interface),
        probe(&interface, "f", "tests/\"\nimport os\n", 1).expect("a function"),
        suite(&interface, RenderedSuite::Smoke).expect("exports"),
        suite(&interface, RenderedSuite::Emission).expect("functions"),
        events(&interface, Delivery::Here),
    ] {
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
    for first in [TypeStyle::Pydantic, TypeStyle::Dataclasses] {
        let styles: Vec<TypeStyle> = TypeStyle::all_from(first).collect();
        assert_eq!((styles[0], styles.len()), (first, 2));
        assert_eq!(TypeStyle::named(first.name()), Some(first));
    }
    assert_eq!(TypeStyle::named("attrs"), None);
}

#[test]
fn a_probe_is_of_a_function_and_of_nothing_else() {
    for name in ["Book", "Book.add", "add", "nothing", ""] {
        let found = probe(&read(LEDGER), name, "a.py", 1);
        assert!(matches!(found, Err(crate::interface::InterfaceError::Invalid(_))), "{name}");
    }
}

/// Of structs with fields that Python cannot fill in any way, too.
#[test]
fn a_decoy_of_any_struct_is_python() {
    let json = r#"{"component_id": "a", "types": [
        {"name": "Inner", "kind": "struct", "fields": [{"name": "outer", "type_ref": "Outer"}]},
        {"name": "Outer", "kind": "struct", "fields": [
            {"name": "inner", "type_ref": "Inner"},
            {"name": "code", "type_ref": "str", "validators": [{"kind": "regex", "expression": "^\\d{3}\"$"},
                                                               {"kind": "length", "expression": "50"}]},
            {"name": "share", "type_ref": "Decimal", "validators": [{"kind": "range", "expression": "0 < value < 0.01"}]},
            {"name": "count", "type_ref": "int", "validators": [{"kind": "range", "expression": "value > 7"}]},
            {"name": "parts", "type_ref": "list[Inner]", "validators": [{"kind": "length", "expression": "2..3"}]},
            {"name": "words", "type_ref": "set[str]", "validators": [{"kind": "length", "expression": "1..3"}]},
            {"name": "many", "type_ref": "tuple[int, ...]", "validators": [{"kind": "length", "expression": "5000"}]}]}],
        "functions": [{"name": "f", "description": "", "output_type": "tuple[Outer, int]"}]}"#;
    let text = decoy(&read(json), Decoy::Constant);
    assert!(Source::parse("a.py", &text).is_ok(), "{text}");
    insta::assert_snapshot!("structs-decoy-constant", text);
}

#[test]
fn what_has_nothing_to_look_at_has_no_suite() {
    let interface = read(r#"{"component_id": "empty", "name": "Empty", "description": "d"}"#);
    assert_eq!(suite(&interface, RenderedSuite::Smoke), None);
    assert_eq!(suite(&interface, RenderedSuite::Emission), None);
    assert_eq!(suite(&interface, RenderedSuite::Validators), None);
}
