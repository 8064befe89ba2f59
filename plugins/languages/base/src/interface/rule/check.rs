//! Finds out before any value is there whether a rule can be judged: its names exist and its parts fit.

use super::{Expression, Operator, Relation};

/// What a part of a rule is, as far as the language tells things apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ty {
    /// Whole or not.
    Number,
    /// An exact amount: it can be compared, and nothing is computed with it.
    Amount,
    /// Also a variant of an enumeration.
    Text,
    /// True or false.
    Truth,
    /// Nothing.
    None,
    /// Items of one kind.
    List(Box<Ty>),
    /// Something that has a length and no parts that a rule can name.
    Sized,
    /// A struct of the contract, by its name.
    Struct(String),
    /// Something of which the language can say nothing.
    Other,
}

/// What names mean where a rule stands.
pub trait Scope {
    /// Returns what a name is; none when there is nothing of that name.
    fn name(&self, name: &str) -> Option<Ty>;
    /// Returns what the field of a struct is; none when it has none of that name.
    fn field(&self, owner: &str, name: &str) -> Option<Ty>;
}

/// Why a rule cannot be judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// It speaks of something that is not there or that the language does not know. Perhaps it is prose.
    Beyond(String),
    /// Its parts do not fit.
    Mismatch(String),
}

impl Expression {
    /// Checks that the whole is true or false.
    ///
    /// # Errors
    /// The first [`Trouble`].
    pub fn check(&mut self, scope: &dyn Scope) -> Result<(), Trouble> {
        match self.ty(scope)? {
            Ty::Truth => Ok(()),
            // A word alone is prose, not a rule with a fault.
            _ if matches!(self, Self::Name(..) | Self::Text(_)) => {
                Err(Trouble::Beyond(format!("`{self}` is neither true nor false")))
            }
            _ => Err(Trouble::Mismatch(format!("`{self}` is neither true nor false"))),
        }
    }

    fn ty(&mut self, scope: &dyn Scope) -> Result<Ty, Trouble> {
        let text = self.to_string();
        Ok(match self {
            Self::Number(_) => Ty::Number,
            Self::Text(_) => Ty::Text,
            Self::Truth(_) => Ty::Truth,
            Self::None => Ty::None,
            Self::Name(name, known) => {
                let found = scope.name(name);
                *known =
                    found.ok_or_else(|| Trouble::Beyond(format!("there is no field `{}`", name.escape_debug())))?;
                known.clone()
            }
            Self::Member(inner, name, known) => {
                *known = match inner.ty(scope)? {
                    Ty::Struct(owner) => scope.field(&owner, name).ok_or_else(|| {
                        Trouble::Mismatch(format!("`{}` has no field `{}`", owner.escape_debug(), name.escape_debug()))
                    })?,
                    Ty::Other => Ty::Other,
                    _ => return Err(Trouble::Mismatch(format!("`{inner}` has no fields"))),
                };
                known.clone()
            }
            Self::Length(inner) => match inner.ty(scope)? {
                Ty::Text | Ty::List(_) | Ty::Sized => Ty::Number,
                Ty::Other => return Err(beyond(inner)),
                _ => return Err(Trouble::Mismatch(format!("`{inner}` has no length"))),
            },
            Self::List(items) => {
                let mut kind = Ty::Other;
                for item in items {
                    let found = item.ty(scope)?;
                    if kind != Ty::Other && kind != found {
                        return Err(Trouble::Mismatch(format!("`{text}` mixes kinds of values")));
                    }
                    kind = found;
                }
                Ty::List(Box::new(kind))
            }
            Self::Not(inner) => truth(inner, scope)?,
            Self::All(items) | Self::Any(items) => {
                for item in items {
                    truth(item, scope)?;
                }
                Ty::Truth
            }
            Self::Negative(inner) => number(inner, scope)?,
            Self::Arithmetic(left, operator, right) => {
                number(left, scope)?;
                number(right, scope)?;
                if matches!(operator, Operator::Divided | Operator::Modulo)
                    && matches!(&**right, Self::Number(divisor) if divisor.is_zero())
                {
                    return Err(Trouble::Mismatch(format!("`{text}` divides by zero")));
                }
                Ty::Number
            }
            Self::Comparison(first, others) => {
                let ty = first.ty(scope)?;
                let mut left = (&**first, ty);
                for (relation, right) in others {
                    let ty = right.ty(scope)?;
                    let right = (&*right, ty);
                    compared(&left, *relation, &right)?;
                    left = right;
                }
                Ty::Truth
            }
        })
    }
}

fn compared(left: &(&Expression, Ty), relation: Relation, right: &(&Expression, Ty)) -> Result<(), Trouble> {
    if let Some((other, _)) = [left, right].into_iter().find(|(_, ty)| *ty == Ty::Other) {
        return Err(beyond(other));
    }
    let is_number = |ty: &Ty| matches!(ty, Ty::Number | Ty::Amount);
    let are_alike = |left: &Ty, right: &Ty| {
        left == right || (is_number(left) && is_number(right)) || *left == Ty::None || *right == Ty::None
    };
    let fits = match relation {
        Relation::Equal | Relation::NotEqual => are_alike(&left.1, &right.1) && !matches!(left.1, Ty::Struct(_)),
        Relation::In | Relation::NotIn => match &right.1 {
            Ty::List(item) => **item == Ty::Other || are_alike(&left.1, item),
            Ty::Text => left.1 == Ty::Text,
            _ => false,
        },
        _ => is_number(&left.1) && is_number(&right.1),
    };
    if fits {
        return Ok(());
    }
    if relation == Relation::In || relation == Relation::NotIn {
        let message = format!("`{}` is looked for in `{}`, which cannot hold it", left.0, right.0);
        return Err(Trouble::Mismatch(message));
    }
    let what = if left.1 == right.1 { "have no order" } else { "cannot be compared" };
    Err(Trouble::Mismatch(format!("`{}` and `{}` {what}", left.0, right.0)))
}

fn truth(part: &mut Expression, scope: &dyn Scope) -> Result<Ty, Trouble> {
    match part.ty(scope)? {
        Ty::Truth => Ok(Ty::Truth),
        Ty::Other => Err(beyond(part)),
        _ => Err(Trouble::Mismatch(format!("`{part}` is neither true nor false"))),
    }
}

fn number(part: &mut Expression, scope: &dyn Scope) -> Result<Ty, Trouble> {
    match part.ty(scope)? {
        Ty::Number => Ok(Ty::Number),
        Ty::Other => Err(beyond(part)),
        Ty::Amount => Err(Trouble::Beyond(format!("nothing is computed with the exact amount `{part}`"))),
        _ => Err(Trouble::Mismatch(format!("`{part}` is no number"))),
    }
}

fn beyond(part: &Expression) -> Trouble {
    Trouble::Beyond(format!("the language can say nothing of the type of `{part}`"))
}
