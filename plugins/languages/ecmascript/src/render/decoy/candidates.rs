//! Candidates for a value under validators. The rendered code tries them: only the engine knows whether a pattern matches.

use crate::interface::constraint::{Bound, Bounds, Constraint, Rule};
use crate::render::text::quoted;
use crate::render::types::condition::condition;
use crate::render::types::rule::literal;
use crate::render::value::{number_literal, plain_number};
use crate::type_ref::Basic;

/// What a validator can be about. Items are expressions.
pub(super) enum Bare {
    Basic(Basic),
    List(String),
    Other,
}

/// Nobody promises a collection or a text of more.
const MAX_LENGTH: u64 = 1000;

/// Writes the first of some candidates that satisfies the constraints; nothing where the smallest value will do.
pub(super) fn fitting(bare: &Bare, constraints: &[&Constraint]) -> Option<String> {
    let constraints: &[&Constraint] =
        &constraints.iter().copied().filter(|constraint| is_tried(constraint)).collect::<Vec<_>>();
    if constraints.is_empty() {
        return None;
    }
    let allowed = constraints.iter().find_map(|constraint| match &constraint.rule {
        Rule::OneOf(values) => Some((values, constraint.is_decimal)),
        _ => None,
    });
    if let Some((values, is_decimal)) = allowed {
        let values: Vec<String> = values.iter().map(|value| literal(value, is_decimal)).collect();
        return matches!(bare, Bare::Basic(_))
            .then(|| format!("_fitting((value) => {}, [{}])", all(constraints), values.join(", ")));
    }
    let candidates = match bare {
        Bare::Basic(Basic::Str) => texts(constraints),
        Bare::Basic(Basic::Bytes) => format!("[new Uint8Array({})]", least_length(constraints)),
        Bare::Basic(basic @ (Basic::Int | Basic::Float | Basic::Decimal)) => numbers(*basic, constraints),
        Bare::List(item) => {
            let count = usize::try_from(least_length(constraints)).unwrap_or_default();
            return (count > 0).then(|| format!("[{}]", vec![item.as_str(); count].join(", ")));
        }
        Bare::Basic(_) | Bare::Other => return None,
    };
    Some(format!("_fitting((value) => {}, {candidates})", all(constraints)))
}

/// Rules that need functions of the types module are not tried: the smallest value has to do.
fn is_tried(constraint: &Constraint) -> bool {
    match &constraint.rule {
        Rule::Unique | Rule::Custom(_) => false,
        Rule::MultipleOf(_) => !condition(constraint).contains("_isMultiple("),
        _ => true,
    }
}

fn all(constraints: &[&Constraint]) -> String {
    let conditions: Vec<String> = constraints.iter().map(|constraint| format!("({})", condition(constraint))).collect();
    conditions.join(" && ")
}

fn texts(constraints: &[&Constraint]) -> String {
    match least_length(constraints) {
        least if least > 40 => format!("[..._texts, \"a\".repeat({least})]"),
        _ => "_texts".to_owned(),
    }
}

fn numbers(basic: Basic, constraints: &[&Constraint]) -> String {
    let bounds: Vec<&Bounds> = constraints
        .iter()
        .filter_map(|constraint| match &constraint.rule {
            Rule::Range(bounds) => Some(bounds),
            _ => None,
        })
        .collect();
    let mut numbers = vec!["0".to_owned(), "1".to_owned()];
    numbers.extend(constraints.iter().filter_map(|constraint| match &constraint.rule {
        Rule::MultipleOf(step) => Some(step.to_string()),
        _ => None,
    }));
    for bounds in &bounds {
        for bound in bounds.each() {
            numbers.push(bound.number.clone());
            // A bound that is not allowed has neighbours that are.
            if let Ok(value) = bound.number.parse::<f64>() {
                numbers.extend(
                    [1.0, 0.1, 0.001, 0.000_001]
                        .iter()
                        .flat_map(|step| [value + step, value - step])
                        .map(|near| format!("{near}")),
                );
            }
        }
        if let (Some(lower), Some(upper)) = (&bounds.lower, &bounds.upper)
            && let (Ok(lower), Ok(upper)) = (lower.number.parse::<f64>(), upper.number.parse::<f64>())
        {
            numbers.push(format!("{}", f64::midpoint(lower, upper)));
        }
    }
    let whole = |number: &String| basic != Basic::Int || !number.contains(['.', 'e']);
    let written = numbers.iter().filter(|number| whole(number)).map(|number| match basic {
        Basic::Decimal => quoted(&plain_number(number)),
        _ => number_literal(number),
    });
    let mut seen = Vec::new();
    for number in written {
        if !seen.contains(&number) {
            seen.push(number);
        }
    }
    format!("[{}]", seen.join(", "))
}

fn least_length(constraints: &[&Constraint]) -> u64 {
    let least = |bound: &Bound| {
        let number = bound.number.parse::<u64>().unwrap_or(MAX_LENGTH);
        if bound.is_inclusive { number } else { number.saturating_add(1) }
    };
    let lengths = constraints.iter().filter_map(|constraint| match &constraint.rule {
        Rule::Length(bounds) => bounds.lower.as_ref().map(least),
        _ => None,
    });
    lengths.max().unwrap_or(0).min(MAX_LENGTH)
}
