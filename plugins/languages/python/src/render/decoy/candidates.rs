//! Candidates for a value under validators. The rendered code tries them: only Python knows whether a pattern matches.

use crate::interface::constraint::{Bound, Bounds, Constraint, Rule};
use crate::pattern::translated;
use crate::render::python::{quoted, tuple_of};
use crate::render::types::condition::{Direction, condition, length};
use crate::render::types::rule::literal;
use crate::type_ref::Basic;

/// What a validator can be about. Items are expressions.
pub(super) enum Bare {
    Basic(Basic),
    List(String),
    Tuple(String),
    /// An item and what makes the set.
    Set(String, &'static str),
    Map(String, String),
    Other,
}

/// Nobody promises a collection of more.
const MAX_ITEMS: usize = 1000;

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
        let values = tuple_of(&values);
        return matches!(bare, Bare::Basic(_))
            .then(|| format!("_fitting(lambda value: {}, {values})", all(constraints)));
    }
    let candidates = match bare {
        Bare::Basic(Basic::Str) => texts(constraints),
        Bare::Basic(Basic::Bytes) => format!("(b\"\\0\" * {},)", least_length(constraints)),
        Bare::Basic(basic @ (Basic::Int | Basic::Float | Basic::Decimal)) => numbers(*basic, constraints),
        Bare::List(item) => format!("([{}],)", repeated(item, constraints)?),
        Bare::Tuple(item) => format!("(({}),)", repeated(item, constraints).filter(|items| !items.is_empty())?),
        // Equal items are one; a second one is nobody's to guess.
        Bare::Set(item, make) if least_length(constraints) == 1 => format!("({make}([{item}]),)"),
        Bare::Map(key, value) if least_length(constraints) == 1 => format!("({{{key}: {value}}},)"),
        _ => return None,
    };
    Some(format!("_fitting(lambda value: {}, {candidates})", all(constraints)))
}

/// Rules that need more than the value and the language itself are not tried: the smallest value has to do.
fn is_tried(constraint: &Constraint) -> bool {
    !matches!(constraint.rule, Rule::Unique | Rule::Custom(_))
}

fn all(constraints: &[&Constraint]) -> String {
    let holds: Vec<String> = constraints.iter().map(|constraint| format!("({})", holds(constraint))).collect();
    holds.join(" and ")
}

fn holds(constraint: &Constraint) -> String {
    match &constraint.rule {
        Rule::Pattern(pattern) => format!("_re.search({}, value) is not None", quoted(&translated(pattern))),
        _ => condition(constraint, "value"),
    }
}

fn least_length(constraints: &[&Constraint]) -> usize {
    let lengths = constraints.iter().filter_map(|constraint| match &constraint.rule {
        Rule::Length(bounds) => bounds.lower.as_ref(),
        _ => None,
    });
    lengths.filter_map(|bound| length(bound, Direction::Up).parse().ok()).max().unwrap_or(0)
}

fn texts(constraints: &[&Constraint]) -> String {
    match least_length(constraints) {
        0..=40 => "_texts".to_owned(),
        long => format!("[\"a\" * {long}, *_texts]"),
    }
}

fn repeated(item: &str, constraints: &[&Constraint]) -> Option<String> {
    match least_length(constraints) {
        0 => Some(String::new()),
        count if count <= MAX_ITEMS => Some(format!("*({item} for _ in _builtins.range({count})),")),
        _ => None,
    }
}

fn numbers(basic: Basic, constraints: &[&Constraint]) -> String {
    let mut numbers: Vec<String> = match basic {
        Basic::Float => ["0.0", "1.0", "-1.0"].map(str::to_owned).to_vec(),
        _ => ["0", "1", "-1"].map(str::to_owned).to_vec(),
    };
    for constraint in constraints {
        if let Rule::MultipleOf(step) = &constraint.rule {
            numbers.push(step.to_string());
        }
        if let Rule::Range(bounds) = &constraint.rule {
            numbers.extend(bounds.each().flat_map(|bound| near(bound, basic)));
            numbers.extend(middle(bounds).filter(|_| basic != Basic::Int));
        }
    }
    if basic == Basic::Decimal {
        numbers = numbers.iter().map(|number| format!("_decimal.Decimal({})", quoted(number))).collect();
    }
    format!("({})", numbers.join(", "))
}

/// A bound and its neighbours: an interval that holds a whole number holds one of them, or zero.
fn near(bound: &Bound, basic: Basic) -> Vec<String> {
    let mut numbers = vec![bound.number.clone()];
    if let Ok(whole) = bound.number.parse::<i128>() {
        numbers.extend([whole.checked_add(1), whole.checked_sub(1)].into_iter().flatten().map(|near| near.to_string()));
    } else if basic != Basic::Int
        && let Ok(number) = bound.number.parse::<f64>()
    {
        numbers.extend([number + 1.0, number - 1.0].map(|near| format!("{near:?}")));
    }
    numbers
}

fn middle(bounds: &Bounds) -> impl Iterator<Item = String> {
    let number = |bound: &Option<Bound>| bound.as_ref().and_then(|bound| bound.number.parse::<f64>().ok());
    let both = number(&bounds.lower).zip(number(&bounds.upper));
    both.map(|(lower, upper)| format!("{:?}", lower.midpoint(upper))).into_iter()
}
