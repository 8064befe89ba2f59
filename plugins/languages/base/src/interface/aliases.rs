//! Names for types, followed to what they stand for. Circles are possible until the builder has refused them, so nothing here
//! follows a name without end.

use std::collections::{BTreeSet, HashMap};

use crate::type_ref::TypeRef;

/// The aliases of a contract.
#[derive(Default)]
pub(super) struct Aliases<'c> {
    by_name: HashMap<&'c str, TypeRef>,
}

impl<'c> Aliases<'c> {
    pub(super) fn insert(&mut self, name: &'c str, target: TypeRef) {
        self.by_name.insert(name, target);
    }

    pub(super) fn get(&self, name: &str) -> Option<&TypeRef> {
        self.by_name.get(name)
    }

    /// Follows aliases and optionals to the type that a validator is about.
    pub(super) fn base<'t>(&'t self, type_ref: &'t TypeRef) -> &'t TypeRef {
        let mut base = type_ref;
        for _ in 0..=self.by_name.len() * 2 {
            base = match base {
                TypeRef::Optional(item) => item,
                TypeRef::Named(name) => match self.by_name.get(name.as_str()) {
                    Some(target) => target,
                    None => return base,
                },
                _ => return base,
            };
        }
        base
    }

    /// Returns whether `None` is a value of an alias.
    pub(super) fn may_be_none(&self, type_ref: &TypeRef) -> bool {
        match type_ref {
            TypeRef::Named(name) if !self.is_circular(name) => match self.by_name.get(name.as_str()) {
                Some(TypeRef::Optional(_)) => true,
                Some(target) => self.may_be_none(target),
                None => false,
            },
            TypeRef::Optional(item) => self.may_be_none(item),
            _ => false,
        }
    }

    /// Returns whether an alias is made of itself.
    pub(super) fn is_circular(&self, name: &str) -> bool {
        let mut pending = vec![name];
        let mut seen = BTreeSet::new();
        while let Some(next) = pending.pop() {
            let Some(target) = self.by_name.get(next) else { continue };
            let mut found = false;
            target.each_name(&mut |used| {
                found |= used == name;
                if seen.insert(used) {
                    pending.push(used);
                }
            });
            if found {
                return true;
            }
        }
        false
    }
}
