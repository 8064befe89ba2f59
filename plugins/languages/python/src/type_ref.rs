//! References to types in a contract: a small typed form, its parser and its spelling in Python.
//!
//! The grammar is a part of Python's own expressions, so ruff parses the text and this module accepts or refuses the tree.

use ruff_python_ast::{Expr, Operator};
use ruff_python_parser::parse_expression;
use ruff_text_size::Ranged;

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
}

/// A basic type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Basic {
    Str,
    Int,
    Float,
    Bool,
    Bytes,
    None,
    Any,
    Datetime,
    Date,
    Time,
    Timedelta,
    Decimal,
    Uuid,
}

/// Why a text is no reference to a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeRefError {
    /// Not in the grammar.
    Malformed(String),
    /// In Python's grammar, but nothing that can cross between components.
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

/// Longer texts are no references that somebody meant, and the limit bounds the recursion of the parser.
const MAX_LENGTH_BYTES: usize = 1000;

const GRAMMAR: &str =
    "expected a type such as `str`, `list[T]`, `dict[str, T]`, `tuple[A, B]`, `Optional[T]`, `Union[A, B]` or `A | B`";

impl TypeRef {
    /// Parses a reference. Names that are not basic types become [`TypeRef::Named`], known or not.
    pub fn parse(text: &str) -> Result<Self, TypeRefError> {
        let malformed = |reason: &str| TypeRefError::Malformed(format!("`{}`: {reason}", shortened(text)));
        if text.len() > MAX_LENGTH_BYTES {
            return Err(malformed("longer than 1000 bytes"));
        }
        if text.trim().is_empty() {
            return Err(malformed(GRAMMAR));
        }
        let parsed = parse_expression(text.trim()).map_err(|_| malformed(GRAMMAR))?;
        Reader { text: text.trim() }.read(parsed.expr())
    }

    /// Calls `visit` with every name in it that is not basic.
    pub fn each_name<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        match self {
            Self::Basic(_) => {}
            Self::Named(name) => visit(name),
            Self::List(item)
            | Self::Set(item)
            | Self::FrozenSet(item)
            | Self::Sequence(item)
            | Self::Optional(item) => {
                item.each_name(visit);
            }
            Self::Map(key, value) => {
                key.each_name(visit);
                value.each_name(visit);
            }
            Self::Tuple(items) | Self::Union(items) => items.iter().for_each(|item| item.each_name(visit)),
        }
    }

    /// Calls `visit` with every basic type in it.
    pub fn each_basic(&self, visit: &mut impl FnMut(Basic)) {
        match self {
            Self::Basic(basic) => visit(*basic),
            Self::Named(_) => {}
            Self::List(item)
            | Self::Set(item)
            | Self::FrozenSet(item)
            | Self::Sequence(item)
            | Self::Optional(item) => {
                item.each_basic(visit);
            }
            Self::Map(key, value) => {
                key.each_basic(visit);
                value.each_basic(visit);
            }
            Self::Tuple(items) | Self::Union(items) => items.iter().for_each(|item| item.each_basic(visit)),
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

    /// Spells it in Python.
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
            "bytes" => Self::Bytes,
            "None" | "none" | "null" | "NoneType" => Self::None,
            "Any" | "any" | "object" => Self::Any,
            "datetime" => Self::Datetime,
            "date" => Self::Date,
            "time" => Self::Time,
            "timedelta" => Self::Timedelta,
            "Decimal" | "decimal" => Self::Decimal,
            "UUID" | "uuid" => Self::Uuid,
            _ => return None,
        })
    }

    /// Returns the module of the standard library that the spelling needs.
    pub fn module(self) -> Option<&'static str> {
        match self {
            Self::Datetime | Self::Date | Self::Time | Self::Timedelta => Some("datetime"),
            Self::Decimal => Some("decimal"),
            Self::Uuid => Some("uuid"),
            _ => None,
        }
    }

    fn spell(self, spelling: Spelling) -> String {
        let name = match self {
            Self::Str => "str",
            Self::Int => "int",
            Self::Float => "float",
            Self::Bool => "bool",
            Self::Bytes => "bytes",
            Self::None => "None",
            Self::Any => "typing.Any",
            Self::Datetime => "datetime",
            Self::Date => "date",
            Self::Time => "time",
            Self::Timedelta => "timedelta",
            Self::Decimal => "Decimal",
            Self::Uuid => "UUID",
        };
        match (self.module(), spelling) {
            (Some(module), Spelling::Plain) => format!("{module}.{name}"),
            (Some(module), Spelling::Private) => format!("_{module}.{name}"),
            (None, _) => name.to_owned(),
        }
    }
}

