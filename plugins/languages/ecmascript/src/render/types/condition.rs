//! Constraints as expressions.

use crate::interface::constraint::{Bounds, Constraint, Rule};
use crate::pattern::translated;
use crate::render::text::quoted;
use crate::render::value::{number_literal, plain_number};

/// Writes the condition on `value`.
pub(in crate::render) fn condition(constraint: &Constraint) -> String {
    let condition = match &constraint.rule {
        Rule::Range(bounds) if constraint.is_decimal => of_decimals(bounds),
        Rule::Range(bounds) => of_numbers(bounds, "value"),
        // Of a text the letters count, not the units that it is stored in.
        Rule::Length(bounds) => of_numbers(bounds, "_length(value)"),
        Rule::Pattern(pattern) => format!("new RegExp({}, \"u\").test(value)", quoted(&translated(pattern))),
    };
    if constraint.may_be_none { format!("value === undefined || ({condition})") } else { condition }
}

/// Says what must hold, as the error does.
pub(in crate::render) fn message(constraint: &Constraint) -> String {
    constraint.message.clone().unwrap_or_else(|| format!("it must hold: {}", constraint.describe()))
}

fn of_numbers(bounds: &Bounds, subject: &str) -> String {
    let sign = |is_inclusive: bool| if is_inclusive { "<=" } else { "<" };
    let lower = bounds
        .lower
        .iter()
        .map(|bound| format!("{} {} {subject}", number_literal(&bound.number), sign(bound.is_inclusive)));
    let upper = bounds
        .upper
        .iter()
        .map(|bound| format!("{subject} {} {}", sign(bound.is_inclusive), number_literal(&bound.number)));
    lower.chain(upper).collect::<Vec<_>>().join(" && ")
}

fn of_decimals(bounds: &Bounds) -> String {
    let sign = |is_inclusive: bool, sign: &'static str| if is_inclusive { format!("{sign}=") } else { sign.to_owned() };
    let compared = |number: &str| format!("_compare(value, {})", quoted(&plain_number(number)));
    let lower =
        bounds.lower.iter().map(|bound| format!("{} {} 0", compared(&bound.number), sign(bound.is_inclusive, ">")));
    let upper =
        bounds.upper.iter().map(|bound| format!("{} {} 0", compared(&bound.number), sign(bound.is_inclusive, "<")));
    lower.chain(upper).collect::<Vec<_>>().join(" && ")
}
