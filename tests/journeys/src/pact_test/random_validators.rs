//! The rendered types of each language judge random values by random validators as the host does.
//!
//! The same numbers in each run. `PACT_RANDOM_SEED=N` draws others: who finds a difference adds it to `tests/validators.json`.

use std::collections::BTreeMap;

use pact_model::contract::ValidatorSpec;
use pact_model::type_reference::TypeRef;
use pact_model::validator::{Place, Validator};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

use super::validators::{Row, assert_judged};
use crate::support::variable;

/// So many validators; most of those that are drawn can be read.
const ROWS: usize = 150;
/// So many values for each.
const VALUES: usize = 24;

/// A type, a validator of it, and values that it may be asked about.
#[derive(Debug, Clone)]
struct Drawn {
    type_ref: &'static str,
    kind: &'static str,
    expression: String,
    values: Vec<Value>,
}

fn drawn(
    type_ref: &'static str,
    kind: &'static str,
    expression: impl Strategy<Value = String> + 'static,
    values: impl Strategy<Value = Value> + Clone + 'static,
) -> BoxedStrategy<Drawn> {
    // Of another type: no rule accepts it, whatever it says.
    let strange = match type_ref {
        "str" => select(vec![json!(null), json!(1), json!(["a"]), json!({})]),
        "list[int]" => select(vec![json!(null), json!(1), json!({}), json!([1, "a"])]),
        _ => select(vec![json!(null), json!("1"), json!(true), json!([1]), json!({})]),
    };
    let value = prop_oneof![9 => values, 1 => strange];
    (expression, vec(value, VALUES))
        .prop_map(move |(expression, values)| Drawn { type_ref, kind, expression, values })
        .boxed()
}

fn whole() -> impl Strategy<Value = i64> + Clone {
    prop_oneof![6 => -12..12_i64, 1 => -1_000_000_000_000..1_000_000_000_000_i64]
}

/// Numbers that every language reads alike: quarters, so that they are exact.
fn quarter() -> impl Strategy<Value = f64> + Clone {
    (-60..60_i32).prop_map(|number| f64::from(number) / 4.0)
}

fn word() -> impl Strategy<Value = String> + Clone {
    prop_oneof![
        3 => "[abc]{0,6}",
        1 => "[a-zA-Z0-9 _.-]{0,8}",
        1 => select(vec!["é", "👩👩", "a\nb", "\u{2028}", "'", "\"", "\\", "ab\n", "\u{e000}x", "ß"]).prop_map(str::to_owned),
    ]
}

fn bounds(number: impl Strategy<Value = String> + Clone + 'static, subject: &'static str) -> BoxedStrategy<String> {
    let sign = select(vec!["<", "<=", ">", ">=", "=="]);
    prop_oneof![
        (number.clone(), sign).prop_map(move |(number, sign)| format!("{subject} {sign} {number}")),
        (number.clone(), number.clone()).prop_map(move |(low, high)| format!("{low} <= {subject} < {high}")),
        (number.clone(), number.clone()).prop_map(|(low, high)| format!("{low}..{high}")),
        (number.clone(), number).prop_map(|(low, high)| format!("min={low}, max={high}")),
    ]
    .boxed()
}

fn pattern() -> impl Strategy<Value = String> {
    let atom =
        select(vec!["a", "b", "[ab]", "[^a]", ".", "\\d", "\\w", "\\s", "(ab|c)", "(?:a|bc)", "\\.", "[a-c0-9_-]"]);
    let times = select(vec!["", "", "+", "*", "?", "{2}", "{1,3}", "+?"]);
    (any::<bool>(), vec((atom, times), 1..4), any::<bool>()).prop_map(|(begins, parts, ends)| {
        let body: String = parts.into_iter().map(|(atom, times)| format!("{atom}{times}")).collect();
        format!("{}{body}{}", if begins { "^" } else { "" }, if ends { "$" } else { "" })
    })
}