struct Reader<'a> {
    text: &'a str,
}

impl Reader<'_> {
    fn read(&self, expression: &Expr) -> Result<TypeRef, TypeRefError> {
        match expression {
            Expr::NoneLiteral(_) => Ok(TypeRef::Basic(Basic::None)),
            // A forward reference.
            Expr::StringLiteral(literal) => TypeRef::parse(literal.value.to_str()),
            Expr::Name(_) | Expr::Attribute(_) => self.read_name(expression),
            Expr::Subscript(subscript) => {
                let arguments = match &*subscript.slice {
                    Expr::Tuple(tuple) => tuple.elts.as_slice(),
                    single => std::slice::from_ref(single),
                };
                self.read_generic(&self.name_of(&subscript.value)?, arguments)
            }
            Expr::BinOp(operation) if operation.op == Operator::BitOr => {
                Ok(TypeRef::union(vec![self.read(&operation.left)?, self.read(&operation.right)?]))
            }
            _ => Err(self.malformed(expression, GRAMMAR)),
        }
    }

    fn read_name(&self, expression: &Expr) -> Result<TypeRef, TypeRefError> {
        let name = self.name_of(expression)?;
        if let Some(basic) = Basic::of(&name) {
            return Ok(TypeRef::Basic(basic));
        }
        let any = || Box::new(TypeRef::Basic(Basic::Any));
        match name.to_ascii_lowercase().as_str() {
            "list" | "array" => Ok(TypeRef::List(any())),
            "set" => Ok(TypeRef::Set(any())),
            "frozenset" => Ok(TypeRef::FrozenSet(any())),
            "dict" | "map" => Ok(TypeRef::Map(any(), any())),
            "tuple" => Ok(TypeRef::Sequence(any())),
            "optional" | "union" => Err(self.malformed(expression, "it needs its types in brackets")),
            _ => match uncrossable(&name) {
                Some(reason) => Err(TypeRefError::Unsupported(format!("`{}`: {reason}", self.written(expression)))),
                None => Ok(TypeRef::Named(name)),
            },
        }
    }

    fn read_generic(&self, name: &str, arguments: &[Expr]) -> Result<TypeRef, TypeRefError> {
        let wrong_count = |expected: &str| {
            TypeRefError::Malformed(format!("`{}`: `{name}` takes {expected}, not {}", self.text, arguments.len()))
        };
        let one = || match arguments {
            [item] => self.read(item).map(Box::new),
            _ => Err(wrong_count("one type")),
        };
        let all = || arguments.iter().map(|item| self.read(item)).collect::<Result<Vec<_>, _>>();
        match name.to_ascii_lowercase().as_str() {
            "list" | "array" => Ok(TypeRef::List(one()?)),
            "set" => Ok(TypeRef::Set(one()?)),
            "frozenset" => Ok(TypeRef::FrozenSet(one()?)),
            "optional" => Ok(one()?.or_none()),
            "union" => Ok(TypeRef::union(all()?)),
            "dict" | "map" => match arguments {
                [key, value] => Ok(TypeRef::Map(Box::new(self.read(key)?), Box::new(self.read(value)?))),
                _ => Err(wrong_count("two types")),
            },
            "tuple" => match arguments {
                [item, Expr::EllipsisLiteral(_)] => Ok(TypeRef::Sequence(Box::new(self.read(item)?))),
                [Expr::Tuple(empty)] if empty.elts.is_empty() => Ok(TypeRef::Tuple(Vec::new())),
                _ => all().map(TypeRef::Tuple),
            },
            _ => Err(match uncrossable(name) {
                Some(reason) => TypeRefError::Unsupported(format!("`{}`: {reason}", self.text)),
                None => {
                    TypeRefError::Malformed(format!("`{}`: `{name}` takes no types in brackets; {GRAMMAR}", self.text))
                }
            }),
        }
    }

    /// Returns a name without the module that authors may put before it.
    fn name_of(&self, expression: &Expr) -> Result<String, TypeRefError> {
        match expression {
            Expr::Name(name) => Ok(name.id.to_string()),
            Expr::Attribute(attribute) => match &*attribute.value {
                Expr::Name(module)
                    if matches!(module.id.as_str(), "typing" | "t" | "datetime" | "decimal" | "uuid") =>
                {
                    Ok(attribute.attr.to_string())
                }
                _ => Err(self.malformed(expression, "a type of a contract is named without a module")),
            },
            _ => Err(self.malformed(expression, GRAMMAR)),
        }
    }

    fn malformed(&self, expression: &Expr, reason: &str) -> TypeRefError {
        TypeRefError::Malformed(format!("`{}`: {reason}", self.written(expression)))
    }

    fn written(&self, expression: &Expr) -> &str {
        &self.text[expression.range()]
    }
}

