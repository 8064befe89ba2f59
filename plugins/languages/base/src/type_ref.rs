//! References to types in a contract: a small typed form, its parser and its spelling in the grammar.
//!
//! The grammar is a part of Python's own expressions.

mod protocol;
mod reader;

pub use protocol::Protocol;

/// A reference to a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeRef {
    /// A type of the language or its standard library.
    Basic(Basic),
    /// A type of the contract.
    Named(String),
    /// `list[T]`
    List(Box<TypeRef>),
    /// `set[T]`
    Set(Box<TypeRef>),
    /// `frozenset[T]`
    FrozenSet(Box<TypeRef>),
    /// `dict[K, V]`
    Map(Box<TypeRef>, Box<TypeRef>),
    /// `tuple[A, B]`
    Tuple(Vec<TypeRef>),
    /// `tuple[T, ...]`
    Sequence(Box<TypeRef>),
    /// `T | None`
    Optional(Box<TypeRef>),
    /// `A | B`, never with fewer than two members, never with `None`.
    Union(Vec<TypeRef>),
    /// `Iterator[T]` and its like, with as many types as the protocol has.
    Protocol(Protocol, Vec<TypeRef>),
    /// `Callable[[A, B], R]`; without inputs for `Callable[..., R]`.
    Callable(Option<Vec<TypeRef>>, Box<TypeRef>),
}

/// A basic type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Basic {
    Str,
    Int,
    Float,
    Bool,
    Complex,
    Bytes,
    None,
    Any,
    Datetime,
    Date,
    Time,
    Timedelta,
    Decimal,
    Uuid,
    Path,
}

/// Why a text is no reference to a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeRefError {
    /// Not in the grammar.
    Malformed(String),
    /// In Python's grammar, but nothing that a contract can promise.
    Unsupported(String),
}

/// How modules of the standard library are called where the type is spelt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// For reading: `datetime.date`.
    Plain,
    /// For rendered classes, whose fields may be called `datetime`: `_datetime.date`.
    Private,
}

impl TypeRef {
    /// Parses a reference. Names that are not basic types become [`TypeRef::Named`], known or not.
    pub fn parse(text: &str) -> Result<Self, TypeRefError> {
        reader::parse(text)
    }

    /// Calls `visit` with it and everything that it is made of.
    pub fn each<'a>(&'a self, visit: &mut impl FnMut(&'a Self)) {
        visit(self);
        match self {
            Self::Basic(_) | Self::Named(_) => {}
            Self::List(item)
            | Self::Set(item)
            | Self::FrozenSet(item)
            | Self::Sequence(item)
            | Self::Optional(item) => {
                item.each(visit);
            }
            Self::Map(key, value) => {
                key.each(visit);
                value.each(visit);
            }
            Self::Tuple(items) | Self::Union(items) | Self::Protocol(_, items) => {
                for item in items {
                    item.each(visit);
                }
            }
            Self::Callable(inputs, output) => {
                for input in inputs.iter().flatten() {
                    input.each(visit);
                }
                output.each(visit);
            }
        }
    }

