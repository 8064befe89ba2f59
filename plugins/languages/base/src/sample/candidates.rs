//! Candidates for a field under validators, and whether they hold: bounds, what lies beside them, what a pattern finds.

use std::cmp::Ordering;

use super::amount::Amount;
use super::text::{MAX_LETTERS, Pattern};
use super::{Collection, Sample, Samples, member_of};
use crate::interface::constraint::{Bound, Bounds, Constraint, Rule};
use crate::interface::rule::Expression;
use crate::interface::{Field, TypeDefinition};
use crate::type_ref::{Basic, Protocol, TypeRef};

/// Longer texts and collections are not made.
const MAX_LENGTH: usize = 2000;
/// So many items of a collection are written one by one.
const MAX_WRITTEN: usize = 20;

/// Returns candidates, the smallest first. Never two that are equal.
pub(super) fn of(samples: &Samples<'_>, field: &Field) -> Vec<Sample> {
    let constraints: Vec<&Constraint> = field.constraints.iter().collect();
    let bare = samples.bare(&field.type_ref);
    let mut found = allowed(bare, &constraints);
    match bare {
        TypeRef::Basic(Basic::Str) => found.extend(texts(&constraints)),
        TypeRef::Basic(Basic::Bytes) => found.extend(lengths(&constraints).into_iter().map(Sample::Bytes)),
        TypeRef::Basic(basic @ (Basic::Int | Basic::Float | Basic::Decimal)) => {
            found.extend(numbers(*basic, &constraints));
        }
        TypeRef::List(item) => found.extend(collections(samples, Collection::List, item, &constraints)),
        TypeRef::Sequence(item) => found.extend(collections(samples, Collection::Tuple, item, &constraints)),
        TypeRef::Protocol(Protocol::Sequence, items) => {
            found.extend(
                items.first().into_iter().flat_map(|item| collections(samples, Collection::Tuple, item, &constraints)),
            );
        }
        TypeRef::Set(item) => found.extend(collections(samples, Collection::Set, item, &constraints)),
        TypeRef::FrozenSet(item) => found.extend(collections(samples, Collection::FrozenSet, item, &constraints)),
        TypeRef::Map(key, value) => found.extend(maps(samples, key, value, &constraints)),
        TypeRef::Protocol(Protocol::Mapping, items) => {
            if let [key, value] = items.as_slice() {
                found.extend(maps(samples, key, value, &constraints));
            }
        }
        TypeRef::Named(name) => {
            if let Some(TypeDefinition::Enumeration(definition)) = samples.interface.definition(name) {
                found.extend(definition.members.iter().map(|member| member_of(definition, member)));
            }
        }
        TypeRef::Basic(Basic::Bool) => found.extend([Sample::Truth(false), Sample::Truth(true)]),
        _ => {}
    }
    let mut unique: Vec<Sample> = Vec::new();
    for value in found {
        if !unique.contains(&value) {
            unique.push(value);
        }
    }
    unique
}

/// Answers whether a constraint holds for a value; nothing where nobody can tell here.
pub(super) fn holds(constraint: &Constraint, value: &Sample) -> Option<bool> {
    match &constraint.rule {
        Rule::Range(bounds) => within(bounds, amount(value)?),
        Rule::Length(bounds) => within(bounds, Amount::whole(i128::try_from(length(value)?).ok()?)),
        Rule::Pattern(pattern) => match value {
            Sample::Text(text) if text.is_ascii() => Some(Pattern::read(pattern)?.is_found_in(text)),
            _ => None,
        },
        Rule::OneOf(values) => {
            let mut is_known = true;
            for allowed in values {
                match is_same(allowed, value) {
                    Some(true) => return Some(true),
                    Some(false) => {}
                    None => is_known = false,
                }
            }
            is_known.then_some(false)
        }
        Rule::MultipleOf(step) => {
            let (value, step) = (amount(value)?, Amount::of(step)?);
            Some(value.compared(value.multiple_below(step)?)? == Ordering::Equal)
        }
        Rule::Unique => match value {
            Sample::Items(_, items) => {
                Some(items.iter().enumerate().all(|(index, item)| items.iter().skip(index + 1).all(|one| one != item)))
            }
            Sample::Repeated(_, _, count) => Some(*count < 2),
            _ => None,
        },
        Rule::Custom(_) => None,
    }
}

