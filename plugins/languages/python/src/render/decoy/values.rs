//! Values of a type, as expressions: the smallest that satisfies its validators. Where none is found, one that its class did
//! not check.

use std::cell::RefCell;

use super::candidates::{Bare, fitting};
use crate::interface::constraint::Constraint;
use crate::interface::{Field, Interface, Struct, TypeDefinition};
use crate::type_ref::{Basic, Protocol, Spelling, TypeRef};

/// Writes values of a contract's types.
pub(super) struct Values<'i> {
    interface: &'i Interface,
    /// The structs round the value that is being written: one that holds itself has no smallest value.
    within: RefCell<Vec<&'i str>>,
}

impl<'i> Values<'i> {
    pub(super) fn new(interface: &'i Interface) -> Self {
        Self { interface, within: RefCell::default() }
    }

    /// Writes a new value at each call.
    pub(super) fn of(&self, type_ref: &TypeRef) -> String {
        match type_ref {
            TypeRef::Basic(basic) => of_basic(*basic),
            TypeRef::Named(name) => self.named(name),
            TypeRef::List(_) => "[]".to_owned(),
            TypeRef::Set(_) => "_builtins.set()".to_owned(),
            TypeRef::FrozenSet(_) => "_builtins.frozenset()".to_owned(),
            TypeRef::Map(..) | TypeRef::Protocol(Protocol::Mapping, _) => "{}".to_owned(),
            TypeRef::Sequence(_) | TypeRef::Protocol(Protocol::Sequence, _) => "()".to_owned(),
            TypeRef::Tuple(items) => {
                let items: Vec<String> = items.iter().map(|item| self.of(item)).collect();
                crate::render::python::tuple_of(&items)
            }
            TypeRef::Optional(_) => "None".to_owned(),
            TypeRef::Union(items) => items.first().map_or_else(|| "None".to_owned(), |item| self.of(item)),
            TypeRef::Protocol(protocol, _) if protocol.is_async() => "_nothing()".to_owned(),
            TypeRef::Protocol(..) => "(_ for _ in ())".to_owned(),
            TypeRef::Callable(_, output) => format!("lambda *_, **__: {}", self.of(output)),
        }
    }

    fn named(&self, name: &str) -> String {
        let is_own_class = self.interface.classes.iter().any(|class| class.name == name);
        if is_own_class || self.interface.imported_classes.values().flatten().any(|class| class == name) {
            return format!("_blank({name})");
        }
        match self.interface.definition(name) {
            Some(TypeDefinition::Enumeration(definition)) => {
                let member = definition.members.first();
                member.map_or_else(|| format!("_made({name})"), |(member, _)| format!("{name}.{member}"))
            }
            Some(TypeDefinition::Alias(definition)) => self.of(&definition.target),
            Some(TypeDefinition::Struct(definition)) => self.of_struct(definition),
            None => format!("_made({name})"),
        }
    }

    fn of_struct(&self, definition: &'i Struct) -> String {
        let name = definition.name.as_str();
        if self.within.borrow().contains(&name) {
            return format!("_made({name})");
        }
        self.within.borrow_mut().push(name);
        let needed = definition.fields.iter().filter(|field| field.default.is_none());
        let fields: String = needed.map(|field| format!(", {}={}", field.name, self.of_field(field))).collect();
        self.within.borrow_mut().pop();
        format!("_made({name}{fields})")
    }

    fn of_field(&self, field: &Field) -> String {
        let constraints: Vec<&Constraint> = field.constraints.iter().collect();
        let bare = self.bare(&field.type_ref);
        fitting(&bare, &constraints).unwrap_or_else(|| self.of(&field.type_ref))
    }

