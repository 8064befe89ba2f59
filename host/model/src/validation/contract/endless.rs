//! Finds types that have no value because each needs another one of itself, and names that stand for themselves.

use std::collections::BTreeSet;

use super::Checker;
use crate::contract::{ComponentContract, FieldSpec, TypeKind, TypeSpec};
use crate::type_reference::TypeRef;

impl Checker<'_> {
    pub(super) fn endless_types(&mut self, contract: &ComponentContract) {
        let possible = possible(&contract.types);
        for (index, spec) in contract.types.iter().enumerate() {
            let name = spec.name.escape_debug();
            if leads_to_itself(spec, contract) {
                let message = format!("`{name}` is another name for something that contains `{name}`; a struct may");
                self.error("circular-alias", &format!("/types/{index}"), message);
            } else if !possible.contains(spec.name.as_str()) {
                let message =
                    format!("a value of `{name}` needs another value of it first; make a field optional or a list");
                self.error("endless-type", &format!("/types/{index}"), message);
            }
        }
    }
}

// Grows from the types that need nothing until no other one can be made of those.
fn possible(types: &[TypeSpec]) -> BTreeSet<&str> {
    let defined: BTreeSet<&str> = types.iter().map(|spec| spec.name.as_str()).collect();
    let mut possible: BTreeSet<&str> = BTreeSet::new();
    loop {
        let before = possible.len();
        for spec in types {
            if is_possible(spec, &|name| possible.contains(name) || !defined.contains(name)) {
                possible.insert(&spec.name);
            }
        }
        if possible.len() == before {
            return possible;
        }
    }
}

fn is_possible(spec: &TypeSpec, has_value: &dyn Fn(&str) -> bool) -> bool {
    let can_be = |reference: &String| TypeRef::parse(reference).map_or(true, |read| can_have_value(&read, has_value));
    let is_needed = |field: &&FieldSpec| field.required && field.default.trim().is_empty();
    match spec.kind {
        TypeKind::Struct => spec.fields.iter().filter(is_needed).all(|field| can_be(&field.type_ref)),
        TypeKind::Union => spec.inner_types.is_empty() || spec.inner_types.iter().any(can_be),
        _ => true,
    }
}

fn can_have_value(type_ref: &TypeRef, has_value: &dyn Fn(&str) -> bool) -> bool {
    match type_ref {
        TypeRef::Named(name) => has_value(name),
        TypeRef::Tuple(items) => items.iter().all(|item| can_have_value(item, has_value)),
        TypeRef::Union(items) => items.iter().any(|item| can_have_value(item, has_value)),
        // An empty collection, nothing, or a value from elsewhere.
        _ => true,
    }
}

fn leads_to_itself(start: &TypeSpec, contract: &ComponentContract) -> bool {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut open = names_behind(start);
    while let Some(name) = open.pop() {
        if name == start.name {
            return true;
        }
        if let Some(spec) = contract.type_named(&name)
            && seen.insert(name)
        {
            open.extend(names_behind(spec));
        }
    }
    false
}

fn names_behind(spec: &TypeSpec) -> Vec<String> {
    let references: Vec<&String> = match spec.kind {
        TypeKind::List => vec![&spec.item_type],
        TypeKind::Optional | TypeKind::Union => spec.inner_types.iter().collect(),
        _ => Vec::new(),
    };
    let read = references.into_iter().filter_map(|reference| TypeRef::parse(reference).ok());
    read.flat_map(|read| read.names().into_iter().map(str::to_owned).collect::<Vec<_>>()).collect()
}
