//! Fields of structs and parameters of functions: types, validators, defaults.

use std::collections::BTreeSet;

use super::Builder;
use super::scope::Place;
use crate::contract::{FieldSpec, ValidatorKind, ValidatorSpec};
use crate::interface::Field;
use crate::interface::constraint::{Constraint, Rule};
use crate::interface::default::{DefaultValue, Named};
use crate::interface::fault::FaultKind;
use crate::interface::rule::{Expression, Number, Trouble};
use crate::type_ref::{Basic, Protocol, Spelling, TypeRef};

/// What a field belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Struct,
    Function,
}

impl Builder<'_> {
    pub(super) fn fields(&mut self, specs: &[FieldSpec], at: &str, owner: Owner) -> Vec<Field> {
        let mut seen = BTreeSet::new();
        let mut fields = Vec::new();
        for (index, spec) in specs.iter().enumerate() {
            let at = format!("{at}[{index}]");
            self.check_identifier(&spec.name, &format!("{at}.name"));
            if owner == Owner::Struct && self.language.is_taken_field(&spec.name) {
                let message = format!(
                    "a field cannot be called `{}` in {}: the class has it already, or its annotations use it",
                    spec.name,
                    self.language.name()
                );
                self.fault(FaultKind::InvalidName, format!("{at}.name"), message);
            }
            if !seen.insert(&spec.name) {
                self.fault(FaultKind::DuplicateName, format!("{at}.name"), format!("a second `{}`", spec.name));
            }
            fields.extend(self.field(spec, specs, &at, owner));
        }
        fields
    }

    fn field(&mut self, spec: &FieldSpec, siblings: &[FieldSpec], at: &str, owner: Owner) -> Option<Field> {
        let type_at = format!("{at}.type_ref");
        let mut type_ref = match owner {
            Owner::Struct => self.plain_type_ref(&spec.type_ref, &type_at)?,
            Owner::Function => self.type_ref(&spec.type_ref, &type_at)?,
        };
        let mut constraints = Vec::new();
        let mut remarks = Vec::new();
        for (index, validator) in spec.validators.iter().enumerate() {
            let at = format!("{at}.validators[{index}].expression");
            if validator.kind == ValidatorKind::Custom {
                match self.custom(validator, &type_ref, siblings) {
                    Ok(Some(constraint)) => constraints.push(constraint),
                    Ok(None) => remarks.push(validator.expression.clone()),
                    Err(reason) => self.fault(FaultKind::MalformedValidator, at, reason),
                }
                continue;
            }
            let read = Constraint::read(validator).and_then(|found| self.suited(found, &type_ref));
            match read.and_then(|found| self.understood(found)) {
                Ok(constraint) => constraints.push(constraint),
                Err(reason) => self.fault(FaultKind::MalformedValidator, at, reason),
            }
        }
        let default = self.default(spec, &mut type_ref, at);
        let (name, description) = (spec.name.clone(), spec.description.clone());
        Some(Field { name, type_ref, default, description, constraints, remarks })
    }

    fn default(&mut self, spec: &FieldSpec, type_ref: &mut TypeRef, at: &str) -> Option<DefaultValue> {
        if spec.default.trim().is_empty() {
            if spec.required {
                return None;
            }
            *type_ref = type_ref.clone().or_none();
            return Some(DefaultValue::None);
        }
        // `null` for something that may be left out says that `None` is a value of it, whatever its type says.
        if !spec.required && matches!(spec.default.trim(), "None" | "null") {
            *type_ref = type_ref.clone().or_none();
        }
        let named = |name: &str| self.named(name);
        match DefaultValue::read(&spec.default, type_ref, &named) {
            Ok(default) => Some(default),
            Err(reason) => {
                self.fault(FaultKind::InvalidDefault, format!("{at}.default"), reason);
                None
            }
        }
    }

    fn understood(&self, constraint: Constraint) -> Result<Constraint, String> {
        match &constraint.rule {
            Rule::Pattern(pattern) => self.language.check_pattern(pattern).map(|()| constraint),
            _ => Ok(constraint),
        }
    }

    /// Reads a rule; none for words, which nobody can enforce. The error says which parts of it do not fit.
    fn custom(
        &self,
        spec: &ValidatorSpec,
        type_ref: &TypeRef,
        siblings: &[FieldSpec],
    ) -> Result<Option<Constraint>, String> {
        let Ok(mut rule) = Expression::parse(&spec.expression) else { return Ok(None) };
        match rule.check(&Place { builder: self, type_ref, siblings }) {
            Ok(()) => {
                let may_be_none = self.aliases.may_be_none(type_ref);
                Ok(Some(Constraint { may_be_none, ..Constraint::of(Rule::Custom(rule), spec) }))
            }
            Err(Trouble::Beyond(_)) => Ok(None),
            Err(Trouble::Mismatch(reason)) => Err(reason),
        }
    }

    /// Checks that a constraint means something for a type, and completes it.
    fn suited(&self, mut constraint: Constraint, type_ref: &TypeRef) -> Result<Constraint, String> {
        let base = self.aliases.base(type_ref);
        if let Rule::OneOf(values) = &mut constraint.rule {
            let may_be_none = matches!(type_ref, TypeRef::Optional(_)) || self.aliases.may_be_none(type_ref);
            values.retain(|value| !(may_be_none && *value == Expression::None));
            for value in values {
                *value = self.possible(value, base).ok_or_else(|| {
                    format!("`{value}` is no value of `{}` that can be allowed alone", type_ref.spell(Spelling::Plain))
                })?;
            }
        }
        let suits = match &constraint.rule {
            Rule::Range(bounds) => match base {
                TypeRef::Basic(Basic::Int) if bounds.each().any(|bound| !bound.is_whole) => {
                    return Err("the bounds of an `int` must be whole numbers".to_owned());
                }
                TypeRef::Basic(Basic::Int | Basic::Float | Basic::Decimal) => true,
                _ => false,
            },
            Rule::Length(_) => matches!(
                base,
                TypeRef::Basic(Basic::Str | Basic::Bytes)
                    | TypeRef::List(_)
                    | TypeRef::Set(_)
                    | TypeRef::FrozenSet(_)
                    | TypeRef::Map(..)
                    | TypeRef::Sequence(_)
                    | TypeRef::Protocol(Protocol::Sequence | Protocol::Mapping, _)
            ),
            Rule::Pattern(_) => matches!(base, TypeRef::Basic(Basic::Str)),
            Rule::MultipleOf(_) => matches!(base, TypeRef::Basic(Basic::Int | Basic::Decimal)),
            Rule::Unique => {
                matches!(base, TypeRef::List(_) | TypeRef::Sequence(_) | TypeRef::Protocol(Protocol::Sequence, _))
            }
            Rule::OneOf(_) | Rule::Custom(_) => true,
        };
        if suits {
            constraint.is_decimal = *base == TypeRef::Basic(Basic::Decimal);
            constraint.may_be_none = self.aliases.may_be_none(type_ref);
            return Ok(constraint);
        }
        let (kind, suited) = match &constraint.rule {
            Rule::Range(_) => ("range", "numbers (`int`, `float`, `Decimal`)"),
            Rule::Length(_) => ("length", "texts, bytes and collections"),
            Rule::Pattern(_) => ("regex", "`str`"),
            Rule::MultipleOf(_) => ("multiple_of", "`int` and `Decimal`; a binary fraction is no exact multiple"),
            Rule::Unique | Rule::OneOf(_) | Rule::Custom(_) => ("unique", "lists"),
        };
        Err(format!("a `{kind}` validator suits {suited}, not `{}`", type_ref.spell(Spelling::Plain)))
    }

    /// Returns an allowed value as values of a type are compared with it; none if the type has no such value.
    fn possible(&self, value: &Expression, base: &TypeRef) -> Option<Expression> {
        let is_possible = match (base, value) {
            (TypeRef::Basic(Basic::Decimal), Expression::Text(text)) => {
                return Number::parse(text).map(Expression::Number);
            }
            (TypeRef::Basic(Basic::Int), Expression::Number(number)) => number.is_whole(),
            (TypeRef::Basic(Basic::Float | Basic::Decimal), Expression::Number(_))
            | (TypeRef::Basic(Basic::Str), Expression::Text(_))
            | (TypeRef::Basic(Basic::Bool), Expression::Truth(_))
            | (TypeRef::Basic(Basic::Any), _) => true,
            (TypeRef::Named(name), Expression::Text(text)) => self
                .enumerations
                .get(name.as_str())
                .is_some_and(|members| members.iter().any(|(_, member)| member == text)),
            _ => false,
        };
        is_possible.then(|| value.clone())
    }

    fn named(&self, name: &str) -> Option<Named<'_>> {
        if let Some(members) = self.enumerations.get(name) {
            return Some(Named::Enumeration(members));
        }
        // An alias of an alias is followed by the reader; a circle has been refused before it could be read twice.
        match self.aliases.get(name) {
            Some(target) if !self.aliases.is_circular(name) => Some(Named::Alias(target)),
            _ => self.type_names.contains(name).then_some(Named::Struct),
        }
    }
}