    /// Calls `visit` with every name in it that is not basic.
    pub fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        self.each(&mut |part| {
            if let Self::Named(name) = part {
                visit(name);
            }
        });
    }

    /// Returns whether something in it is iterated while the owner goes on, for example a generator.
    pub fn has_stream(&self) -> bool {
        let mut found = false;
        self.each(&mut |part| found |= matches!(part, Self::Protocol(protocol, _) if protocol.is_stream()));
        found
    }

    /// Returns whether it is iterated with `async for`.
    pub fn is_async_stream(&self) -> bool {
        matches!(self, Self::Protocol(protocol, _) if protocol.is_async())
    }

    /// Returns the module of the standard library that its own spelling needs, parts left out.
    pub fn module(&self) -> Option<&'static str> {
        match self {
            Self::Basic(basic) => basic.module(),
            Self::Protocol(..) | Self::Callable(..) => Some("collections.abc"),
            _ => None,
        }
    }

    /// Makes a union: flat, with `None` on the outside and nothing twice.
    pub fn union(items: Vec<Self>) -> Self {
        let mut members: Vec<TypeRef> = Vec::new();
        let mut has_none = false;
        let mut pending: Vec<TypeRef> = items.into_iter().rev().collect();
        while let Some(item) = pending.pop() {
            match item {
                TypeRef::Basic(Basic::None) => has_none = true,
                TypeRef::Optional(inner) => {
                    has_none = true;
                    pending.push(*inner);
                }
                TypeRef::Union(inner) => pending.extend(inner.into_iter().rev()),
                item if members.contains(&item) => {}
                item => members.push(item),
            }
        }
        let union = match members.len() {
            0 => return TypeRef::Basic(Basic::None),
            1 => members.remove(0),
            _ => TypeRef::Union(members),
        };
        if has_none { union.or_none() } else { union }
    }

    /// Makes it optional, once.
    #[must_use]
    pub fn or_none(self) -> Self {
        match self {
            Self::Optional(_) | Self::Basic(Basic::None | Basic::Any) => self,
            other => Self::Optional(Box::new(other)),
        }
    }

    /// Spells it in the grammar, which is Python.
    pub fn spell(&self, spelling: Spelling) -> String {
        let spell = |item: &Self| item.spell(spelling);
        let spell_all = |items: &[Self], separator: &str| items.iter().map(spell).collect::<Vec<_>>().join(separator);
        match self {
            Self::Basic(basic) => basic.spell(spelling),
            Self::Named(name) => name.clone(),
            Self::List(item) => format!("list[{}]", spell(item)),
            Self::Set(item) => format!("set[{}]", spell(item)),
            Self::FrozenSet(item) => format!("frozenset[{}]", spell(item)),
            Self::Map(key, value) => format!("dict[{}, {}]", spell(key), spell(value)),
            Self::Tuple(items) if items.is_empty() => "tuple[()]".to_owned(),
            Self::Tuple(items) => format!("tuple[{}]", spell_all(items, ", ")),
            Self::Sequence(item) => format!("tuple[{}, ...]", spell(item)),
            Self::Optional(item) => format!("{} | None", spell(item)),
            Self::Union(items) => spell_all(items, " | "),
            Self::Protocol(protocol, items) => {
                qualified("collections.abc", &format!("{}[{}]", protocol.name(), spell_all(items, ", ")), spelling)
            }
            Self::Callable(inputs, output) => {
                let inputs =
                    inputs.as_ref().map_or("...".to_owned(), |inputs| format!("[{}]", spell_all(inputs, ", ")));
                qualified("collections.abc", &format!("Callable[{inputs}, {}]", spell(output)), spelling)
            }
        }
    }
}

impl Basic {
    /// Returns the basic type of a name, with the spellings that authors use.
    pub fn of(name: &str) -> Option<Self> {
        Some(match name {
            "str" | "string" => Self::Str,
            "int" | "integer" => Self::Int,
            "float" | "number" => Self::Float,
            "bool" | "boolean" => Self::Bool,
            "complex" => Self::Complex,
            "bytes" => Self::Bytes,
            "None" | "none" | "null" | "NoneType" | "void" => Self::None,
            "Any" | "any" | "object" => Self::Any,
            "datetime" => Self::Datetime,
            "date" => Self::Date,
            "time" => Self::Time,
            "timedelta" => Self::Timedelta,
            "Decimal" | "decimal" => Self::Decimal,
            "UUID" | "uuid" => Self::Uuid,
            "Path" => Self::Path,
            _ => return None,
        })
    }

    /// Returns the module of the standard library that the spelling needs.
    pub fn module(self) -> Option<&'static str> {
        match self {
            Self::Datetime | Self::Date | Self::Time | Self::Timedelta => Some("datetime"),
            Self::Decimal => Some("decimal"),
            Self::Uuid => Some("uuid"),
            Self::Path => Some("pathlib"),
            _ => None,
        }
    }

    fn spell(self, spelling: Spelling) -> String {
        let name = match self {
            Self::Str => "str",
            Self::Int => "int",
            Self::Float => "float",
            Self::Bool => "bool",
            Self::Complex => "complex",
            Self::Bytes => "bytes",
            Self::None => "None",
            Self::Any => "typing.Any",
            Self::Datetime => "datetime",
            Self::Date => "date",
            Self::Time => "time",
            Self::Timedelta => "timedelta",
            Self::Decimal => "Decimal",
            Self::Uuid => "UUID",
            Self::Path => "Path",
        };
        self.module().map_or_else(|| name.to_owned(), |module| qualified(module, name, spelling))
    }
}

/// Returns the name under which rendered code imports a module.
pub fn private_name(module: &str) -> String {
    format!("_{}", module.replace('.', "_"))
}

fn qualified(module: &str, name: &str, spelling: Spelling) -> String {
    match spelling {
        Spelling::Plain => format!("{module}.{name}"),
        Spelling::Private => format!("{}.{name}", private_name(module)),
    }
}

#[cfg(test)]
mod tests;
