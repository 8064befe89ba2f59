//! How types are spelt: in TypeScript's annotations, and in the comments of JavaScript.
//!
//! What a contract's types are at run time: `int` a `number` without a fraction that is exact (up to 2^53), `Decimal`, `date`,
//! `time`, `UUID` and `Path` texts, `datetime` a `Date`, `timedelta` a number of milliseconds, `bytes` a `Uint8Array`, `None`
//! is `undefined`. A map whose keys are texts is an object, any other a `Map`.

use crate::dialect::Dialect;
use crate::interface::{Interface, TypeDefinition};
use crate::type_ref::{Basic, Protocol, TypeRef};

/// Spells the types of one contract.
#[derive(Clone, Copy)]
pub(super) struct Spelling<'i> {
    pub(super) interface: &'i Interface,
    pub(super) dialect: Dialect,
}

/// Whether something binds weaker than `[]` behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Binding {
    Tight,
    Loose,
}

impl Spelling<'_> {
    /// Spells a type.
    pub(super) fn of(&self, type_ref: &TypeRef) -> String {
        self.spell(type_ref).0
    }

    /// Spells what a function gives back.
    pub(super) fn output(&self, type_ref: &TypeRef, is_async: bool) -> String {
        let spelt = if *type_ref == TypeRef::Basic(Basic::None) { "void".to_owned() } else { self.of(type_ref) };
        if is_async { format!("Promise<{spelt}>") } else { spelt }
    }

    fn spell(&self, type_ref: &TypeRef) -> (String, Binding) {
        let is_typed = self.dialect == Dialect::TypeScript;
        let all = |items: &[TypeRef], separator: &str| {
            items.iter().map(|item| self.of(item)).collect::<Vec<_>>().join(separator)
        };
        let argument = |items: &[TypeRef], index: usize| {
            items.get(index).map_or("void".to_owned(), |item| self.output(item, false))
        };
        let spelt = match type_ref {
            TypeRef::Basic(basic) => self.basic(*basic).to_owned(),
            TypeRef::Named(name) => name.clone(),
            TypeRef::List(item) => self.array(item, ""),
            TypeRef::Sequence(item) => return (self.array(item, "readonly "), Binding::Loose),
            TypeRef::Set(item) => format!("Set<{}>", self.of(item)),
            TypeRef::FrozenSet(item) => format!("ReadonlySet<{}>", self.of(item)),
            TypeRef::Map(key, value) => self.map(key, value),
            TypeRef::Tuple(items) => format!("[{}]", all(items, ", ")),
            TypeRef::Optional(item) => return (format!("{} | undefined", self.of(item)), Binding::Loose),
            TypeRef::Union(items) => return (all(items, " | "), Binding::Loose),
            TypeRef::Callable(inputs, output) => {
                let output = self.output(output, false);
                let inputs = match inputs {
                    Some(inputs) => {
                        let inputs = inputs.iter().enumerate();
                        let inputs = inputs.map(|(index, input)| format!("input{index}: {}", self.of(input)));
                        inputs.collect::<Vec<_>>().join(", ")
                    }
                    None => format!("...inputs: {}", if is_typed { "any[]" } else { "Array<any>" }),
                };
                return (format!("({inputs}) => {output}"), Binding::Loose);
            }
            TypeRef::Protocol(protocol, items) => match protocol {
                Protocol::Iterable => format!("Iterable<{}>", argument(items, 0)),
                Protocol::Iterator => format!("IterableIterator<{}>", argument(items, 0)),
                Protocol::Generator => {
                    format!("Generator<{}, {}, {}>", argument(items, 0), argument(items, 2), argument(items, 1))
                }
                Protocol::AsyncIterable => format!("AsyncIterable<{}>", argument(items, 0)),
                Protocol::AsyncIterator => format!("AsyncIterableIterator<{}>", argument(items, 0)),
                Protocol::AsyncGenerator => {
                    format!("AsyncGenerator<{}, void, {}>", argument(items, 0), argument(items, 1))
                }
                Protocol::Sequence => match items.as_slice() {
                    [item] => return (self.array(item, "readonly "), Binding::Loose),
                    _ => "readonly unknown[]".to_owned(),
                },
                Protocol::Mapping => match items.as_slice() {
                    [key, value] => format!("Readonly<{}>", self.map(key, value)),
                    _ => "object".to_owned(),
                },
            },
        };
        (spelt, Binding::Tight)
    }

    fn array(&self, item: &TypeRef, prefix: &str) -> String {
        let (spelt, binding) = self.spell(item);
        match (self.dialect, binding) {
            (Dialect::JavaScript, _) => {
                format!("{}<{spelt}>", if prefix.is_empty() { "Array" } else { "ReadonlyArray" })
            }
            (Dialect::TypeScript, Binding::Tight) => format!("{prefix}{spelt}[]"),
            (Dialect::TypeScript, Binding::Loose) => format!("{prefix}({spelt})[]"),
        }
    }

    fn map(&self, key: &TypeRef, value: &TypeRef) -> String {
        let (key_spelt, value) = (self.of(key), self.of(value));
        if !self.is_text(key) {
            return format!("Map<{key_spelt}, {value}>");
        }
        match self.dialect {
            Dialect::JavaScript => format!("Object<string, {value}>"),
            Dialect::TypeScript => format!("Record<string, {value}>"),
        }
    }

    /// Returns whether the values of a type are texts, so that they can be the keys of an object.
    pub(super) fn is_text(&self, type_ref: &TypeRef) -> bool {
        match type_ref {
            // What may be a key of any kind is mostly a text.
            TypeRef::Basic(
                Basic::Str | Basic::Uuid | Basic::Date | Basic::Time | Basic::Decimal | Basic::Path | Basic::Any,
            ) => true,
            TypeRef::Named(name) => match self.interface.definition(name) {
                Some(TypeDefinition::Enumeration(_)) => true,
                Some(TypeDefinition::Alias(alias)) => self.is_text(&alias.target),
                _ => false,
            },
            TypeRef::Union(items) => items.iter().all(|item| self.is_text(item)),
            _ => false,
        }
    }

    fn basic(&self, basic: Basic) -> &'static str {
        match basic {
            Basic::Str | Basic::Date | Basic::Time | Basic::Decimal | Basic::Uuid | Basic::Path => "string",
            Basic::Int | Basic::Float | Basic::Timedelta => "number",
            Basic::Bool => "boolean",
            Basic::Bytes => "Uint8Array",
            Basic::None => "undefined",
            Basic::Datetime => "Date",
            // Contracts with complex numbers are refused.
            Basic::Any | Basic::Complex => match self.dialect {
                Dialect::TypeScript => "unknown",
                Dialect::JavaScript => "*",
            },
        }
    }
}
