//! Expressions that check a value of a type: schemas of Zod, or functions of the module itself.

use super::condition::{message, predicate};
use crate::dialect::Dialect;
use crate::interface::constraint::{Bound, Constraint, Rule};
use crate::interface::default::DefaultValue;
use crate::interface::{Enumeration, Field, TypeDefinition};
use crate::pattern::translated;
use crate::render::spelling::Spelling;
use crate::render::text::quoted;
use crate::render::value::{number_literal, value};
use crate::type_ref::{Basic, Protocol, TypeRef};

/// What the checks are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vocabulary {
    Zod,
    /// Functions that give back the value or throw.
    Checks,
    /// The same functions, and what they refuse is taken as it is.
    Lenient,
}

/// Writes checks.
#[derive(Clone, Copy)]
pub(super) struct Schema<'i> {
    pub(super) spelling: Spelling<'i>,
    pub(super) vocabulary: Vocabulary,
}

impl Schema<'_> {
    fn is_zod(&self) -> bool {
        self.vocabulary == Vocabulary::Zod
    }

    /// Writes the check of a field, with its validators and its default.
    pub(super) fn field(&self, field: &Field) -> String {
        let (inner, is_optional) = match &field.type_ref {
            TypeRef::Optional(item) => (&**item, true),
            other => (other, false),
        };
        let mut check = self.of(inner);
        if self.vocabulary != Vocabulary::Lenient {
            for constraint in field.constraints.iter().filter(|constraint| !constraint.names_others()) {
                check = self.constrained(&check, inner, constraint);
            }
        }
        if is_optional {
            check = self.optional(&check);
        }
        if self.vocabulary == Vocabulary::Lenient {
            check = format!("_lenient({check})");
        }
        match &field.default {
            None | Some(DefaultValue::None) => check,
            Some(default) => {
                let default = value(default, &field.type_ref, self.spelling);
                let default = if default.starts_with('{') { format!("({default})") } else { default };
                if self.is_zod() {
                    format!("{check}.default(() => {default})")
                } else {
                    format!("_default({check}, () => {default})")
                }
            }
        }
    }

    /// Writes the check of a type.
    pub(super) fn of(&self, type_ref: &TypeRef) -> String {
        let all = |items: &[TypeRef]| items.iter().map(|item| self.of(item)).collect::<Vec<_>>().join(", ");
        match (type_ref, self.is_zod()) {
            (TypeRef::Basic(basic), true) => zod(*basic).to_owned(),
            (TypeRef::Basic(basic), false) => check(*basic).to_owned(),
            (TypeRef::Named(name), _) => self.named(name),
            (TypeRef::List(item) | TypeRef::Sequence(item), true) => format!("z.array({})", self.of(item)),
            (TypeRef::List(item) | TypeRef::Sequence(item), false) => format!("_list({})", self.of(item)),
            (TypeRef::Set(item) | TypeRef::FrozenSet(item), true) => format!("z.set({})", self.of(item)),
            (TypeRef::Set(item) | TypeRef::FrozenSet(item), false) => format!("_set({})", self.of(item)),
            (TypeRef::Map(key, value), _) => self.map(key, value),
            (TypeRef::Tuple(items), true) => format!("z.tuple([{}])", all(items)),
            (TypeRef::Tuple(items), false) => match self.spelling.dialect {
                Dialect::TypeScript => format!("_tuple<{}>([{}])", self.spelling.of(type_ref), all(items)),
                Dialect::JavaScript => format!("_tuple([{}])", all(items)),
            },
            (TypeRef::Optional(item), _) => self.optional(&self.of(item)),
            (TypeRef::Union(items), true) => format!("z.union([{}])", all(items)),
            (TypeRef::Union(items), false) => match self.spelling.dialect {
                Dialect::TypeScript => format!("_either<{}>([{}])", self.spelling.of(type_ref), all(items)),
                Dialect::JavaScript => format!("_either([{}])", all(items)),
            },
            (TypeRef::Protocol(Protocol::Mapping, items), _) => match items.as_slice() {
                [key, value] => self.map(key, value),
                _ => self.of(&TypeRef::Basic(Basic::Any)),
            },
            (TypeRef::Protocol(_, items), _) => {
                let item = items.first().cloned().unwrap_or(TypeRef::Basic(Basic::Any));
                self.of(&TypeRef::List(Box::new(item)))
            }
            (TypeRef::Callable(..), is_zod) => {
                let typed = match self.spelling.dialect {
                    Dialect::TypeScript => format!("<{}>", self.spelling.of(type_ref)),
                    Dialect::JavaScript => String::new(),
                };
                if is_zod {
                    format!("z.custom{typed}((value) => typeof value === \"function\")")
                } else {
                    format!("_function{typed}()")
                }
            }
        }
    }

    /// Writes the check of an enumeration.
    pub(super) fn enumeration(&self, found: &Enumeration) -> String {
        let values: Vec<String> = found.members.iter().map(|(_, value)| quoted(value)).collect();
        let values = values.join(", ");
        match (self.is_zod(), self.spelling.dialect) {
            (true, _) => format!("z.enum([{values}])"),
            (false, Dialect::TypeScript) => format!("_one<{}>([{values}])", found.name),
            (false, Dialect::JavaScript) => format!("_one([{values}])"),
        }
    }

    fn named(&self, name: &str) -> String {
        let is_own = |name: &str| self.spelling.interface.types.iter().any(|definition| definition.name() == name);
        match self.spelling.interface.definition(name) {
            Some(TypeDefinition::Enumeration(_) | TypeDefinition::Alias(_)) if is_own(name) => format!("_{name}"),
            Some(TypeDefinition::Enumeration(found)) => self.enumeration(found),
            Some(TypeDefinition::Alias(found)) => self.of(&found.target),
            // What is raised is made where it is raised.
            Some(TypeDefinition::Struct(found)) if found.is_error => format!("_instance(() => {name})"),
            _ => format!("_made(() => {name})"),
        }
    }

    fn optional(&self, check: &str) -> String {
        if self.is_zod() {
            format!("{check}.nullish().transform((value) => value ?? undefined)")
        } else {
            format!("_optional({check})")
        }
    }

    fn map(&self, key: &TypeRef, value: &TypeRef) -> String {
        let is_any_text = matches!(key, TypeRef::Basic(Basic::Str | Basic::Any));
        let (is_object, value, key) = (self.spelling.is_text(key), self.of(value), self.of(key));
        match (is_object, self.is_zod()) {
            (true, true) if is_any_text => format!("z.record(z.string(), {value})"),
            (true, true) => format!("z.record(z.string().refine((key) => {key}.safeParse(key).success), {value})"),
            (true, false) if is_any_text => format!("_record(_string, {value})"),
            (true, false) => format!("_record({key}, {value})"),
            (false, true) => format!("z.map({key}, {value})"),
            (false, false) => format!("_map({key}, {value})"),
        }
    }

    fn constrained(&self, check: &str, type_ref: &TypeRef, constraint: &Constraint) -> String {
        let text = quoted(&message(constraint));
        if self.is_zod() {
            return of_zod(check, type_ref, constraint)
                .unwrap_or_else(|| format!("{check}.refine({}, {text})", predicate(constraint)));
        }
        format!("_where({check}, {}, {text})", predicate(constraint))
    }
}

