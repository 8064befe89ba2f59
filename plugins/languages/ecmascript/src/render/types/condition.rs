//! Constraints as expressions.

use super::rule::{literal, rule};
use crate::interface::constraint::{Bounds, Constraint, Rule};
use crate::interface::{Field, Struct};
use crate::pattern::translated;
use crate::render::text::quoted;
use crate::render::value::{number_literal, plain_number};
use crate::type_ref::TypeRef;

/// Writes the condition on `value`.
pub(in crate::render) fn condition(constraint: &Constraint) -> String {
    let condition = match &constraint.rule {
        Rule::Range(bounds) if constraint.is_decimal => of_decimals(bounds),
        Rule::Range(bounds) => of_numbers(bounds, "value"),
        // Of a text the letters count, not the units that it is stored in.
        Rule::Length(bounds) => of_numbers(bounds, "_length(value)"),
        Rule::Pattern(pattern) => format!("new RegExp({}, \"u\").test(value)", quoted(&translated(pattern))),
        Rule::OneOf(values) => {
            let values: Vec<String> = values.iter().map(|value| literal(value, constraint.is_decimal)).collect();
            let values = values.join(", ");
            if constraint.is_decimal {
                format!("[{values}].some((one) => _compare(value, one) === 0)")
            } else {
                format!("[{values}].includes(value)")
            }
        }
        Rule::MultipleOf(step) => {
            let step = step.to_string();
            match step.parse::<u32>() {
                Ok(_) if !constraint.is_decimal => format!("value % {step} === 0"),
                _ => format!("_isMultiple(value, {})", quoted(&step)),
            }
        }
        Rule::Unique => "_unique(value)".to_owned(),
        Rule::Custom(expression) => format!("{}(value)", rule(expression, "value", &str::to_owned)),
    };
    if constraint.may_be_none { format!("value === undefined || ({condition})") } else { condition }
}

/// Writes the function that answers whether the condition holds.
pub(super) fn predicate(constraint: &Constraint) -> String {
    match &constraint.rule {
        Rule::Custom(expression) if !constraint.may_be_none => rule(expression, "value", &str::to_owned),
        _ => format!("(value) => {}", condition(constraint)),
    }
}

/// Writes the function that answers whether a rule about several fields holds for an object of them.
fn predicate_of_fields(field: &Field, constraint: &Constraint) -> Option<String> {
    let Rule::Custom(expression) = &constraint.rule else { return None };
    let own = format!("fields.{}", field.name);
    let spelt = rule(expression, "fields", &|name| match name {
        "value" => own.clone(),
        name => format!("fields.{name}"),
    });
    let may_be_none = constraint.may_be_none || matches!(field.type_ref, TypeRef::Optional(_));
    Some(match spelt.strip_prefix("_holds((fields) => ").and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) if may_be_none => format!("_holds((fields) => {own} === undefined || ({inner}))"),
        _ => spelt,
    })
}

/// Returns the rules about several fields: of which field, the function that judges, and what must hold.
pub(super) fn rules(found: &Struct) -> impl Iterator<Item = (&Field, String, String)> {
    let all = found.fields.iter().flat_map(|field| field.constraints.iter().map(move |rule| (field, rule)));
    all.filter(|(_, constraint)| constraint.names_others())
        .filter_map(|(field, constraint)| Some((field, predicate_of_fields(field, constraint)?, message(constraint))))
}

/// Writes the rules about several fields as refinements of the struct's schema.
pub(super) fn refinements(found: &Struct) -> String {
    let written = rules(found).map(|(field, predicate, message)| {
        format!(".refine({predicate}, {{ message: {}, path: [{}] }})", quoted(&message), quoted(&field.name))
    });
    written.collect()
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
