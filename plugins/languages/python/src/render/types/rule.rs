//! Custom rules as Python expressions that judge as the host does.

use std::fmt::Write as _;

use crate::interface::rule::{Expression, Relation};
use crate::render::python::quoted;

/// Returns the helpers that rendered rules call.
pub(super) fn helpers(body: &str) -> String {
    let all = [("_holds(", HOLDS), ("_truth(", TRUTH), ("_beside(", BESIDE), ("_unique(", UNIQUE)];
    all.into_iter().filter(|(call, _)| body.contains(call)).map(|(_, helper)| helper).collect()
}

const HOLDS: &str = r#"

def _holds(rule: typing.Callable[[], bool]) -> bool:
    """Judges a rule of the contract. It does not hold where a part is missing or cannot be computed."""
    try:
        return rule()
    except (ArithmeticError, AttributeError, TypeError):
        return False
"#;

const TRUTH: &str = r#"

def _truth(value: object) -> bool:
    """Takes nothing else for a truth."""
    if not isinstance(value, bool):
        raise TypeError("neither true nor false")
    return value
"#;

const BESIDE: &str = r#"

def _beside(amount: typing.Any, number: object) -> typing.Any:
    """Gives an exact amount as it is compared with a number: as a binary fraction with one."""
    return float(amount) if isinstance(number, float) else amount
"#;

const UNIQUE: &str = r#"

def _same(left: object, right: object) -> bool:
    """Says whether two items are equal. A truth is no number."""
    if isinstance(left, (list, tuple)) and isinstance(right, (list, tuple)):
        return len(left) == len(right) and all(map(_same, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(
            _same(left[key], right[key]) for key in left
        )
    return isinstance(left, bool) == isinstance(right, bool) and left == right


def _unique(items: typing.Sequence[object]) -> bool:
    """Says whether no item stands twice in a list."""
    return not any(
        _same(item, earlier)
        for index, item in enumerate(items)
        for earlier in items[:index]
    )
"#;

/// Writes a rule. `name` says how a name of it is spelt where it stands.
pub(super) fn rule(rule: &Expression, name: &dyn Fn(&str) -> String) -> String {
    let text = Writer { name }.truth(rule, 0);
    if can_fail(rule) { format!("_holds(lambda: {text})") } else { text }
}

/// Writes a value that is allowed.
pub(in crate::render) fn literal(value: &Expression, is_decimal: bool) -> String {
    let name = |_: &str| String::new();
    let writer = Writer { name: &name };
    if is_decimal { writer.amount(value) } else { writer.write(value, 0) }
}

/// A value alone has been checked already; what stands beside it or in it may be missing, and a computation may have no result.
fn can_fail(rule: &Expression) -> bool {
    match rule {
        Expression::Name(name, _) => name != "value",
        Expression::Member(..) | Expression::Arithmetic(..) => true,
        Expression::Number(_) | Expression::Text(_) | Expression::Truth(_) | Expression::None => false,
        Expression::Length(inner) | Expression::Not(inner) | Expression::Negative(inner) => can_fail(inner),
        Expression::List(items) | Expression::All(items) | Expression::Any(items) => items.iter().any(can_fail),
        Expression::Comparison(first, others) => can_fail(first) || others.iter().any(|(_, other)| can_fail(other)),
    }
}

struct Writer<'n> {
    name: &'n dyn Fn(&str) -> String,
}

impl Writer<'_> {
    fn write(&self, rule: &Expression, least: u8) -> String {
        if rule.tightness() < least {
            return format!("({})", self.write(rule, 0));
        }
        let tightness = rule.tightness();
        match rule {
            Expression::Number(number) => number.to_string(),
            Expression::Text(text) => quoted(text),
            Expression::Truth(truth) => if *truth { "True" } else { "False" }.to_owned(),
            Expression::None => "None".to_owned(),
            Expression::Name(name, _) => (self.name)(name),
            Expression::Member(inner, name, _) => format!("{}.{name}", self.write(inner, 7)),
            Expression::Length(inner) => format!("len({})", self.write(inner, 0)),
            Expression::List(items) => format!("[{}]", self.all(items, 0, ", ", Self::write)),
            Expression::Not(inner) => format!("not {}", self.truth(inner, 2)),
            Expression::Negative(inner) => format!("-{}", self.write(inner, 7)),
            Expression::Arithmetic(left, operator, right) => {
                format!("{} {} {}", self.write(left, tightness), operator.sign(), self.write(right, tightness + 1))
            }
            Expression::Comparison(first, others) => self.comparison(first, others, least),
            Expression::All(items) => self.all(items, 2, " and ", Self::truth),
            Expression::Any(items) => self.all(items, 1, " or ", Self::truth),
        }
    }

    fn all(
        &self,
        items: &[Expression],
        least: u8,
        between: &str,
        write: fn(&Self, &Expression, u8) -> String,
    ) -> String {
        items.iter().map(|item| write(self, item, least)).collect::<Vec<_>>().join(between)
    }

    /// Writes what must be true or false: what is missing is neither, though Python would take it for false.
    fn truth(&self, rule: &Expression, least: u8) -> String {
        let text = self.write(rule, least);
        match rule {
            Expression::Name(name, _) if name == "value" => text,
            Expression::Name(..) | Expression::Member(..) => format!("_truth({text})"),
            _ => text,
        }
    }

    fn comparison(&self, first: &Expression, others: &[(Relation, Expression)], least: u8) -> String {
        let parts = || std::iter::once(first).chain(others.iter().map(|(_, other)| other));
        if !parts().any(Expression::is_of_amounts) {
            let mut text = self.write(first, 4);
            for (left, (relation, right)) in parts().zip(others) {
                let _ = write!(text, " {} {}", compared(left, *relation, right), self.write(right, 4));
            }
            return text;
        }
        let pairs: Vec<String> = parts()
            .zip(others)
            .map(|(left, (relation, right))| {
                let (left_text, right_text) = self.beside(left, right);
                format!("{left_text} {} {right_text}", compared(left, *relation, right))
            })
            .collect();
        let text = pairs.join(" and ");
        if pairs.len() > 1 && least > 1 { format!("({text})") } else { text }
    }

    /// Writes two parts that are compared, of which one may be an exact amount.
    fn beside(&self, left: &Expression, right: &Expression) -> (String, String) {
        let is_computed = |part: &Expression| {
            matches!(part, Expression::Name(..) | Expression::Member(..) | Expression::Length(_))
                || matches!(part, Expression::Arithmetic(..) | Expression::Negative(_))
        };
        let one = |part: &Expression, other: &Expression| {
            let text = self.amount(part);
            let is_converted = part.is_of_amounts() && is_computed(other) && !other.is_of_amounts();
            if is_converted { format!("_beside({text}, {})", self.write(other, 0)) } else { text }
        };
        (one(left, right), one(right, left))
    }

    /// Writes a part that is compared with an exact amount: the binary fraction 0.01 is not the decimal one.
    fn amount(&self, part: &Expression) -> String {
        match part {
            Expression::Number(number) => format!("_decimal.Decimal({})", quoted(&number.to_string())),
            Expression::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.amount(item)).collect();
                format!("[{}]", items.join(", "))
            }
            other => self.write(other, 4),
        }
    }
}

fn compared(left: &Expression, relation: Relation, right: &Expression) -> &'static str {
    let is_none = [left, right].contains(&&Expression::None);
    match relation {
        Relation::Equal if is_none => "is",
        Relation::NotEqual if is_none => "is not",
        other => other.sign(),
    }
}
