//! Changes of functions, their inputs, errors, effects and bounds.

use super::references::{Relation, relation};
use super::uses::Way;
use super::{Changes, Named, Weight, shown};
use crate::contract::{ErrorCase, FieldSpec, FunctionContract, PerformanceBound};
use crate::performance::Growth;

const GIVEN: Way = Way { is_given: true, is_got: false };
const GOT: Way = Way { is_given: false, is_got: true };

impl Changes {
    pub(super) fn functions(&mut self, at: &str, old: &[FunctionContract], new: &[FunctionContract], what: &str) {
        let named = |list| Named::new(list, |function: &FunctionContract| &function.name);
        let (old, new) = (named(old), named(new));
        for (name, index) in old.missing_in(&new) {
            self.add(Weight::Breaking, format!("{at}/{index}"), format!("the {what} `{}` is gone", shown(name)));
        }
        for (key, index, function) in &new.0 {
            let pointer = format!("{at}/{index}");
            match old.get(*key) {
                Some((_, old)) => self.function(&pointer, old, function),
                None => self.add(Weight::Compatible, pointer, format!("the {what} `{}` is new", shown(key.0))),
            }
        }
    }

    fn function(&mut self, at: &str, old: &FunctionContract, new: &FunctionContract) {
        self.words(&format!("{at}/description"), &old.description, &new.description);
        self.inputs(&format!("{at}/inputs"), &old.inputs, &new.inputs);
        self.reference(&format!("{at}/output_type"), &old.output_type, &new.output_type, GOT);
        self.errors(at, old, new);
        self.claims(&format!("{at}/preconditions"), "precondition", &old.preconditions, &new.preconditions);
        self.promises(&format!("{at}/postconditions"), "postcondition", &old.postconditions, &new.postconditions);
        if old.is_async != new.is_async {
            let message = if new.is_async { "it is awaited now" } else { "it is not awaited any more" };
            self.add(Weight::Breaking, format!("{at}/is_async"), message);
        }
        if old.idempotent != new.idempotent {
            let (weight, message) = if new.idempotent {
                (Weight::Compatible, "calling it twice is calling it once now")
            } else {
                (Weight::Breaking, "calling it twice is no longer calling it once")
            };
            self.add(weight, format!("{at}/idempotent"), message);
        }
        self.effects(at, old, new);
        self.bounds(
            &format!("{at}/performance_budget"),
            old.performance_bound.as_ref(),
            new.performance_bound.as_ref(),
        );
        if old.extra != new.extra {
            self.add(Weight::Compatible, at, "fields changed that this version does not know");
        }
    }

    /// Inputs of a function or of a constructor: they are given by place and by name.
    pub(super) fn inputs(&mut self, at: &str, old: &[FieldSpec], new: &[FieldSpec]) {
        let (old_named, new_named) = (Named::fields(old), Named::fields(new));
        for (name, index) in old_named.missing_in(&new_named) {
            self.add(Weight::Breaking, format!("{at}/{index}"), format!("the input `{}` is gone", shown(name)));
        }
        for (key, index, input) in &new_named.0 {
            let pointer = format!("{at}/{index}");
            if let Some((_, old)) = old_named.get(*key) {
                self.field(&pointer, old, input, GIVEN);
                continue;
            }
            let is_behind = old_named.0.iter().all(|(key, _, _)| new_named.get(*key).is_none_or(|(at, _)| at < *index));
            let (weight, how) = match (input.required, is_behind) {
                (true, _) => (Weight::Breaking, "new and required"),
                (false, true) => (Weight::Compatible, "new and can be left out"),
                (false, false) => (Weight::Breaking, "new and stands before inputs that were there"),
            };
            self.add(weight, pointer, format!("the input `{}` is {how}", shown(key.0)));
        }
        let order = |list: &[FieldSpec], other: &[FieldSpec]| -> Vec<String> {
            let names = list.iter().map(|field| field.name.clone());
            names.filter(|name| other.iter().any(|field| field.name == *name)).collect()
        };
        if order(old, new) != order(new, old) {
            self.add(Weight::Breaking, at, "the inputs stand in another order");
        }
    }

    /// What a type reference became, for values that go this way.
    pub(super) fn reference(&mut self, pointer: &str, old: &str, new: &str, way: Way) {
        let (weight, how) = match relation(old, new) {
            Relation::Same => return,
            Relation::Wider if way == GIVEN => (Weight::Compatible, "wider"),
            Relation::Narrower if way == GOT => (Weight::Compatible, "narrower"),
            Relation::Wider => (Weight::Breaking, "wider"),
            Relation::Narrower => (Weight::Breaking, "narrower"),
            Relation::Other => (Weight::Breaking, "another one"),
        };
        self.add(weight, pointer, format!("the type `{}` is {how}: it was `{}`", shown(new), shown(old)));
    }

