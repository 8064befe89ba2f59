//! Judges a value by a rule.

use std::cmp::Ordering;

use serde_json::{Map, Value};

use super::{Expression, Operator, Relation};
use crate::validator::{Number, same};

/// The fields, or the inputs, beside the value.
pub type Fields = Map<String, Value>;

/// A rule that cannot be judged for these values: a part is missing, of another type, or too large to compute with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the rule cannot be judged for these values")]
pub struct Failed;

enum Found<'a> {
    Whole(i128),
    Fraction(f64),
    /// As it was written.
    Exact(Number),
    Json(std::borrow::Cow<'a, Value>),
}

impl Expression {
    /// Answers whether it holds for a value and the fields beside it.
    ///
    /// # Errors
    /// [`Failed`], where there is no answer.
    pub fn holds(&self, value: &Value, fields: &Fields) -> Result<bool, Failed> {
        match self.find(value, fields)? {
            Found::Json(found) => found.as_bool().ok_or(Failed),
            _ => Err(Failed),
        }
    }

    fn find<'a>(&'a self, value: &'a Value, fields: &'a Fields) -> Result<Found<'a>, Failed> {
        let owned = |value| Ok(Found::Json(std::borrow::Cow::Owned(value)));
        match self {
            Self::Number(number) => Ok(number.to_i128().map_or_else(|| Found::Exact(number.clone()), Found::Whole)),
            Self::Text(text) => owned(Value::String(text.clone())),
            Self::Truth(truth) => owned(Value::Bool(*truth)),
            Self::None => owned(Value::Null),
            Self::Name(name) if name == "value" => Ok(of_json(value)),
            Self::Name(name) => fields.get(name).map(of_json).ok_or(Failed),
            Self::Member(inner, name) => match inner.find(value, fields)? {
                Found::Json(std::borrow::Cow::Borrowed(inner)) => inner.get(name).map(of_json).ok_or(Failed),
                _ => Err(Failed),
            },
            Self::Length(inner) => {
                let Found::Json(inner) = inner.find(value, fields)? else { return Err(Failed) };
                let length = length(&inner).ok_or(Failed)?;
                i128::try_from(length).map(Found::Whole).map_err(|_| Failed)
            }
            Self::List(items) => {
                let items: Result<_, _> = items.iter().map(|item| item.find(value, fields)?.into_json()).collect();
                owned(Value::Array(items?))
            }
            Self::Not(inner) => owned(Value::Bool(!inner.holds(value, fields)?)),
            Self::All(items) => {
                for item in items {
                    if !item.holds(value, fields)? {
                        return owned(Value::Bool(false));
                    }
                }
                owned(Value::Bool(true))
            }
            Self::Any(items) => {
                for item in items {
                    if item.holds(value, fields)? {
                        return owned(Value::Bool(true));
                    }
                }
                owned(Value::Bool(false))
            }
            Self::Negative(inner) => match inner.find(value, fields)? {
                Found::Whole(whole) => whole.checked_neg().map(Found::Whole).ok_or(Failed),
                other => other.float().map(|float| Found::Fraction(-float)),
            },
            Self::Arithmetic(left, operator, right) => {
                compute(&left.find(value, fields)?, *operator, &right.find(value, fields)?)
            }
            Self::Comparison(first, others) => {
                let mut left = first.find(value, fields)?;
                for (relation, right) in others {
                    let found = right.find(value, fields)?;
                    let holds = match (relation, right) {
                        // As they are written: JSON would make binary fractions of exact amounts.
                        (Relation::In | Relation::NotIn, Self::List(items)) => {
                            let items: Result<Vec<_>, _> = items.iter().map(|item| item.find(value, fields)).collect();
                            items?.iter().any(|item| equal(&left, item)) == (*relation == Relation::In)
                        }
                        _ => compare(&left, *relation, &found)?,
                    };
                    if !holds {
                        return owned(Value::Bool(false));
                    }
                    left = found;
                }
                owned(Value::Bool(true))
            }
        }
    }
}

impl Found<'_> {
    fn float(&self) -> Result<f64, Failed> {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "a fraction is as exact as its type")]
            Self::Whole(whole) => Ok(*whole as f64),
            Self::Fraction(float) => Ok(*float),
            Self::Exact(number) => Ok(number.to_f64()),
            // An exact amount beside a binary fraction.
            Self::Json(value) => Number::of(value).map(|number| number.to_f64()).ok_or(Failed),
        }
    }

    fn into_json(self) -> Result<Value, Failed> {
        match self {
            Self::Json(value) => Ok(value.into_owned()),
            Self::Whole(whole) => {
                if let Ok(small) = i64::try_from(whole) {
                    return Ok(Value::from(small));
                }
                u64::try_from(whole).map(Value::from).map_err(|_| Failed)
            }
            other => serde_json::Number::from_f64(other.float()?).map(Value::Number).ok_or(Failed),
        }
    }
}