    /// Follows aliases to what a validator is about.
    fn bare(&self, type_ref: &TypeRef) -> Bare {
        match type_ref {
            TypeRef::Named(name) => match self.interface.definition(name) {
                Some(TypeDefinition::Alias(definition)) => self.bare(&definition.target),
                _ => Bare::Other,
            },
            TypeRef::Basic(basic) => Bare::Basic(*basic),
            TypeRef::List(item) => Bare::List(self.of(item)),
            TypeRef::Sequence(item) => Bare::Tuple(self.of(item)),
            TypeRef::Protocol(Protocol::Sequence, items) => {
                items.first().map_or(Bare::Other, |item| Bare::Tuple(self.of(item)))
            }
            TypeRef::Set(item) => Bare::Set(self.of(item), "_builtins.set"),
            TypeRef::FrozenSet(item) => Bare::Set(self.of(item), "_builtins.frozenset"),
            TypeRef::Map(key, value) => Bare::Map(self.of(key), self.of(value)),
            TypeRef::Protocol(Protocol::Mapping, items) => match items.as_slice() {
                [key, value] => Bare::Map(self.of(key), self.of(value)),
                _ => Bare::Other,
            },
            // `None` satisfies every validator of what may be `None`; others are about nothing here.
            _ => Bare::Other,
        }
    }
}

fn of_basic(basic: Basic) -> String {
    let spelt = || TypeRef::Basic(basic).spell(Spelling::Private);
    match basic {
        Basic::Str => "\"\"".to_owned(),
        Basic::Int => "0".to_owned(),
        Basic::Float => "0.0".to_owned(),
        Basic::Bool => "False".to_owned(),
        Basic::Complex => "0j".to_owned(),
        Basic::Bytes => "b\"\"".to_owned(),
        Basic::None | Basic::Any => "None".to_owned(),
        Basic::Datetime | Basic::Date | Basic::Time => format!("{}.min", spelt()),
        Basic::Timedelta | Basic::Decimal => format!("{}(0)", spelt()),
        Basic::Uuid => format!("{}(int=0)", spelt()),
        Basic::Path => format!("{}(\".\")", spelt()),
    }
}

/// Returns what the rendered functions call.
pub(super) fn helpers(body: &str) -> String {
    let mut helpers = String::new();
    for (use_of, helper) in
        [("_texts", TEXTS), ("_fitting(", FITTING), ("_blank(", BLANK), ("_made(", MADE), ("_nothing(", NOTHING)]
    {
        // What makes a struct falls back on an object that nobody checked.
        let is_used = body.contains(use_of) || (use_of == "_blank(" && body.contains("_made("));
        if is_used {
            helpers.push_str(helper);
        }
    }
    helpers
}

const TEXTS: &str = r##"
_texts = [unit * count for count in _builtins.range(41) for unit in ("a", "A", "0")] + [
    "a1", "A1", "a-a", "A-1", "A-001", "a_a", "a.a", "Aa", "a a", "+10000000000", "1.0", "1.0.0", "0.00", "#000000",
    "2000-01-01", "00:00", "00:00:00", "2000-01-01T00:00:00", "2000-01-01T00:00:00Z", "a@a.aa", "http://a.aa",
    "https://a.aa/a", "/a", "0.0.0.0", "00000000-0000-0000-0000-000000000000",
    "00000000-0000-4000-8000-000000000000",
]
"##;

const FITTING: &str = r#"

def _fitting(holds, candidates):
    """Returns the first candidate that satisfies the validators, else the first of all."""
    for candidate in candidates:
        if holds(candidate):
            return candidate
    return candidates[0]
"#;

const BLANK: &str = r#"

def _blank(kind):
    """Makes an object without asking its constructor."""
    return _builtins.object.__new__(kind)
"#;

const MADE: &str = r#"

def _made(kind, **fields):
    """Makes a value, and where its type refuses one that nobody checked."""
    try:
        return kind(**fields)
    except _builtins.Exception:
        if _builtins.hasattr(kind, "model_construct"):
            return kind.model_construct(**fields)
        value = _blank(kind)
        _builtins.vars(value).update(fields)
        return value
"#;

const NOTHING: &str = r#"

async def _nothing():
    """Iterates over nothing."""
    for item in ():
        yield item
"#;
