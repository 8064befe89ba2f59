//! Values of a type, as expressions: the smallest that satisfies its validators. Where none is found, one that its class did
//! not check.

use std::cell::RefCell;

use super::candidates::{Bare, fitting};
use crate::interface::constraint::Constraint;
use crate::interface::{Field, Struct, TypeDefinition};
use crate::render::spelling::Spelling;
use crate::render::text::{object, quoted};
use crate::type_ref::{Basic, Protocol, TypeRef};

/// Writes values of a contract's types.
pub(super) struct Values<'i> {
    spelling: Spelling<'i>,
    /// The structs round the value that is being written: one that holds itself has no smallest value.
    within: RefCell<Vec<&'i str>>,
}

impl<'i> Values<'i> {
    pub(super) fn new(spelling: Spelling<'i>) -> Self {
        Self { spelling, within: RefCell::default() }
    }

    /// Writes a new value at each call.
    pub(super) fn of(&self, type_ref: &TypeRef) -> String {
        match type_ref {
            TypeRef::Basic(basic) => of_basic(*basic).to_owned(),
            TypeRef::Named(name) => self.named(name),
            TypeRef::List(_) | TypeRef::Sequence(_) | TypeRef::Protocol(Protocol::Sequence, _) => "[]".to_owned(),
            TypeRef::Set(_) | TypeRef::FrozenSet(_) => "new Set()".to_owned(),
            TypeRef::Map(key, _) => self.map(key),
            TypeRef::Protocol(Protocol::Mapping, items) => {
                items.first().map_or_else(|| "{}".to_owned(), |key| self.map(key))
            }
            TypeRef::Tuple(items) => {
                let items: Vec<String> = items.iter().map(|item| self.of(item)).collect();
                format!("[{}]", items.join(", "))
            }
            TypeRef::Optional(_) => "undefined".to_owned(),
            TypeRef::Union(items) => items.first().map_or_else(|| "undefined".to_owned(), |item| self.of(item)),
            TypeRef::Protocol(protocol, _) if protocol.is_async() => "(async function* () {})()".to_owned(),
            TypeRef::Protocol(Protocol::Generator, _) => "(function* () {})()".to_owned(),
            TypeRef::Protocol(..) => "[].values()".to_owned(),
            TypeRef::Callable(_, output) => {
                let output = self.of(output);
                format!("(() => {})", if output.starts_with('{') { format!("({output})") } else { output })
            }
        }
    }

    fn map(&self, key: &TypeRef) -> String {
        if self.spelling.is_text(key) { "{}".to_owned() } else { "new Map()".to_owned() }
    }

    fn named(&self, name: &str) -> String {
        let interface = self.spelling.interface;
        if interface.classes.iter().any(|class| class.name == name) {
            return format!("_blank({name})");
        }
        if let Some((owner, _)) =
            interface.imported_classes.iter().find(|(_, names)| names.iter().any(|known| known == name))
        {
            return format!("_blank(_{owner}.{name})");
        }
        match interface.definition(name) {
            Some(TypeDefinition::Enumeration(definition)) => {
                definition.members.first().map_or_else(|| "undefined".to_owned(), |(_, value)| quoted(value))
            }
            Some(TypeDefinition::Alias(definition)) => self.of(&definition.target),
            Some(TypeDefinition::Struct(definition)) => self.of_struct(definition),
            None => format!("_made(_types.{name}, {{}})"),
        }
    }

    fn of_struct(&self, definition: &'i Struct) -> String {
        let name = definition.name.as_str();
        if self.within.borrow().contains(&name) {
            return format!("_made(_types.{name}, {{}})");
        }
        self.within.borrow_mut().push(name);
        let needed = definition.fields.iter().filter(|field| field.default.is_none());
        let fields: Vec<String> = needed.map(|field| format!("{}: {}", field.name, self.of_field(field))).collect();
        self.within.borrow_mut().pop();
        format!("_made(_types.{name}, {})", object(&fields))
    }

