//! Validators: what the values of a field must hold, read from the texts of a contract.
//!
//! Every spelling that authors use is read into one form, and the form says whether a JSON value is accepted. A validator that no
//! value or every value could meet, that suits no value of its type, or that cannot be read is refused with the reason. Backends
//! render the same validators; the table in `tests/validators.json` says for both what is accepted.

use std::fmt;

use serde_json::Value;

use crate::contract::{ValidatorKind, ValidatorSpec};

mod bounds;
pub mod expression;
mod number;
mod pattern;
mod subject;
mod values;

pub use bounds::{Bound, Bounds};
pub use expression::{Expression, Fields};
pub use number::Number;
pub use pattern::Pattern;
pub use subject::{Kind, Place, Subject};

/// A validator that has been read for the values of one type.
#[derive(Debug, Clone, PartialEq)]
pub struct Validator {
    /// What must hold.
    pub rule: Rule,
    subject: Subject,
}

/// What must hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// The number lies between bounds.
    Range(Bounds),
    /// The length lies between bounds. A text's length is counted in letters.
    Length(Bounds),
    /// The pattern is found in the text.
    Pattern(Pattern),
    /// It is one of these.
    OneOf(Vec<Value>),
    /// It is a whole multiple of this.
    MultipleOf(Number),
    /// No item stands twice in it.
    Unique,
    /// The expression holds.
    Expression(Expression),
    /// Words of which nobody can say whether they hold, and why they are no expression.
    Words(String),
}

/// Why a validator was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It cannot be read.
    #[error("{0}")]
    Malformed(String),
    /// No value can meet it.
    #[error("{0}")]
    Impossible(String),
    /// It means nothing for values of this type.
    #[error("{0}")]
    Unsuited(String),
}

impl Validator {
    /// Reads a validator of a field.
    ///
    /// # Errors
    /// [`Refusal`], with what would be read.
    pub fn read(spec: &ValidatorSpec, place: &Place<'_>) -> Result<Self, Refusal> {
        let subject = place.subject();
        let written = spec.expression.as_str();
        let rule = match spec.kind {
            ValidatorKind::Range => Rule::Range(bounds::range(written)?),
            ValidatorKind::Length => Rule::Length(bounds::length(written)?),
            ValidatorKind::Regex => Rule::Pattern(Pattern::parse(written)?),
            ValidatorKind::OneOf => Rule::OneOf(values::parse(written)?),
            ValidatorKind::MultipleOf => Rule::MultipleOf(values::step(written)?),
            ValidatorKind::Unique => Rule::Unique,
            ValidatorKind::Custom => custom(written, place)?,
        };
        let validator = Self { rule, subject };
        validator.check_suits(&place.type_ref.to_string())?;
        validator.check_possible(written)?;
        Ok(validator)
    }

    /// Answers whether something can say whether it holds.
    #[must_use]
    pub fn is_enforced(&self) -> bool {
        !matches!(self.rule, Rule::Words(_))
    }

    /// Answers whether a JSON value meets it. A rule that names other fields holds for none: see [`Validator::accepts_among`].
    #[must_use]
    pub fn accepts(&self, value: &Value) -> bool {
        self.accepts_among(value, &Fields::new())
    }

    /// Answers whether a JSON value meets it, beside the other fields of its struct or the other inputs of its function.
    ///
    /// `null` meets every validator of a type that allows it. A value of another type meets none.
    #[must_use]
    pub fn accepts_among(&self, value: &Value, fields: &Fields) -> bool {
        if value.is_null() && self.subject.may_be_none {
            return true;
        }
        match &self.rule {
            Rule::Range(bounds) => self.number(value).is_some_and(|number| match self.subject.kind {
                // Bounds of binary fractions are binary fractions in every language.
                Kind::Float => bounds.hold_float(number.to_f64()),
                _ => bounds.hold(&number),
            }),
            Rule::Length(bounds) => expression::length(value)
                .and_then(|length| Number::parse(&length.to_string()))
                .is_some_and(|length| self.subject.kind.is_sized(value) && bounds.hold(&length)),
            Rule::Pattern(pattern) => value.as_str().is_some_and(|text| pattern.is_found_in(text)),
            // An exact amount is a text or a number, with or without zeros at its end.
            Rule::OneOf(values) if self.subject.kind == Kind::Decimal => Number::of(value)
                .is_some_and(|amount| values.iter().any(|other| Number::of(other).as_ref() == Some(&amount))),
            Rule::OneOf(values) => values.iter().any(|other| same(value, other)),
            Rule::MultipleOf(step) => self.number(value).and_then(|number| number.is_multiple_of(step)) == Some(true),
            Rule::Unique => value.as_array().is_some_and(|items| first_double(items).is_none()),
            Rule::Expression(expression) => expression.holds(value, fields) == Ok(true),
            Rule::Words(_) => true,
        }
    }