/// Writes what Zod has a word for, where its word means the same.
fn of_zod(check: &str, type_ref: &TypeRef, constraint: &Constraint) -> Option<String> {
    let message = constraint.message.as_ref().map_or_else(String::new, |message| format!(", {}", quoted(message)));
    let (bounds, words) = match (&constraint.rule, type_ref) {
        (Rule::Range(bounds), TypeRef::Basic(Basic::Int | Basic::Float)) => (bounds, ["gte", "gt", "lte", "lt"]),
        (Rule::Pattern(pattern), TypeRef::Basic(Basic::Str)) => {
            return Some(format!("{check}.regex(new RegExp({}, \"u\"){message})", quoted(&translated(pattern))));
        }
        _ => return None,
    };
    let one = |bound: &Bound, [inclusive, exclusive]: [&str; 2]| {
        let word = if bound.is_inclusive { inclusive } else { exclusive };
        format!(".{word}({}{message})", number_literal(&bound.number))
    };
    let [least, above, most, below] = words;
    let lower = bounds.lower.iter().map(|bound| one(bound, [least, above]));
    let upper = bounds.upper.iter().map(|bound| one(bound, [most, below]));
    Some(std::iter::once(check.to_owned()).chain(lower).chain(upper).collect())
}

fn zod(basic: Basic) -> &'static str {
    match basic {
        Basic::Str | Basic::Path => "z.string()",
        Basic::Int => "z.int()",
        Basic::Float | Basic::Timedelta => "z.number()",
        Basic::Bool => "z.boolean()",
        Basic::Bytes => "z.instanceof(Uint8Array)",
        Basic::None => "z.null().or(z.undefined()).transform(() => undefined)",
        Basic::Any | Basic::Complex => "z.any()",
        Basic::Datetime => "z.date()",
        Basic::Date => "z.string().regex(_DATE, \"expected a date, for example 2000-01-31\")",
        Basic::Time => "z.string().regex(_TIME, \"expected a time, for example 12:30:00\")",
        Basic::Decimal => {
            // What is no decimal cannot be compared with one, so no further check is asked.
            "z.preprocess(_written, z.string().regex(_DECIMAL, { error: \"expected a decimal number as a text, for example 12.50\", abort: true }))"
        }
        Basic::Uuid => "z.string().regex(_UUID, \"expected a UUID\")",
    }
}

fn check(basic: Basic) -> &'static str {
    match basic {
        Basic::Str | Basic::Path => "_string",
        Basic::Int => "_integer",
        Basic::Float | Basic::Timedelta => "_number",
        Basic::Bool => "_boolean",
        Basic::Bytes => "_bytes",
        Basic::None => "_nothing",
        Basic::Any | Basic::Complex => "_anything",
        Basic::Datetime => "_moment",
        Basic::Date => "_format(_DATE, \"a date, for example 2000-01-31\")",
        Basic::Time => "_format(_TIME, \"a time, for example 12:30:00\")",
        Basic::Decimal => "_amount",
        Basic::Uuid => "_format(_UUID, \"a UUID\")",
    }
}
