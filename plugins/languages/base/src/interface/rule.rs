//! Custom rules: comparisons, arithmetic, `and`, `or`, `not`, `in`, `len(x)`, `value` and the names of fields.
//!
//! The host has the same language and checks it first; here a rule is read to be rendered, so each name knows its type. Whatever
//! can be said in it means the same in every language: no methods, no loops, no function but `len`, and no order of texts.

use std::fmt;

mod check;
mod number;
mod parser;
mod token;

pub use check::{Scope, Trouble, Ty};
pub use number::Number;
pub use parser::Unreadable;

/// A rule that has been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    /// `1.5`
    Number(Number),
    /// `"a"`
    Text(String),
    /// `true`
    Truth(bool),
    /// `None`
    None,
    /// `[1, 2]`
    List(Vec<Expression>),
    /// `value`, or a field. Its type is known once the rule has been checked.
    Name(String, Ty),
    /// `amount.currency`
    Member(Box<Expression>, String, Ty),
    /// `len(x)`
    Length(Box<Expression>),
    /// `not x`
    Not(Box<Expression>),
    /// `-x`
    Negative(Box<Expression>),
    /// `a + b`
    Arithmetic(Box<Expression>, Operator, Box<Expression>),
    /// `a < b <= c`
    Comparison(Box<Expression>, Vec<(Relation, Expression)>),
    /// `a and b`
    All(Vec<Expression>),
    /// `a or b`
    Any(Vec<Expression>),
}

/// What is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Operator {
    Plus,
    Minus,
    Times,
    /// Gives a binary fraction.
    Divided,
    /// The remainder has the sign of the divisor.
    Modulo,
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Relation {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    NotIn,
}

impl Expression {
    /// Reads a rule.
    ///
    /// # Errors
    /// [`Unreadable`] with the place where the language ends.
    pub fn parse(text: &str) -> Result<Self, Unreadable> {
        parser::parse(text)
    }

    /// Calls `visit` with every name in it that is not behind a point.
    pub fn each_name<'expr>(&'expr self, visit: &mut impl FnMut(&'expr str)) {
        match self {
            Self::Name(name, _) => visit(name),
            Self::Number(_) | Self::Text(_) | Self::Truth(_) | Self::None => {}
            Self::Member(inner, ..) | Self::Length(inner) | Self::Not(inner) | Self::Negative(inner) => {
                inner.each_name(visit);
            }
            Self::List(items) | Self::All(items) | Self::Any(items) => {
                for item in items {
                    item.each_name(visit);
                }
            }
            Self::Arithmetic(left, _, right) => {
                left.each_name(visit);
                right.each_name(visit);
            }
            Self::Comparison(first, others) => {
                first.each_name(visit);
                for (_, other) in others {
                    other.each_name(visit);
                }
            }
        }
    }

    /// Returns whether it is an exact amount, or a list of them: those are compared in their own way in every language.
    #[must_use]
    pub fn is_of_amounts(&self) -> bool {
        match self {
            Self::Name(_, ty) | Self::Member(_, _, ty) => match ty {
                Ty::Amount => true,
                Ty::List(item) => **item == Ty::Amount,
                _ => false,
            },
            _ => false,
        }
    }

    /// Returns how tightly it holds together; what is looser stands in brackets inside of it.
    #[must_use]
    pub fn tightness(&self) -> u8 {
        match self {
            Self::Any(_) => 0,
            Self::All(_) => 1,
            Self::Not(_) => 2,
            Self::Comparison(..) => 3,
            Self::Arithmetic(_, Operator::Plus | Operator::Minus, _) => 4,
            Self::Arithmetic(..) => 5,
            Self::Negative(_) => 6,
            _ => 7,
        }
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, least: u8) -> fmt::Result {
        if self.tightness() < least {
            return write!(f, "({self})");
        }
        let listed = |f: &mut fmt::Formatter<'_>, items: &[Self], separator: &str, least| {
            items.iter().enumerate().try_for_each(|(index, item)| {
                f.write_str(if index == 0 { "" } else { separator })?;
                item.write(f, least)
            })
        };
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(&serde_json::Value::String(text.clone()).to_string()),
            Self::Truth(truth) => write!(f, "{truth}"),
            Self::None => f.write_str("None"),
            Self::Name(name, _) => f.write_str(name),
            Self::Member(inner, name, _) => {
                inner.write(f, 7)?;
                write!(f, ".{name}")
            }
            Self::Length(inner) => write!(f, "len({inner})"),
            Self::List(items) => {
                f.write_str("[")?;
                listed(f, items, ", ", 0)?;
                f.write_str("]")
            }
            Self::Not(inner) => {
                f.write_str("not ")?;
                inner.write(f, 2)
            }
            Self::Negative(inner) => {
                f.write_str("-")?;
                inner.write(f, 7)
            }
            Self::Arithmetic(left, operator, right) => {
                left.write(f, self.tightness())?;
                write!(f, " {} ", operator.sign())?;
                right.write(f, self.tightness() + 1)
            }
            Self::Comparison(first, others) => {
                first.write(f, 4)?;
                others.iter().try_for_each(|(relation, other)| {
                    write!(f, " {} ", relation.sign())?;
                    other.write(f, 4)
                })
            }
            Self::All(items) => listed(f, items, " and ", 2),
            Self::Any(items) => listed(f, items, " or ", 1),
        }
    }
}

impl fmt::Display for Expression {
    /// Writes it in the one spelling of the language, which is also Python.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, 0)
    }
}

impl Operator {
    /// Returns its sign, which is Python's.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
            Self::Divided => "/",
            Self::Modulo => "%",
        }
    }
}

impl Relation {
    /// Returns its sign, which is Python's.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::In => "in",
            Self::NotIn => "not in",
        }
    }
}

#[cfg(test)]
mod tests;