    fn errors(&mut self, at: &str, old: &FunctionContract, new: &FunctionContract) {
        let old_errors = Named::new(&old.error_cases, |case: &ErrorCase| &case.name);
        let new_errors = Named::new(&new.error_cases, |case: &ErrorCase| &case.name);
        for (name, index) in old_errors.missing_in(&new_errors) {
            let message = format!("the error `{}` is gone", shown(name));
            self.add(Weight::Compatible, format!("{at}/error_cases/{index}"), message);
        }
        for (key, index, case) in &new_errors.0 {
            let pointer = format!("{at}/error_cases/{index}");
            let Some((_, before)) = old_errors.get(*key) else {
                self.add(Weight::Stricter, pointer, format!("the error `{}` is new", shown(key.0)));
                continue;
            };
            if before.error_type != case.error_type {
                let message =
                    format!("the error is `{}` in place of `{}`", shown(&case.error_type), shown(&before.error_type));
                self.add(Weight::Breaking, format!("{pointer}/error_type"), message);
            }
            self.words(&format!("{pointer}/condition"), &before.condition, &case.condition);
            for name in before.error_data.keys().filter(|name| !case.error_data.contains_key(*name)) {
                let message = format!("the error carries no `{}` any more", shown(name));
                self.add(Weight::Breaking, format!("{pointer}/error_data"), message);
            }
            for (name, what) in &case.error_data {
                match before.error_data.get(name) {
                    None => {
                        let message = format!("the error carries `{}`", shown(name));
                        self.add(Weight::Compatible, format!("{pointer}/error_data"), message);
                    }
                    Some(old) if old != what => self.reference(&format!("{pointer}/error_data"), old, what, GOT),
                    Some(_) => {}
                }
            }
            if before.extra != case.extra {
                self.add(Weight::Compatible, pointer, "fields changed that this version does not know");
            }
        }
    }

    fn effects(&mut self, at: &str, old: &FunctionContract, new: &FunctionContract) {
        self.claims(&format!("{at}/side_effects"), "effect", &old.side_effects, &new.side_effects);
        let said = |function: &FunctionContract| -> Vec<String> {
            let effects = function.structured_side_effects.iter();
            let typed = effects.filter(|effect| effect.kind != crate::contract::SideEffectKind::None);
            typed.map(|effect| format!("{:?} {}", effect.kind, effect.target).trim().to_owned()).collect()
        };
        let (before, after) = (said(old), said(new));
        self.claims(&format!("{at}/structured_side_effects"), "effect", &before, &after);
        if before == after && old.structured_side_effects != new.structured_side_effects {
            self.add(Weight::Compatible, format!("{at}/structured_side_effects"), "the words changed");
        }
    }

    // A tighter bound is a present to callers, and work for the implementation.
    fn bounds(&mut self, at: &str, old: Option<&PerformanceBound>, new: Option<&PerformanceBound>) {
        let numbers = |bound: Option<&PerformanceBound>| {
            [bound.and_then(|bound| bound.p95_latency_ms), bound.and_then(|bound| bound.max_memory_mb)]
        };
        for ((field, old), new) in ["p95_latency_ms", "max_memory_mb"].into_iter().zip(numbers(old)).zip(numbers(new)) {
            let is_kept = match (old, new) {
                (old, new) if old == new => continue,
                (Some(old), Some(new)) => new < old,
                (old, _) => old.is_none(),
            };
            self.bound(&format!("{at}/{field}"), is_kept);
        }
        let growth = |bound: Option<&PerformanceBound>| bound.and_then(|bound| bound.complexity.clone());
        match (growth(old), growth(new)) {
            (old, new) if old == new => {}
            (Some(old), Some(new)) => match (Growth::parse(&old), Growth::parse(&new)) {
                (Ok(old), Ok(new)) if old == new => self.words(&format!("{at}/complexity"), "", "spelling"),
                // All growths are in order at this size.
                (Ok(old), Ok(new)) => self.bound(&format!("{at}/complexity"), new.of(1000) < old.of(1000)),
                _ => self.bound(&format!("{at}/complexity"), false),
            },
            (old, _) => self.bound(&format!("{at}/complexity"), old.is_none()),
        }
    }

    fn bound(&mut self, pointer: &str, is_kept: bool) {
        if is_kept {
            self.add(Weight::Compatible, pointer, "the bound is tighter");
        } else {
            self.add(Weight::Breaking, pointer, "the bound is looser, or gone");
        }
    }
}