    fn number(&self, value: &Value) -> Option<Number> {
        let is_amount = self.subject.kind == Kind::Decimal;
        let number = Number::of(value).filter(|_| is_amount || value.is_number())?;
        // In JSON `5.0` is a whole number.
        (self.subject.kind != Kind::Int || number.is_whole()).then_some(number)
    }

    fn check_suits(&self, spelt: &str) -> Result<(), Refusal> {
        let kind = &self.subject.kind;
        let (name, suited, suits) = match &self.rule {
            Rule::Range(bounds) => {
                if *kind == Kind::Int && bounds.each().any(|bound| !bound.number.is_whole()) {
                    return Err(Refusal::Unsuited("the bounds of an `int` are whole numbers".to_owned()));
                }
                ("range", "numbers (`int`, `float`, `Decimal`)", kind.is_number())
            }
            Rule::Length(_) => ("length", "texts, bytes and collections", kind.has_length()),
            Rule::Pattern(_) => ("regex", "`str`", *kind == Kind::Text),
            Rule::MultipleOf(_) => (
                "multiple_of",
                "`int` and `Decimal`; a binary fraction is no exact multiple",
                matches!(kind, Kind::Int | Kind::Decimal),
            ),
            Rule::Unique => ("unique", "lists", *kind == Kind::List),
            Rule::OneOf(values) => {
                if let Some(other) = values.iter().find(|value| !self.subject.may_hold(value)) {
                    let message = format!("{other} is no value of the type `{}`", spelt.escape_debug());
                    return Err(Refusal::Unsuited(message));
                }
                return Ok(());
            }
            Rule::Expression(_) | Rule::Words(_) => return Ok(()),
        };
        // What a contract does not say, the language may: a primitive type can be a number or a text.
        if suits || *kind == Kind::Open {
            return Ok(());
        }
        Err(Refusal::Unsuited(format!("a `{name}` validator suits {suited}, not `{}`", spelt.escape_debug())))
    }

    fn check_possible(&self, written: &str) -> Result<(), Refusal> {
        let bounds = match &self.rule {
            Rule::Range(bounds) => bounds.clone(),
            Rule::Length(bounds) => Bounds::at_least_zero().narrowed(bounds),
            _ => return Ok(()),
        };
        let is_whole = self.subject.kind == Kind::Int || matches!(self.rule, Rule::Length(_));
        if bounds.is_empty(is_whole) {
            let message = format!("`{}`: no value lies between these bounds", written.escape_debug());
            return Err(Refusal::Impossible(message));
        }
        Ok(())
    }

    /// Answers whether no value can meet both this one and another of the same field, as far as bounds and lists can tell.
    #[must_use]
    pub fn contradicts(&self, other: &Self) -> bool {
        match (&self.rule, &other.rule) {
            (Rule::Range(left), Rule::Range(right)) => left.narrowed(right).is_empty(self.subject.kind == Kind::Int),
            (Rule::Length(left), Rule::Length(right)) => left.narrowed(right).is_empty(true),
            (Rule::OneOf(values), _) => !values.iter().any(|value| other.may_accept(value)),
            (_, Rule::OneOf(values)) => !values.iter().any(|value| self.may_accept(value)),
            _ => false,
        }
    }

    fn may_accept(&self, value: &Value) -> bool {
        matches!(self.rule, Rule::Expression(_) | Rule::Words(_)) || self.accepts(value)
    }
}

impl fmt::Display for Validator {
    /// Writes the expression in its one spelling, which every backend reads.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.rule {
            Rule::Range(bounds) => f.write_str(&bounds.condition("value")),
            Rule::Length(bounds) => f.write_str(&bounds.condition("len(value)")),
            Rule::Pattern(pattern) => write!(f, "{pattern}"),
            Rule::OneOf(values) => write!(f, "value in {}", Value::Array(values.clone())),
            Rule::MultipleOf(step) => write!(f, "{step}"),
            Rule::Unique => Ok(()),
            Rule::Expression(expression) => write!(f, "{expression}"),
            Rule::Words(_) => f.write_str("words"),
        }
    }
}

fn custom(written: &str, place: &Place<'_>) -> Result<Rule, Refusal> {
    let expression = match Expression::parse(written) {
        Ok(expression) => expression,
        Err(unreadable) => return Ok(Rule::Words(unreadable.to_string())),
    };
    match expression.check(place) {
        Ok(()) => Ok(Rule::Expression(expression)),
        Err(expression::Trouble::Beyond(why)) => Ok(Rule::Words(why)),
        Err(expression::Trouble::Mismatch(why)) => Err(Refusal::Unsuited(why)),
    }
}

/// Answers whether two JSON values are the same. Numbers are the same when they are equal: `1` and `1.0`.
fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(_), Value::Number(_)) => Number::of(left) == Number::of(right),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(key, value)| right.get(key).is_some_and(|other| same(value, other)))
        }
        _ => left == right,
    }
}

/// Returns the place of the first item that stands in a list already.
fn first_double(items: &[Value]) -> Option<usize> {
    (1..items.len()).find(|index| items[..*index].iter().any(|earlier| same(earlier, &items[*index])))
}

#[cfg(test)]
mod tests;