/// A rule over one number.
fn rule(number: impl Strategy<Value = String> + Clone + 'static) -> BoxedStrategy<String> {
    let sum =
        (number.clone(), select(vec!["+", "-", "*"])).prop_map(|(number, sign)| format!("(value {sign} {number})"));
    let side = prop_oneof![Just("value".to_owned()), number.clone(), sum];
    let sign = select(vec!["<", "<=", ">", ">=", "==", "!="]);
    let test = (side.clone(), sign, side).prop_map(|(left, sign, right)| format!("{left} {sign} {right}"));
    test.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("({left}) and ({right})")),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("({left}) or ({right})")),
            inner.prop_map(|inner| format!("not ({inner})")),
        ]
    })
    .boxed()
}

fn any_drawn() -> impl Strategy<Value = Drawn> {
    let whole_text = || whole().prop_map(|number| number.to_string());
    let quarter_text = || quarter().prop_map(|number| number.to_string());
    let whole_value = || prop_oneof![4 => whole().prop_map(Value::from), 1 => quarter().prop_map(Value::from)];
    let quarter_value = || prop_oneof![4 => quarter().prop_map(Value::from), 1 => whole().prop_map(Value::from)];
    let text_value = || word().prop_map(Value::from);
    let list_value = || vec(-3..4_i64, 0..6).prop_map(|items| json!(items));
    let length = || (0..7_u8).prop_map(|number| number.to_string());
    let choices = || vec(word(), 1..5).prop_map(|words| format!("value in {}", json!(words)));
    prop_oneof![
        drawn("int", "range", bounds(whole_text(), "value"), whole_value()),
        drawn("float", "range", bounds(quarter_text(), "value"), quarter_value()),
        drawn("int", "multiple_of", (1..9_u8).prop_map(|number| number.to_string()), whole_value()),
        drawn("int", "custom", rule(whole_text()), whole_value()),
        drawn("float", "custom", rule(quarter_text()), quarter_value()),
        drawn("str", "length", bounds(length(), "len(value)"), text_value()),
        drawn("str", "regex", pattern(), text_value()),
        drawn("str", "one_of", choices(), text_value()),
        drawn(
            "str",
            "custom",
            length().prop_map(|most| format!("len(value) != {most} and value != \"a\"")),
            text_value()
        ),
        drawn("list[int]", "length", bounds(length(), "len(value)"), list_value()),
        drawn("list[int]", "unique", Just(String::new()), list_value()),
    ]
}

#[test]
fn rendered_types_judge_random_values_as_the_host_does() {
    let seed: u64 = variable("PACT_RANDOM_SEED").map_or(0, |seed| seed.to_str().unwrap().parse().unwrap());
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let (mut types, mut rows, mut refused) = (Vec::new(), Vec::new(), 0);
    while rows.len() < ROWS {
        assert!(refused < 5 * ROWS, "{refused} validators could not be read");
        let Drawn { type_ref, kind, expression, values } = any_drawn().new_tree(&mut runner).unwrap().current();
        let spec = json!({"kind": kind, "expression": expression});
        let read: ValidatorSpec = serde_json::from_value(spec.clone()).unwrap();
        let parsed = TypeRef::parse(type_ref).unwrap();
        let place = Place { type_ref: &parsed, siblings: &[], types: &BTreeMap::new() };
        let Ok(validator) = Validator::read(&read, &place) else {
            refused += 1;
            continue;
        };
        assert!(validator.is_enforced(), "{spec}");
        let name = format!("Row{}", rows.len());
        let fields = [json!({"name": "x", "type_ref": type_ref, "validators": [spec]})];
        types.push(json!({"name": name, "kind": "struct", "description": "One validator.", "fields": fields}));
        let is_of_type = |value: &Value| match type_ref {
            "int" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
            "float" => value.is_number(),
            "str" => value.is_string(),
            _ => value.as_array().is_some_and(|items| items.iter().all(Value::is_i64)),
        };
        let (accepts, rejects): (Vec<Value>, Vec<Value>) =
            values.into_iter().partition(|value| is_of_type(value) && validator.accepts(value));
        rows.push(Row { name, accepts, rejects });
    }
    let accepted: usize = rows.iter().map(|row| row.accepts.len()).sum();
    let share = accepted * 100 / (ROWS * VALUES);
    assert!((20..80).contains(&share), "{share} in a hundred are accepted");
    assert_judged(&types, &rows);
}
