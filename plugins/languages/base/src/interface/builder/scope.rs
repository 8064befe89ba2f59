//! What names mean in a rule: the value, the fields beside it and the fields of structs.

use super::Builder;
use crate::contract::{FieldSpec, TypeKind};
use crate::interface::rule::{Scope, Ty};
use crate::type_ref::{Basic, Protocol, TypeRef};

/// How deep lists of lists are followed.
const MAX_DEPTH: usize = 16;

/// Where a rule stands.
pub(super) struct Place<'b> {
    pub(super) builder: &'b Builder<'b>,
    /// The type of its field.
    pub(super) type_ref: &'b TypeRef,
    /// All fields of the struct, or all inputs of the function.
    pub(super) siblings: &'b [FieldSpec],
}

impl Place<'_> {
    fn ty(&self, type_ref: &TypeRef, depth: usize) -> Ty {
        match self.builder.aliases.base(type_ref) {
            TypeRef::Basic(Basic::Int | Basic::Float) => Ty::Number,
            TypeRef::Basic(Basic::Decimal) => Ty::Amount,
            TypeRef::Basic(Basic::Str) => Ty::Text,
            TypeRef::Basic(Basic::Bool) => Ty::Truth,
            TypeRef::List(item) | TypeRef::Sequence(item) | TypeRef::Set(item) | TypeRef::FrozenSet(item)
                if depth < MAX_DEPTH =>
            {
                Ty::List(Box::new(self.ty(item, depth + 1)))
            }
            TypeRef::Basic(Basic::Bytes)
            | TypeRef::List(_)
            | TypeRef::Sequence(_)
            | TypeRef::Set(_)
            | TypeRef::FrozenSet(_)
            | TypeRef::Map(..)
            | TypeRef::Protocol(Protocol::Sequence | Protocol::Mapping, _) => Ty::Sized,
            TypeRef::Named(name) if self.builder.enumerations.contains_key(name.as_str()) => Ty::Text,
            TypeRef::Named(name) => match self.builder.contract.types.iter().find(|spec| spec.name == *name) {
                Some(spec) if matches!(spec.kind, TypeKind::Struct | TypeKind::Class) => Ty::Struct(name.clone()),
                _ => Ty::Other,
            },
            _ => Ty::Other,
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
        let spec = self.builder.contract.types.iter().find(|spec| spec.name == owner)?;
        spec.fields.iter().find(|field| field.name == name).map(|field| self.ty_of(field))
    }
}
