//! Custom rules as expressions that judge as the host does. What is missing is no number and no truth: the functions that
//! rendered rules call throw then, and the rule does not hold.

use crate::interface::rule::{Expression, Operator, Relation, Ty};
use crate::render::text::quoted;

/// Writes a rule as a function of `subject`, which answers whether it holds. `name` says how a name of it is spelt.
pub(super) fn rule(rule: &Expression, subject: &str, name: &dyn Fn(&str) -> String) -> String {
    format!("_holds(({subject}) => {})", Writer { name }.truth(rule, 0))
}

/// Writes a value that is allowed. An exact amount is a text.
pub(in crate::render) fn literal(value: &Expression, is_decimal: bool) -> String {
    let text = Writer { name: &|_| String::new() }.write(value, 0);
    if is_decimal { quoted(&text) } else { text }
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
            Expression::Truth(truth) => truth.to_string(),
            Expression::None => "undefined".to_owned(),
            Expression::Name(name, _) => (self.name)(name),
            Expression::Member(inner, name, _) => format!("{}.{name}", self.write(inner, 7)),
            Expression::Length(inner) => format!("_length({})", self.write(inner, 0)),
            Expression::List(items) => format!("[{}]", self.all(items, 0, ", ", Self::write)),
            Expression::Not(inner) => format!("!{}", self.truth(inner, 7)),
            Expression::Negative(inner) => format!("-{}", self.write(inner, 7)),
            Expression::Arithmetic(left, Operator::Modulo, right) => {
                format!("_modulo({}, {})", self.write(left, 0), self.write(right, 0))
            }
            Expression::Arithmetic(left, operator, right) => {
                format!("{} {} {}", self.write(left, tightness), operator.sign(), self.write(right, tightness + 1))
            }
            Expression::Comparison(first, others) => self.comparison(first, others, least),
            Expression::All(items) => self.all(items, 2, " && ", Self::truth),
            Expression::Any(items) => self.all(items, 1, " || ", Self::truth),
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

    fn truth(&self, rule: &Expression, least: u8) -> String {
        match rule {
            Expression::Name(name, _) if name == "value" => self.write(rule, least),
            Expression::Name(..) | Expression::Member(..) => format!("_truth({})", self.write(rule, 0)),
            _ => self.write(rule, least),
        }
    }

    fn comparison(&self, first: &Expression, others: &[(Relation, Expression)], least: u8) -> String {
        let lefts = std::iter::once(first).chain(others.iter().map(|(_, other)| other));
        let pairs: Vec<String> =
            lefts.zip(others).map(|(left, (relation, right))| self.pair(left, *relation, right)).collect();
        let text = pairs.join(" && ");
        if pairs.len() > 1 && least > 1 { format!("({text})") } else { text }
    }

    fn pair(&self, left: &Expression, relation: Relation, right: &Expression) -> String {
        let is_exact = left.is_of_amounts() || right.is_of_amounts();
        let both = |one: &str, other: &str| match (one, other) {
            ("", _) => format!("{}, {}", self.part(left, is_exact), self.part(right, is_exact)),
            (_, sign) => format!("{} {sign} {}", self.write(left, 4), self.write(right, 4)),
        };
        let not = |is_not: bool| if is_not { "!" } else { "" };
        match relation {
            Relation::Equal | Relation::NotEqual => {
                let is_not = relation == Relation::NotEqual;
                if [left, right].contains(&&Expression::None) {
                    // `null` and `undefined` are both nothing.
                    let other = if *left == Expression::None { right } else { left };
                    return format!("{} {} null", self.write(other, 4), if is_not { "!=" } else { "==" });
                }
                let is_plain = |part: &Expression| matches!(part, Expression::Text(_) | Expression::Truth(_));
                match (is_exact, is_plain(left) || is_plain(right)) {
                    (true, _) => format!("{}_equals({})", not(is_not), both("", "")),
                    (false, true) => both("native", if is_not { "!==" } else { "===" }),
                    (false, false) => format!("{}_same({})", not(is_not), both("", "")),
                }
            }
            Relation::In | Relation::NotIn => {
                let by = if is_exact { ", _equals" } else { "" };
                format!("{}_within({}{by})", not(relation == Relation::NotIn), both("", ""))
            }
            _ if is_surely_number(left) && is_surely_number(right) => both("native", relation.sign()),
            _ => format!("_order({}) {} 0", both("", ""), relation.sign()),
        }
    }

    /// Writes a part that is compared by a function; beside an exact amount a number is written as one.
    fn part(&self, part: &Expression, is_exact: bool) -> String {
        match part {
            Expression::Number(_) if is_exact => literal(part, true),
            Expression::List(items) if is_exact => {
                format!("[{}]", items.iter().map(|item| self.part(item, true)).collect::<Vec<_>>().join(", "))
            }
            other => self.write(other, 0),
        }
    }
}

/// The value itself has been checked, and is not there when it is nothing; of all else that can be missing.
fn is_surely_number(part: &Expression) -> bool {
    match part {
        Expression::Number(_) => true,
        Expression::Name(name, ty) => name == "value" && *ty == Ty::Number,
        Expression::Length(inner) => matches!(&**inner, Expression::Name(name, _) if name == "value"),
        _ => false,
    }
}
