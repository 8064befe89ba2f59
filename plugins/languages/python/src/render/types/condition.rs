//! Constraints as Python expressions and in words.

use super::rule::{literal, rule};
use crate::interface::constraint::{Bound, Bounds, Constraint, Rule};
use crate::pattern::translated;
use crate::render::python::{quoted, tuple_of};

/// Which bound a length is.
#[derive(Clone, Copy)]
pub(in crate::render) enum Direction {
    Up,
    Down,
}

/// Returns the nearest allowed length; what does not fit is far beyond any memory.
pub(in crate::render) fn length(bound: &Bound, direction: Direction) -> String {
    let number = bound.number.parse::<i64>().unwrap_or(i64::MAX);
    let allowed = match direction {
        _ if bound.is_inclusive => number,
        Direction::Up => number.saturating_add(1),
        Direction::Down => number - 1,
    };
    allowed.to_string()
}

/// Writes a constraint on a subject as a Python expression.
pub(in crate::render) fn condition(constraint: &Constraint, subject: &str) -> String {
    let condition = match &constraint.rule {
        Rule::Range(bounds) if constraint.is_decimal => {
            let bounds =
                Bounds { lower: bounds.lower.as_ref().map(decimal), upper: bounds.upper.as_ref().map(decimal) };
            bounds.condition(subject)
        }
        Rule::Range(bounds) => bounds.condition(subject),
        Rule::Length(bounds) => bounds.condition(&format!("len({subject})")),
        Rule::Pattern(pattern) => format!("re.search({}, {subject}) is not None", quoted(&translated(pattern))),
        Rule::OneOf(values) => {
            let values: Vec<String> = values.iter().map(|value| literal(value, constraint.is_decimal)).collect();
            format!("{subject} in {}", tuple_of(&values))
        }
        Rule::MultipleOf(step) if constraint.is_decimal => {
            // More digits than an amount has, so that nothing is rounded.
            let step = quoted(&step.to_string());
            format!("_decimal.Context(prec=1000, traps=[]).remainder({subject}, _decimal.Decimal({step})) == 0")
        }
        Rule::MultipleOf(step) => match step.scaled() {
            (step, 0) => format!("{subject} % {step} == 0"),
            (step, places) => format!("{subject} * 1{} % {step} == 0", "0".repeat(places)),
        },
        Rule::Unique => format!("_unique({subject})"),
        Rule::Custom(expression) => rule(expression, &|name| match (name, subject.rsplit_once('.')) {
            ("value", _) => subject.to_owned(),
            (name, Some((owner, _))) => format!("{owner}.{name}"),
            (name, None) => name.to_owned(),
        }),
    };
    if constraint.may_be_none { format!("{subject} is None or {condition}") } else { condition }
}

pub(super) fn decimal(bound: &Bound) -> Bound {
    Bound { number: format!("_decimal.Decimal({})", quoted(&bound.number)), ..bound.clone() }
}

pub(super) fn message(constraint: &Constraint) -> String {
    constraint.message.clone().unwrap_or_else(|| format!("it must hold: {}", constraint.describe()))
}
