use serde_json::{Value, json};

use super::*;

struct Order;

impl Scope for Order {
    fn name(&self, name: &str) -> Option<Ty> {
        Some(match name {
            "value" | "limit" => Ty::Number,
            "price" => Ty::Amount,
            "code" => Ty::Text,
            "tags" => Ty::List(Box::new(Ty::Text)),
            "is_open" => Ty::Truth,
            "money" => Ty::Struct("Money".to_owned()),
            "when" => Ty::Other,
            _ => return None,
        })
    }

    fn field(&self, owner: &str, name: &str) -> Option<Ty> {
        (owner == "Money" && name == "cents").then_some(Ty::Number)
    }
}

fn holds(rule: &str, value: Value, fields: Value) -> bool {
    let Value::Object(fields) = fields else { panic!("fields are an object") };
    Expression::parse(rule).expect(rule).holds(&value, &fields).expect(rule)
}

#[test]
fn a_rule_is_judged_as_it_reads() {
    let fields = || {
        json!({"limit": 10, "code": "AB", "tags": ["a", "b"], "is_open": true, "money": {"cents": 5}, "price": "0.10",
               "gone": null})
    };
    for (rule, value, expected) in [
        ("0 < value <= limit", json!(10), true),
        ("0 < value <= limit", json!(11), false),
        ("value % 5 == 0 and not value == 0", json!(15), true),
        ("value % 3 == 2", json!(-1), true),
        ("value / 2 == 2.5", json!(5), true),
        ("value + 1 * 2 == 5", json!(3), true),
        ("(value + 1) * 2 == 8", json!(3), true),
        ("-value < 0 || false", json!(1), true),
        ("len(code) == 2 && len(tags) == 2", json!(0), true),
        ("code in ['AB', \"CD\"]", json!(0), true),
        ("'B' in code", json!(0), true),
        ("\"c\" not in tags", json!(0), true),
        ("money.cents >= value", json!(5), true),
        ("is_open or value > 3", json!(0), true),
        ("gone is None", json!(0), true),
        ("value is not None", json!(0), true),
        ("price == 0.1", json!(0), true),
        ("price in [0.1, 5]", json!(0), true),
        ("price <= value", json!(0.1), true),
        ("1 % value == 0", json!(0.1), false),
        ("value == 0.1", json!(0.1), true),
        ("value == 9007199254740993", json!(9_007_199_254_740_992_i64), false),
        ("value ≤ 3", json!(3.0), true),
        ("!(value > 3)", json!(3), true),
    ] {
        assert_eq!(holds(rule, value.clone(), fields()), expected, "{rule} of {value}");
    }
}

#[test]
fn there_is_no_answer_where_values_do_not_fit() {
    for (rule, value) in [
        ("value > 0", json!("a")),
        ("value % 0 == 1", json!(1)),
        ("value / 0 == 1", json!(1)),
        ("ghost > 0", json!(1)),
        ("value.cents > 0", json!(1)),
        ("value * value > 0", json!(u64::MAX)),
    ] {
        let answer = Expression::parse(rule).expect(rule).holds(&value, &Fields::new());
        assert_eq!(answer, Err(Failed), "{rule} of {value}");
    }
}

#[test]
fn a_rule_is_written_in_one_way_and_read_again() {
    for (written, expected) in [
        ("0<value&&value<9", "0 < value and value < 9"),
        ("(a or b) and c", "(a or b) and c"),
        ("not (a and b)", "not (a and b)"),
        ("a - (b - c)", "a - (b - c)"),
        ("(a * b) + c", "a * b + c"),
        ("value in ['a', 'b']", "value in [\"a\", \"b\"]"),
        ("-(a + b) < -1", "-(a + b) < -1"),
        ("a is not null", "a != None"),
        ("(a < b) == true", "(a < b) == true"),
    ] {
        let read = Expression::parse(written).expect(written);
        assert_eq!(read.to_string(), expected);
        assert_eq!(Expression::parse(expected).as_ref(), Ok(&read), "{expected}");
    }
}

#[test]
fn says_where_the_language_ends() {
    for (written, message) in [
        ("value.strip() == value", "expected a field: the language has no methods at character 7"),
        ("must be positive", "expected an operator or the end at character 6"),
        ("abs(value) > 1", "expected `len`, the only function of the language at character 1"),
        ("value = 1", "expected a name, a number, a text in quotes or a sign at character 7"),
        ("value >", "expected a value at character 8"),
        ("(value > 1", "expected `)` at character 11"),
        ("", "expected a value at character 1"),
        ("'open", "expected a name, a number, a text in quotes or a sign at character 1"),
    ] {
        assert_eq!(Expression::parse(written).expect_err(written).to_string(), message, "{written}");
    }
    for endless in ["(".repeat(500), "not ".repeat(200), "-".repeat(900), "1+".repeat(400), "a.".repeat(400)] {
        assert!(Expression::parse(&endless).is_err());
    }
}

#[test]
fn a_rule_is_checked_before_there_is_a_value() {
    let trouble = |rule: &str| Expression::parse(rule).expect(rule).check(&Order);
    for rule in ["value <= limit", "price < 1", "code == 'a'", "money.cents > 0", "len(tags) > 0", "code != None"] {
        assert_eq!(trouble(rule), Ok(()), "{rule}");
    }
    for (rule, message) in [
        ("value", "`value` is neither true nor false"),
        ("ghost > 1", "there is no field `ghost`"),
        ("price * 2 > 1", "nothing is computed with the exact amount `price`"),
        ("when > 1", "the language can say nothing of the type of `when`"),
    ] {
        assert_eq!(trouble(rule), Err(Trouble::Beyond(message.to_owned())), "{rule}");
    }
    for (rule, message) in [
        ("value + 1", "`value + 1` is neither true nor false"),
        ("value > 'a'", "`value` and `\"a\"` cannot be compared"),
        ("code < 'a'", "`code` and `\"a\"` have no order"),
        ("len(value) > 1", "`value` has no length"),
        ("money.yen > 1", "`Money` has no field `yen`"),
        ("value.x > 1", "`value` has no fields"),
        ("value in 3", "`value` is looked for in `3`, which cannot hold it"),
        ("value % 0 == 1", "`value % 0` divides by zero"),
        ("value in [1, 'a']", "`[1, \"a\"]` mixes kinds of values"),
        ("value and is_open", "`value` is neither true nor false"),
    ] {
        assert_eq!(trouble(rule), Err(Trouble::Mismatch(message.to_owned())), "{rule}");
    }
}