fn of_json(value: &Value) -> Found<'_> {
    let number = match value {
        Value::Number(number) => number,
        _ => return Found::Json(std::borrow::Cow::Borrowed(value)),
    };
    if let Some(whole) = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from)) {
        return Found::Whole(whole);
    }
    number.as_f64().map_or(Found::Json(std::borrow::Cow::Borrowed(value)), Found::Fraction)
}

/// Returns the length of a text in letters, of a list or an object in entries.
pub(in crate::validator) fn length(value: &Value) -> Option<usize> {
    match value {
        Value::String(text) => Some(text.chars().count()),
        Value::Array(items) => Some(items.len()),
        Value::Object(entries) => Some(entries.len()),
        _ => None,
    }
}

fn compute<'a>(left: &Found<'_>, operator: Operator, right: &Found<'_>) -> Result<Found<'a>, Failed> {
    if let (Found::Whole(left), Found::Whole(right)) = (left, right)
        && operator != Operator::Divided
    {
        let whole = match operator {
            Operator::Plus => left.checked_add(*right),
            Operator::Minus => left.checked_sub(*right),
            Operator::Times => left.checked_mul(*right),
            _ => left.checked_rem(*right).map(|rest| {
                let is_other_side = rest != 0 && (rest < 0) != (*right < 0);
                if is_other_side { rest + right } else { rest }
            }),
        };
        return whole.map(Found::Whole).ok_or(Failed);
    }
    let (left, right) = (left.float()?, right.float()?);
    let float = match operator {
        Operator::Plus => left + right,
        Operator::Minus => left - right,
        Operator::Times => left * right,
        Operator::Divided => left / right,
        // As in Python, and exact: `left - right * floor(left / right)` rounds twice.
        Operator::Modulo => {
            let rest = left % right;
            if rest != 0.0 && (rest < 0.0) != (right < 0.0) { rest + right } else { rest }
        }
    };
    if float.is_finite() { Ok(Found::Fraction(float)) } else { Err(Failed) }
}

fn compare(left: &Found<'_>, relation: Relation, right: &Found<'_>) -> Result<bool, Failed> {
    match relation {
        Relation::Equal => Ok(equal(left, right)),
        Relation::NotEqual => Ok(!equal(left, right)),
        Relation::In => is_in(left, right),
        Relation::NotIn => is_in(left, right).map(|found| !found),
        Relation::Less => order(left, right).map(|order| order == Ordering::Less),
        Relation::LessOrEqual => order(left, right).map(|order| order != Ordering::Greater),
        Relation::Greater => order(left, right).map(|order| order == Ordering::Greater),
        Relation::GreaterOrEqual => order(left, right).map(|order| order != Ordering::Less),
    }
}

fn equal(left: &Found<'_>, right: &Found<'_>) -> bool {
    match (left, right) {
        (Found::Json(left), Found::Json(right)) => same(left, right),
        _ => order(left, right) == Ok(Ordering::Equal),
    }
}

fn is_in(item: &Found<'_>, whole: &Found<'_>) -> Result<bool, Failed> {
    let Found::Json(whole) = whole else { return Err(Failed) };
    match (&**whole, item) {
        (Value::Array(items), item) => Ok(items.iter().any(|other| equal(item, &of_json(other)))),
        (Value::String(text), Found::Json(part)) => part.as_str().map(|part| text.contains(part)).ok_or(Failed),
        _ => Err(Failed),
    }
}

// Exact amounts cross as texts, so a text that is a number is one here; that both are was checked before.
fn order(left: &Found<'_>, right: &Found<'_>) -> Result<Ordering, Failed> {
    match (exact(left), exact(right)) {
        (Some(left), Some(right)) => Ok(left.cmp(&right)),
        _ => left.float()?.partial_cmp(&right.float()?).ok_or(Failed),
    }
}

fn exact(found: &Found<'_>) -> Option<Number> {
    match found {
        Found::Whole(whole) => Number::parse(&whole.to_string()),
        Found::Exact(number) => Some(number.clone()),
        Found::Json(value) => Number::of(value),
        Found::Fraction(_) => None,
    }
}
