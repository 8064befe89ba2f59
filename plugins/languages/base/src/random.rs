//! Random contracts for the backends' tests: what is rendered from them must parse, whatever words they hold.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

/// Texts that end comments and literals of some language, or try to.
const TEXTS: [&str; 16] = [
    "Plain words.",
    "",
    "\"\"\" quoted \"\"\"",
    "'''",
    "*/ code /*",
    "// line",
    "# line",
    "back\\slash\\",
    "two\nlines\n\n  and more",
    "tab\tand\r\nreturn",
    "`tick` ${value} {braces} %s",
    "<script>alert(1)</script>",
    "\u{2028}\u{2029}\u{feff}",
    "ünï©öde 👩 \u{1b}[2J \u{202e}",
    "@param {string} x @returns",
    "\\u0022 \\x22 \\N{BULLET} \\",
];

/// Names that are words of some language, or of what is rendered around them.
const NAMES: [&str; 21] = [
    "amount", "note", "total", "of_day", "x1", "value", "len", "id", "name", "items", "key", "self", "cls", "json",
    "z", "typing", "list", "str", "print", "object", "result",
];

const BASIC: [&str; 11] =
    ["int", "str", "float", "bool", "bytes", "None", "Any", "datetime", "date", "Decimal", "UUID"];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![3 => select(TEXTS.to_vec()).prop_map(str::to_owned), 1 => vec(any::<char>(), 0..20).prop_map(String::from_iter)]
}

/// A type that may name the first `known` types of the contract.
fn type_ref(known: usize) -> BoxedStrategy<String> {
    let basic = select(BASIC.to_vec()).prop_map(str::to_owned);
    let leaf = match known {
        0 => basic.boxed(),
        _ => prop_oneof![basic, (0..known).prop_map(|index| format!("T{index}"))].boxed(),
    };
    leaf.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|item| format!("list[{item}]")),
            inner.clone().prop_map(|item| format!("Optional[{item}]")),
            inner.clone().prop_map(|item| format!("dict[str, {item}]")),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("{left} | {right}")),
            (inner.clone(), inner).prop_map(|(left, right)| format!("tuple[{left}, {right}]")),
        ]
    })
    .boxed()
}

/// Validators that suit the type.
fn validators(type_ref: &str) -> BoxedStrategy<Vec<Value>> {
    let written = match type_ref {
        "int" => vec![
            ("range", "0 <= value <= 9"),
            ("range", "value > -3"),
            ("multiple_of", "5"),
            ("custom", "value % 2 == 0"),
        ],
        "float" => vec![("range", "0.5 <= value"), ("custom", "value < 10 or value > 20")],
        "str" => vec![
            ("length", "1 <= len(value) <= 9"),
            ("regex", "^[a-z]{1,3}$"),
            ("regex", "[\"'`\\\\/]"),
            ("one_of", "value in ['a', '\"', '`', '\\\\']"),
        ],
        listed if listed.starts_with("list[") => vec![("length", "len(value) <= 4"), ("custom", "len(value) != 2")],
        _ => return Just(Vec::new()).boxed(),
    };
    let one = (select(written), text()).prop_map(
        |((kind, expression), message)| json!({"kind": kind, "expression": expression, "error_message": message}),
    );
    vec(one, 0..3).boxed()
}

/// Fields of different names.
fn fields(known: usize, most: usize) -> impl Strategy<Value = Vec<Value>> {
    subsequence(NAMES.to_vec(), 0..=most).prop_flat_map(move |names| {
        let fields: Vec<_> = names
            .into_iter()
            .map(|name| {
                type_ref(known).prop_flat_map(move |type_ref| {
                    (validators(&type_ref), text(), Just(type_ref)).prop_map(move |(validators, description, type_ref)| {
                        json!({"name": name, "type_ref": type_ref, "description": description, "validators": validators})
                    })
                })
            })
            .collect();
        fields
    })
}

fn spec(index: usize) -> impl Strategy<Value = Value> {
    let variants = subsequence(vec!["RED", "GREEN", "dark blue", "o'clock", "\"", "none", "1st", "class"], 1..4);
    let kind = select(vec!["struct", "struct", "enum", "list", "optional", "union"]);
    (kind, fields(index, 4), variants, type_ref(index), type_ref(index), text()).prop_map(
        move |(kind, fields, variants, one, other, description)| {
            let name = format!("T{index}");
            match kind {
                "struct" => json!({"name": name, "kind": kind, "fields": fields, "description": description}),
                "enum" => json!({"name": name, "kind": kind, "variants": variants, "description": description}),
                "list" => json!({"name": name, "kind": kind, "item_type": one, "description": description}),
                "optional" => json!({"name": name, "kind": kind, "inner_types": [one], "description": description}),
                _ => json!({"name": name, "kind": kind, "inner_types": [one, other], "description": description}),
            }
        },
    )
}

fn function(index: usize, known: usize) -> impl Strategy<Value = Value> {
    let errors = subsequence(vec!["ValueError", "NotFound", "Refused"], 0..3);
    (fields(known, 3), type_ref(known), errors, vec(text(), 0..3), text(), any::<bool>()).prop_map(
        move |(inputs, output, errors, conditions, description, is_async)| {
            let errors: Vec<Value> = errors
                .into_iter()
                .map(|error| json!({"name": error, "condition": description, "error_type": error}))
                .collect();
            json!({"name": format!("do_{index}"), "description": description, "inputs": inputs, "output_type": output,
                   "error_cases": errors, "preconditions": conditions, "postconditions": conditions,
                   "is_async": is_async, "idempotent": !is_async})
        },
    )
}

/// The JSON of a contract that is sound but for what a language may have against its names.
pub fn contract() -> impl Strategy<Value = String> {
    (0..5_usize, 1..4_usize).prop_flat_map(|(known, functions)| {
        let types: Vec<_> = (0..known).map(spec).collect();
        let functions: Vec<_> = (0..functions).map(|index| function(index, known)).collect();
        (types, functions, text(), vec(text(), 0..3)).prop_map(|(types, functions, description, invariants)| {
            json!({"component_id": "drawn", "name": "Drawn", "description": description, "types": types,
                   "functions": functions, "invariants": invariants})
            .to_string()
        })
    })
}
