//! Changes of types, fields and validators.

use std::collections::BTreeMap;

use super::uses::{Uses, Way};
use super::{Changes, ComponentContract, Named, Weight, shown};
use crate::contract::{FieldSpec, TypeSpec, ValidatorSpec};
use crate::type_reference::TypeRef;
use crate::validator::{Place, Rule, Validator};

impl Changes {
    pub(super) fn types(&mut self, old: &ComponentContract, new: &ComponentContract, uses: &Uses) {
        let named = |list| Named::new(list, |spec: &TypeSpec| &spec.name);
        let (old, new) = (named(&old.types), named(&new.types));
        for (name, index) in old.missing_in(&new) {
            self.add(Weight::Breaking, format!("/types/{index}"), format!("the type `{}` is gone", shown(name)));
        }
        for (key, index, spec) in &new.0 {
            let at = format!("/types/{index}");
            match old.get(*key) {
                None => self.add(Weight::Compatible, at, format!("the type `{}` is new", shown(key.0))),
                Some((_, old)) => self.spec(&at, old, spec, uses.way(&spec.name)),
            }
        }
    }

    fn spec(&mut self, at: &str, old: &TypeSpec, new: &TypeSpec, way: Way) {
        self.words(&format!("{at}/description"), &old.description, &new.description);
        if old.owner_component != new.owner_component {
            self.add(Weight::Compatible, format!("{at}/owner_component"), "another component owns it");
        }
        if old.extra != new.extra {
            self.add(Weight::Compatible, at, "fields changed that this version does not know");
        }
        if old.kind != new.kind {
            self.add(Weight::Breaking, format!("{at}/kind"), format!("`{}` is of another kind", shown(&new.name)));
            return;
        }
        self.fields(&format!("{at}/fields"), &old.fields, &new.fields, way);
        if old.item_type != new.item_type {
            self.reference(&format!("{at}/item_type"), &old.item_type, &new.item_type, way);
        }
        let came = if way.is_got { Weight::Breaking } else { Weight::Compatible };
        let went = if way.is_given { Weight::Breaking } else { Weight::Compatible };
        self.lists(&format!("{at}/variants"), "variant", (&old.variants, &new.variants), (came, went));
        self.lists(&format!("{at}/inner_types"), "type", (&old.inner_types, &new.inner_types), (came, went));
        self.inputs(&format!("{at}/init"), &old.init, &new.init);
        self.functions(&format!("{at}/methods"), &old.methods, &new.methods, "method");
    }

    fn fields(&mut self, at: &str, old: &[FieldSpec], new: &[FieldSpec], way: Way) {
        let (old_named, new_named) = (Named::fields(old), Named::fields(new));
        for (name, index) in old_named.missing_in(&new_named) {
            self.add(Weight::Breaking, format!("{at}/{index}"), format!("the field `{}` is gone", shown(name)));
        }
        for (key, index, field) in &new_named.0 {
            let pointer = format!("{at}/{index}");
            match old_named.get(*key) {
                Some((_, old)) => self.field(&pointer, old, field, way),
                None if field.required && way.is_given => {
                    self.add(Weight::Breaking, pointer, format!("the field `{}` is new and required", shown(key.0)));
                }
                None => self.add(Weight::Compatible, pointer, format!("the field `{}` is new", shown(key.0))),
            }
        }
    }

    /// A field of a struct, or an input.
    pub(super) fn field(&mut self, at: &str, old: &FieldSpec, new: &FieldSpec, way: Way) {
        self.words(&format!("{at}/description"), &old.description, &new.description);
        self.reference(&format!("{at}/type_ref"), &old.type_ref, &new.type_ref, way);
        if old.required != new.required {
            let (weight, message) = match (new.required, way) {
                (true, Way { is_given: true, .. }) => (Weight::Breaking, "it is required now"),
                (true, _) => (Weight::Compatible, "it is always there now"),
                (false, Way { is_got: true, .. }) => (Weight::Breaking, "it may be absent now"),
                (false, _) => (Weight::Compatible, "it can be left out now"),
            };
            self.add(weight, format!("{at}/required"), message);
        }
        if old.default != new.default {
            let message = format!("the default is `{}` in place of `{}`", shown(&new.default), shown(&old.default));
            let weight = if old.required && new.required { Weight::Compatible } else { Weight::Breaking };
            self.add(weight, format!("{at}/default"), message);
        }
        self.validators(&format!("{at}/validators"), (old, new), way);
        if old.extra != new.extra {
            self.add(Weight::Compatible, at, "fields changed that this version does not know");
        }
    }