/// Why a type of the language cannot stand in a contract: calls cross between instances as values.
fn uncrossable(name: &str) -> Option<&'static str> {
    match name {
        "Callable" | "AsyncCallable" => Some("a function cannot cross between components"),
        "Iterator" | "Generator" | "AsyncIterator" | "AsyncGenerator" | "Iterable" | "AsyncIterable" => {
            Some("it has no end that could be seen; use `list[T]`")
        }
        "Awaitable" | "Coroutine" | "Future" => Some("use `is_async` of the function"),
        "Sequence" => Some("use `list[T]` or `tuple[T, ...]`"),
        "Mapping" => Some("use `dict[K, V]`"),
        "Path" => Some("a path means nothing in another component; use `str`"),
        _ => None,
    }
}

/// Cuts a text that goes into a message.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelt(text: &str) -> String {
        TypeRef::parse(text).expect("it parses").spell(Spelling::Plain)
    }

    #[test]
    fn spells_what_authors_write_in_one_way() {
        for (written, expected) in [
            ("str", "str"),
            ("string", "str"),
            (" list[Account] ", "list[Account]"),
            ("List['Account']", "list[Account]"),
            ("typing.Optional[X]", "X | None"),
            ("X | None", "X | None"),
            ("None | X | None", "X | None"),
            ("Union[A, Optional[B], C]", "A | B | C | None"),
            ("dict[str, list[int | float]]", "dict[str, list[int | float]]"),
            ("dict", "dict[typing.Any, typing.Any]"),
            ("tuple[int, ...]", "tuple[int, ...]"),
            ("tuple[()]", "tuple[()]"),
            ("Tuple[int, str]", "tuple[int, str]"),
            ("datetime.datetime", "datetime.datetime"),
            ("Optional[Any]", "typing.Any"),
            ("Union[int, int]", "int"),
        ] {
            assert_eq!(spelt(written), expected, "{written}");
        }
        let date = TypeRef::parse("list[date]").expect("it parses");
        assert_eq!(date.spell(Spelling::Private), "list[_datetime.date]");
    }

    #[test]
    fn refuses_what_is_not_in_the_grammar() {
        for text in [
            "",
            "  ",
            "list[",
            "A B",
            "[A, B]",
            "dict[str]",
            "list[int, int]",
            "f(x)",
            "1",
            "A & B",
            "Account[int]",
            "Optional",
            "a.B",
        ] {
            assert!(matches!(TypeRef::parse(text), Err(TypeRefError::Malformed(_))), "{text}");
        }
        assert!(matches!(TypeRef::parse(&"list[".repeat(10_000)), Err(TypeRefError::Malformed(_))));
    }

    #[test]
    fn says_why_a_type_cannot_cross() {
        assert_eq!(
            TypeRef::parse("Callable[[int], str]"),
            Err(TypeRefError::Unsupported(
                "`Callable[[int], str]`: a function cannot cross between components".to_owned()
            ))
        );
    }
}
