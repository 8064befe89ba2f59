//! What a validator is about: the type of a field, with aliases followed, and the fields beside it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::expression::{Scope, Ty};
use crate::contract::{FieldSpec, TypeKind, TypeSpec};
use crate::type_reference::{Basic, Protocol, TypeRef};

/// How many aliases are followed. Aliases of aliases are rare, and a circle of them has no end.
const MAX_ALIASES: usize = 16;

/// Where a validator stands.
#[derive(Debug, Clone, Copy)]
pub struct Place<'contract> {
    /// The type of its field.
    pub type_ref: &'contract TypeRef,
    /// All fields of the struct, or all inputs of the function.
    pub siblings: &'contract [FieldSpec],
    /// The types of the contract by name.
    pub types: &'contract BTreeMap<&'contract str, &'contract TypeSpec>,
}

/// What the values are, as far as validators tell them apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// The kind, `None` left out.
    pub kind: Kind,
    /// Whether `None` is a value of it, too.
    pub may_be_none: bool,
}

/// What kind of values a type has.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// `int`.
    Int,
    /// `float`.
    Float,
    /// `Decimal`.
    Decimal,
    /// `str`.
    Text,
    /// `bytes`.
    Bytes,
    /// `bool`.
    Truth,
    /// What has items in an order.
    List,
    /// What has items and no order.
    Set,
    /// Keys and values.
    Map,
    /// One of these names.
    Enum(Vec<String>),
    /// A struct or a class of the contract, by its name.
    Named(String),
    /// A type of which the contract does not say what it is.
    Open,
    /// Anything else.
    Other,
}

impl Kind {
    /// Answers whether it is compared with bounds.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Int | Self::Float | Self::Decimal)
    }

    /// Answers whether it has a length.
    #[must_use]
    pub fn has_length(&self) -> bool {
        matches!(self, Self::Text | Self::Bytes | Self::List | Self::Set | Self::Map)
    }

    /// Answers whether a JSON value is of a shape that this kind's length is taken of.
    pub(super) fn is_sized(&self, value: &Value) -> bool {
        match self {
            Self::Text => value.is_string(),
            Self::List | Self::Set | Self::Bytes => value.is_array(),
            Self::Map => value.is_object(),
            _ => true,
        }
    }
}

impl Subject {
    /// Answers whether a JSON value can be of the type.
    pub(super) fn may_hold(&self, value: &Value) -> bool {
        if value.is_null() {
            return self.may_be_none;
        }
        match &self.kind {
            Kind::Int => value.is_i64() || value.is_u64(),
            Kind::Float => value.is_number(),
            Kind::Decimal => super::Number::of(value).is_some(),
            Kind::Text => value.is_string(),
            Kind::Truth => value.is_boolean(),
            Kind::Enum(variants) => value.as_str().is_some_and(|text| variants.iter().any(|variant| variant == text)),
            Kind::Open | Kind::Other => true,
            Kind::Bytes | Kind::List | Kind::Set | Kind::Map | Kind::Named(_) => false,
        }
    }
}

impl Place<'_> {
    /// Returns what the field's values are.
    #[must_use]
    pub fn subject(&self) -> Subject {
        let (base, may_be_none) = self.followed(self.type_ref);
        Subject { kind: self.kind(&base), may_be_none }
    }

    // Follows aliases and takes `None` off.
    fn followed(&self, type_ref: &TypeRef) -> (TypeRef, bool) {
        let mut base = type_ref.clone();
        let mut may_be_none = false;
        for _ in 0..MAX_ALIASES {
            base = match base {
                TypeRef::Optional(inner) => {
                    may_be_none = true;
                    *inner
                }
                TypeRef::Named(name) => match self.types.get(name.as_str()).and_then(|spec| alias(spec)) {
                    Some(target) => target,
                    None => return (TypeRef::Named(name), may_be_none),
                },
                other => return (other, may_be_none),
            };
        }
        (base, may_be_none)
    }

    fn kind(&self, base: &TypeRef) -> Kind {
        match base {
            TypeRef::Basic(basic) => match basic {
                Basic::Int => Kind::Int,
                Basic::Float => Kind::Float,
                Basic::Decimal => Kind::Decimal,
                Basic::Str => Kind::Text,
                Basic::Bytes => Kind::Bytes,
                Basic::Bool => Kind::Truth,
                _ => Kind::Other,
            },
            TypeRef::List(_) | TypeRef::Sequence(_) | TypeRef::Protocol(Protocol::Sequence, _) => Kind::List,
            TypeRef::Set(..) => Kind::Set,
            TypeRef::Map(..) | TypeRef::Protocol(Protocol::Mapping, _) => Kind::Map,
            TypeRef::Named(name) => match self.types.get(name.as_str()) {
                Some(spec) if spec.kind == TypeKind::Enum => Kind::Enum(spec.variants.clone()),
                Some(spec) if matches!(spec.kind, TypeKind::Struct | TypeKind::Class) => Kind::Named(name.clone()),
                _ => Kind::Open,
            },
            _ => Kind::Other,
        }
    }

    fn ty(&self, type_ref: &TypeRef, depth: usize) -> Ty {
        let (base, _) = self.followed(type_ref);
        match (self.kind(&base), &base) {
            (Kind::Int | Kind::Float, _) => Ty::Number,
            (Kind::Decimal, _) => Ty::Amount,
            (Kind::Text | Kind::Enum(_), _) => Ty::Text,
            (Kind::Truth, _) => Ty::Truth,
            (Kind::List | Kind::Set, TypeRef::List(item) | TypeRef::Sequence(item) | TypeRef::Set(item, _))
                if depth < MAX_ALIASES =>
            {
                Ty::List(Box::new(self.ty(item, depth + 1)))
            }
            (Kind::Bytes | Kind::Map | Kind::List | Kind::Set, _) => Ty::Sized,
            (Kind::Named(name), _) => Ty::Struct(name),
            (Kind::Open | Kind::Other, _) => Ty::Other,
        }
    }

    fn ty_of(&self, field: &FieldSpec) -> Ty {
        TypeRef::parse(&field.type_ref).map_or(Ty::Other, |read| self.ty(&read, 0))
    }
}

impl Scope for Place<'_> {
    fn name(&self, name: &str) -> Option<Ty> {
        let sibling = || self.siblings.iter().find(|field| field.name == name).map(|field| self.ty_of(field));
        if name == "value" { Some(self.ty(self.type_ref, 0)) } else { sibling() }
    }

    fn field(&self, owner: &str, name: &str) -> Option<Ty> {
        let spec = self.types.get(owner)?;
        // Objects of a class stay in their component, so nobody sees their fields.
        spec.fields.iter().find(|field| field.name == name).map(|field| self.ty_of(field))
    }
}

fn alias(spec: &TypeSpec) -> Option<TypeRef> {
    let read = |reference: &String| TypeRef::parse(reference).ok();
    match spec.kind {
        TypeKind::List => Some(TypeRef::List(Box::new(read(&spec.item_type)?))),
        TypeKind::Optional => Some(TypeRef::union(spec.inner_types.iter().map(read).collect::<Option<_>>()?).or_none()),
        TypeKind::Union => Some(TypeRef::union(spec.inner_types.iter().map(read).collect::<Option<_>>()?)),
        TypeKind::Primitive | TypeKind::Struct | TypeKind::Enum | TypeKind::Class => None,
    }
}