fn within(bounds: &Bounds, value: Amount) -> Option<bool> {
    let side = |bound: &Option<Bound>, outside: Ordering| match bound {
        None => Some(true),
        Some(bound) => {
            let order = value.compared(Amount::parse(&bound.number)?)?;
            Some(order != outside && (bound.is_inclusive || order != Ordering::Equal))
        }
    };
    Some(side(&bounds.lower, Ordering::Less)? && side(&bounds.upper, Ordering::Greater)?)
}

fn amount(value: &Sample) -> Option<Amount> {
    match value {
        Sample::Number(_, number) => Amount::parse(number),
        _ => None,
    }
}

fn length(value: &Sample) -> Option<usize> {
    Some(match value {
        Sample::Text(text) => text.chars().count(),
        Sample::Bytes(count) | Sample::Repeated(Collection::List | Collection::Tuple, _, count) => *count,
        Sample::Items(_, items) => items.len(),
        Sample::Map(_, entries) => entries.len(),
        _ => return None,
    })
}

fn is_same(allowed: &Expression, value: &Sample) -> Option<bool> {
    Some(match (allowed, value) {
        (Expression::Number(number), Sample::Number(..)) => {
            Amount::of(number)?.compared(amount(value)?)? == Ordering::Equal
        }
        (Expression::Text(text), Sample::Text(value) | Sample::Member(_, _, value)) => text == value,
        (Expression::Truth(truth), Sample::Truth(value)) => truth == value,
        _ => return None,
    })
}

/// The values that are allowed alone.
fn allowed(bare: &TypeRef, constraints: &[&Constraint]) -> Vec<Sample> {
    let values = constraints.iter().find_map(|constraint| match &constraint.rule {
        Rule::OneOf(values) => Some(values),
        _ => None,
    });
    let Some(values) = values else { return Vec::new() };
    let of_type = |value: &Expression| match (bare, value) {
        (TypeRef::Basic(basic @ (Basic::Int | Basic::Float | Basic::Decimal)), Expression::Number(number)) => {
            number_sample(*basic, Amount::of(number)?)
        }
        (TypeRef::Basic(Basic::Str), Expression::Text(text)) => Some(Sample::Text(text.clone())),
        (TypeRef::Basic(Basic::Bool), Expression::Truth(truth)) => Some(Sample::Truth(*truth)),
        _ => None,
    };
    values.iter().filter_map(of_type).collect()
}

fn numbers(basic: Basic, constraints: &[&Constraint]) -> Vec<Sample> {
    let mut found: Vec<Amount> = Vec::new();
    let mut steps: Vec<Amount> = Vec::new();
    let mut places = 0;
    for constraint in constraints {
        match &constraint.rule {
            Rule::Range(bounds) => found.extend(bounds.each().filter_map(|bound| Amount::parse(&bound.number))),
            Rule::MultipleOf(step) => steps.extend(Amount::of(step)),
            Rule::OneOf(values) => {
                let numbers = values.iter().filter_map(|value| match value {
                    Expression::Number(number) => Amount::of(number),
                    _ => None,
                });
                found.extend(numbers.max_by(|a, b| a.compared(*b).unwrap_or(Ordering::Equal)));
            }
            _ => {}
        }
    }
    for amount in found.iter().chain(&steps) {
        places = places.max(amount.places());
    }
    let unit = if basic == Basic::Int { Amount::whole(1) } else { Amount::step(places + 1) };
    // First what lies at the bounds, then what lies anywhere.
    let mut marks = std::mem::take(&mut found);
    marks.extend([0, 1, -1].into_iter().map(Amount::whole));
    for mark in marks {
        let near = [Some(mark), mark.minus(unit), mark.plus(unit)];
        found.extend(near.into_iter().flatten());
        for step in &steps {
            let below = mark.multiple_below(*step);
            let others = [below, below.and_then(|below| below.plus(*step)), below.and_then(|below| below.minus(*step))];
            found.extend(others.into_iter().flatten());
        }
    }
    // Between the bounds, where neither of them is allowed.
    for constraint in constraints {
        if let Rule::Range(Bounds { lower: Some(lower), upper: Some(upper) }) = &constraint.rule {
            let both = Amount::parse(&lower.number).zip(Amount::parse(&upper.number));
            let middle = both.and_then(|(lower, upper)| lower.plus(upper.minus(lower)?.half(unit)?));
            found.extend(middle);
        }
    }
    found.into_iter().filter_map(|amount| number_sample(basic, amount)).collect()
}

fn number_sample(basic: Basic, amount: Amount) -> Option<Sample> {
    let is_possible = match basic {
        Basic::Int => amount.is_whole() && amount.is_common(),
        Basic::Float => amount.is_common(),
        _ => true,
    };
    let number = amount.number().filter(|_| is_possible)?;
    Some(Sample::Number(basic, number.to_string()))
}

