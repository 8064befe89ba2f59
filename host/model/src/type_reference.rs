//! References to types: `list[dict[str, Item | None]]`.
//!
//! One grammar, read into one tree. What a name means is for validation and for the backend. Backends read the same grammar
//! with a reader of their own, since nothing but data crosses to a plugin: what one accepts, the other accepts.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

mod basic;
mod reader;

pub use basic::{Basic, Protocol};
pub use reader::TypeReferenceError;

/// A reference to a type, read.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeRef {
    /// A type that needs no definition.
    Basic(Basic),
    /// A type of the contract.
    Named(String),
    /// `list[T]`.
    List(Box<TypeRef>),
    /// `set[T]` and `frozenset[T]`: a frozen one.
    Set(Box<TypeRef>, Frozen),
    /// `dict[K, V]`.
    Map(Box<TypeRef>, Box<TypeRef>),
    /// `tuple[A, B]`.
    Tuple(Vec<TypeRef>),
    /// `tuple[T, ...]`.
    Sequence(Box<TypeRef>),
    /// `Optional[T]` and `T | None`.
    Optional(Box<TypeRef>),
    /// `Union[A, B]` and `A | B`: flat, nothing twice, `None` never among them.
    Union(Vec<TypeRef>),
    /// `Literal["a", 1]`.
    Literal(Vec<Value>),
    /// `Callable[[A, B], R]`; without inputs where it does not say them.
    Callable(Option<Vec<TypeRef>>, Box<TypeRef>),
    /// A type that says what can be done with a value and not what it is.
    Protocol(Protocol, Vec<TypeRef>),
}

/// Whether a set can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frozen {
    /// It cannot.
    Yes,
    /// It can.
    No,
}

impl TypeRef {
    /// Reads a reference. Names that are not basic types become [`TypeRef::Named`], known or not.
    ///
    /// # Errors
    /// [`TypeReferenceError`] when it does not follow the grammar, with the place.
    pub fn parse(reference: &str) -> Result<Self, TypeReferenceError> {
        reader::parse(reference)
    }

    /// Calls `visit` with it and everything that it is made of.
    pub fn each<'ty>(&'ty self, visit: &mut impl FnMut(&'ty Self)) {
        visit(self);
        match self {
            Self::Basic(_) | Self::Named(_) | Self::Literal(_) => {}
            Self::List(item) | Self::Set(item, _) | Self::Sequence(item) | Self::Optional(item) => item.each(visit),
            Self::Map(key, value) => {
                key.each(visit);
                value.each(visit);
            }
            Self::Tuple(items) | Self::Union(items) | Self::Protocol(_, items) => {
                for item in items {
                    item.each(visit);
                }
            }
            Self::Callable(inputs, output) => {
                for input in inputs.iter().flatten() {
                    input.each(visit);
                }
                output.each(visit);
            }
        }
    }

    /// Returns the names in it that a contract has to define.
    #[must_use]
    pub fn names(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        self.each(&mut |part| {
            if let Self::Named(name) = part {
                names.insert(name.as_str());
            }
        });
        names
    }

    /// Returns the first part of it whose values are used up by iterating, or may be.
    #[must_use]
    pub fn stream(&self) -> Option<Protocol> {
        let mut found = None;
        self.each(&mut |part| {
            if let Self::Protocol(protocol, _) = part
                && protocol.is_stream()
            {
                found = found.or(Some(*protocol));
            }
        });
        found
    }

    /// Makes a union: flat, with `None` on the outside and nothing twice.
    #[must_use]
    pub fn union(items: Vec<Self>) -> Self {
        let mut members: Vec<Self> = Vec::new();
        let mut has_none = false;
        let mut pending: Vec<Self> = items.into_iter().rev().collect();
        while let Some(item) = pending.pop() {
            match item {
                Self::Basic(Basic::None) => has_none = true,
                Self::Optional(inner) => {
                    has_none = true;
                    pending.push(*inner);
                }
                Self::Union(inner) => pending.extend(inner.into_iter().rev()),
                item if members.contains(&item) => {}
                item => members.push(item),
            }
        }
        let union = match members.len() {
            0 => return Self::Basic(Basic::None),
            1 => members.remove(0),
            _ => Self::Union(members),
        };
        if has_none { union.or_none() } else { union }
    }

    /// Makes it optional, once.
    #[must_use]
    pub fn or_none(self) -> Self {
        match self {
            Self::Optional(_) | Self::Basic(Basic::None | Basic::Any) => self,
            other => Self::Optional(Box::new(other)),
        }
    }
}

/// Returns the names that a reference uses and that a contract has to define.
///
/// # Errors
/// [`TypeReferenceError`] when it does not follow the grammar.
pub fn names(reference: &str) -> Result<BTreeSet<String>, TypeReferenceError> {
    Ok(TypeRef::parse(reference)?.names().into_iter().map(str::to_owned).collect())
}

impl fmt::Display for TypeRef {
    /// Spells it in the grammar, each type in one way.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Basic(basic) => f.write_str(basic.name()),
            Self::Named(name) => f.write_str(name),
            Self::List(item) => write!(f, "list[{item}]"),
            Self::Set(item, Frozen::No) => write!(f, "set[{item}]"),
            Self::Set(item, Frozen::Yes) => write!(f, "frozenset[{item}]"),
            Self::Map(key, value) => write!(f, "dict[{key}, {value}]"),
            Self::Tuple(items) if items.is_empty() => f.write_str("tuple[()]"),
            Self::Tuple(items) => write!(f, "tuple[{}]", joined(items, ", ")),
            Self::Sequence(item) => write!(f, "tuple[{item}, ...]"),
            Self::Optional(item) => write!(f, "{item} | None"),
            Self::Union(items) => f.write_str(&joined(items, " | ")),
            Self::Literal(values) => write!(f, "Literal[{}]", joined(values, ", ")),
            Self::Callable(Some(inputs), output) => write!(f, "Callable[[{}], {output}]", joined(inputs, ", ")),
            Self::Callable(None, output) => write!(f, "Callable[..., {output}]"),
            Self::Protocol(protocol, items) if items.is_empty() => f.write_str(protocol.name()),
            Self::Protocol(protocol, items) => write!(f, "{}[{}]", protocol.name(), joined(items, ", ")),
        }
    }
}

fn joined<T: fmt::Display>(items: &[T], separator: &str) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(separator)
}

#[cfg(test)]
mod tests;