    fn validators(&mut self, at: &str, fields: (&FieldSpec, &FieldSpec), way: Way) {
        let (old, new) = (&fields.0.validators, &fields.1.validators);
        let is_same = |left: &ValidatorSpec, right: &ValidatorSpec| {
            (left.kind, &left.expression) == (right.kind, &right.expression)
        };
        let mut gone: Vec<&ValidatorSpec> =
            old.iter().filter(|left| !new.iter().any(|right| is_same(left, right))).collect();
        for (index, spec) in new.iter().enumerate().filter(|(_, right)| !old.iter().any(|left| is_same(left, right))) {
            let before = gone.iter().position(|other| other.kind == spec.kind).map(|position| gone.remove(position));
            let effect = match before {
                None => Effect::Tighter,
                Some(before) => effect((before, fields.0), (spec, fields.1)),
            };
            let pointer = format!("{at}/{index}/expression");
            let message = match before {
                None => format!("the validator `{}` is new", shown(&spec.expression)),
                Some(before) => format!(
                    "the validator is `{}` in place of `{}`",
                    shown(&spec.expression),
                    shown(&before.expression)
                ),
            };
            self.add(effect.weight(way), pointer, message);
        }
        for spec in gone {
            let message = format!("the validator `{}` is gone", shown(&spec.expression));
            self.add(Effect::Looser.weight(way), at, message);
        }
        let messages = |list: &[ValidatorSpec]| -> Vec<_> {
            list.iter().map(|spec| (spec.error_message.clone(), spec.extra.clone())).collect()
        };
        if old.len() == new.len() && old.iter().zip(new).all(|(l, r)| is_same(l, r)) && messages(old) != messages(new) {
            self.add(Weight::Compatible, at, "the words changed");
        }
    }
}

/// What a change of a validator does to the values that meet it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// Another spelling.
    None,
    Tighter,
    Looser,
    /// Some values came and some went, or nobody can say.
    Unknown,
}

impl Effect {
    fn weight(self, way: Way) -> Weight {
        match self {
            Self::None => Weight::Compatible,
            // Fewer values: some that were given are refused; what is got was allowed before.
            Self::Tighter if way.is_given => Weight::Stricter,
            Self::Tighter => Weight::Compatible,
            // More values: callers may get some that they never saw.
            Self::Looser if way.is_got => Weight::Breaking,
            Self::Looser => Weight::Compatible,
            Self::Unknown if way.is_got => Weight::Breaking,
            Self::Unknown => Weight::Stricter,
        }
    }
}

fn effect(old: (&ValidatorSpec, &FieldSpec), new: (&ValidatorSpec, &FieldSpec)) -> Effect {
    let (Some(old), Some(new)) = (read(old), read(new)) else { return Effect::Unknown };
    if old.rule == new.rule && old.is_enforced() {
        return Effect::None;
    }
    match (&old.rule, &new.rule) {
        (Rule::Range(old), Rule::Range(new)) | (Rule::Length(old), Rule::Length(new)) => {
            let both = old.narrowed(new);
            match (both == *new, both == *old) {
                (true, _) => Effect::Tighter,
                (_, true) => Effect::Looser,
                _ => Effect::Unknown,
            }
        }
        (Rule::OneOf(old), Rule::OneOf(new)) => {
            let holds =
                |list: &[serde_json::Value], other: &[serde_json::Value]| other.iter().all(|it| list.contains(it));
            match (holds(old, new), holds(new, old)) {
                (true, true) => Effect::None,
                (true, false) => Effect::Tighter,
                (false, true) => Effect::Looser,
                (false, false) => Effect::Unknown,
            }
        }
        (Rule::MultipleOf(old), Rule::MultipleOf(new)) => match (new.is_multiple_of(old), old.is_multiple_of(new)) {
            (Some(true), _) => Effect::Tighter,
            (_, Some(true)) => Effect::Looser,
            _ => Effect::Unknown,
        },
        _ => Effect::Unknown,
    }
}

fn read((spec, field): (&ValidatorSpec, &FieldSpec)) -> Option<Validator> {
    let type_ref = TypeRef::parse(&field.type_ref).ok()?;
    // Bounds and lists are the same whatever an alias stands for.
    let place = Place { type_ref: &type_ref, siblings: std::slice::from_ref(field), types: &BTreeMap::new() };
    Validator::read(spec, &place).ok()
}