fn texts(constraints: &[&Constraint]) -> Vec<Sample> {
    let lengths = lengths(constraints);
    let patterns: Vec<Pattern> = constraints
        .iter()
        .filter_map(|constraint| match &constraint.rule {
            Rule::Pattern(pattern) => Pattern::read(pattern),
            _ => None,
        })
        .collect();
    let mut found: Vec<String> = Vec::new();
    let has_pattern = constraints.iter().any(|constraint| matches!(constraint.rule, Rule::Pattern(_)));
    for pattern in &patterns {
        let longest = lengths.iter().copied().max().unwrap_or(0).min(MAX_LETTERS);
        let made = pattern.texts(longest);
        let shortest = made.first().map(String::len);
        found.extend(made.into_iter().filter(|text| lengths.contains(&text.len()) || Some(text.len()) == shortest));
    }
    if has_pattern {
        // What a pattern refuses: near what it finds, and nothing like it.
        let near: Vec<String> = found
            .first()
            .into_iter()
            .flat_map(|text| {
                let shorter = text.chars().take(text.chars().count().saturating_sub(1)).collect();
                [format!("{text} "), format!(" {text}"), shorter, format!("{text}{text}")]
            })
            .collect();
        found.extend(near);
        found.extend([" ", "", "a", "A", "0", "-", "a b"].map(str::to_owned));
    }
    found.extend(lengths.into_iter().map(|count| "a".repeat(count)));
    found.extend(["a", "b", "A", "0", ""].map(str::to_owned));
    found.into_iter().map(Sample::Text).collect()
}

/// The lengths at and beside the bounds.
fn lengths(constraints: &[&Constraint]) -> Vec<usize> {
    let mut found = vec![0, 1, 2];
    for constraint in constraints {
        let Rule::Length(bounds) = &constraint.rule else { continue };
        let marks = bounds.each().filter_map(|bound| bound.number.parse::<usize>().ok());
        found.extend(marks.flat_map(|mark| [mark.saturating_sub(1), mark, mark.saturating_add(1)]));
    }
    found.retain(|length| *length <= MAX_LENGTH);
    found.sort_unstable();
    found.dedup();
    found
}

fn collections(
    samples: &Samples<'_>,
    collection: Collection,
    item: &TypeRef,
    constraints: &[&Constraint],
) -> Vec<Sample> {
    let mut found = Vec::new();
    let is_set = matches!(collection, Collection::Set | Collection::FrozenSet);
    for length in lengths(constraints) {
        if length <= MAX_WRITTEN {
            let items: Option<Vec<Sample>> = (0..length).map(|index| distinct(samples, item, index)).collect();
            found.extend(items.map(|items| Sample::Items(collection, items)));
        }
        if !is_set && length > 1 {
            let item = distinct(samples, item, 0);
            found.extend(item.map(|item| {
                if length <= 3 {
                    Sample::Items(collection, vec![item; length])
                } else {
                    Sample::Repeated(collection, Box::new(item), length)
                }
            }));
        }
    }
    found
}

fn maps(samples: &Samples<'_>, key: &TypeRef, value: &TypeRef, constraints: &[&Constraint]) -> Vec<Sample> {
    let lengths = lengths(constraints).into_iter().filter(|length| *length <= MAX_WRITTEN);
    let entry = |index| Some((distinct(samples, key, index)?, samples.of(value)?));
    let maps = lengths.filter_map(|length| (0..length).map(entry).collect::<Option<Vec<_>>>());
    maps.map(|entries| Sample::Map(key.clone(), entries)).collect()
}

/// Returns a value of a type that is another one for each number; none where the type does not have so many.
fn distinct(samples: &Samples<'_>, type_ref: &TypeRef, index: usize) -> Option<Sample> {
    let bare = samples.bare(type_ref);
    match bare {
        TypeRef::Basic(Basic::Str) => Some(Sample::Text(format!("a{index}"))),
        TypeRef::Basic(basic @ (Basic::Int | Basic::Float | Basic::Decimal)) => {
            Some(Sample::Number(*basic, index.to_string()))
        }
        TypeRef::Named(name) => match samples.interface.definition(name) {
            Some(TypeDefinition::Enumeration(definition)) => {
                definition.members.get(index).map(|member| member_of(definition, member))
            }
            _ if index == 0 => samples.of(bare),
            _ => None,
        },
        _ if index == 0 => samples.of(bare),
        _ => None,
    }
}