    fn of_field(&self, field: &Field) -> String {
        let constraints: Vec<&Constraint> = field.constraints.iter().collect();
        let bare = self.bare(&field.type_ref);
        fitting(&bare, &constraints).unwrap_or_else(|| self.of(&field.type_ref))
    }

    /// Follows aliases to what a validator is about.
    fn bare(&self, type_ref: &TypeRef) -> Bare {
        match type_ref {
            TypeRef::Named(name) => match self.spelling.interface.definition(name) {
                Some(TypeDefinition::Alias(definition)) => self.bare(&definition.target),
                _ => Bare::Other,
            },
            TypeRef::Basic(basic) => Bare::Basic(*basic),
            TypeRef::List(item) | TypeRef::Sequence(item) => Bare::List(self.of(item)),
            TypeRef::Protocol(Protocol::Sequence, items) => {
                items.first().map_or(Bare::Other, |item| Bare::List(self.of(item)))
            }
            // `undefined` satisfies every validator of what may be left out; of sets and maps nobody guesses the items.
            _ => Bare::Other,
        }
    }
}

fn of_basic(basic: Basic) -> &'static str {
    match basic {
        Basic::Str | Basic::Path => "\"\"",
        Basic::Int | Basic::Float | Basic::Timedelta | Basic::Complex => "0",
        Basic::Bool => "false",
        Basic::Bytes => "new Uint8Array()",
        Basic::None | Basic::Any => "undefined",
        Basic::Datetime => "new Date(0)",
        Basic::Date => "\"0001-01-01\"",
        Basic::Time => "\"00:00:00\"",
        Basic::Decimal => "\"0\"",
        Basic::Uuid => "\"00000000-0000-0000-0000-000000000000\"",
    }
}

/// Returns what the rendered functions call.
pub(super) fn helpers(body: &str) -> String {
    let mut helpers = String::new();
    for (use_of, helper) in [
        ("_texts", TEXTS),
        ("_fitting(", FITTING),
        ("_length(", LENGTH),
        ("_compare(", COMPARE),
        ("_blank(", BLANK),
        ("_made(", MADE),
    ] {
        // What makes a struct falls back on an object that nobody checked.
        if body.contains(use_of) || (use_of == "_blank(" && body.contains("_made(")) {
            helpers.push_str(helper);
        }
    }
    helpers
}

const TEXTS: &str = r##"
const _texts = [
  ...Array.from({ length: 41 }, (_, count) => ["a", "A", "0"].map((unit) => unit.repeat(count))).flat(),
  ...["a1", "A1", "a-a", "A-1", "A-001", "a_a", "a.a", "Aa", "a a", "+10000000000", "1.0", "1.0.0", "0.00", "#000000"],
  ...["2000-01-01", "00:00", "00:00:00", "2000-01-01T00:00:00", "2000-01-01T00:00:00Z", "a@a.aa", "http://a.aa"],
  ...["https://a.aa/a", "/a", "0.0.0.0", "00000000-0000-0000-0000-000000000000", "00000000-0000-4000-8000-000000000000"],
];
"##;

const FITTING: &str = r"
/** Returns the first candidate that satisfies the validators, else the first of all. */
function _fitting(holds‹: (value: any) => boolean›, candidates‹: any[]›)‹: any› {
  return candidates.find(holds) ?? candidates[0];
}
";

const LENGTH: &str = r#"
function _length(value‹: any›)‹: number› {
  return typeof value === "string" ? [...value].length : (value.length ?? value.size ?? Object.keys(value).length);
}
"#;

const COMPARE: &str = r"
function _compare(left‹: any›, right‹: any›)‹: number› {
  return Number(left) - Number(right);
}
";

const BLANK: &str = r"
/** Makes an object without asking its constructor. */
function _blank(type‹: any›)‹: any› {
  return Object.create(type.prototype);
}
";

const MADE: &str = r"
/** Makes a value, and where its type refuses one that nobody checked. */
function _made(type‹: any›, fields‹: object›)‹: any› {
  try {
    return new type(fields);
  } catch {
    return Object.assign(_blank(type), fields);
  }
}
";
