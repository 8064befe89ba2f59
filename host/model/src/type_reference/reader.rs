//! Reads the grammar: `|` between types, types in brackets, quoted names, texts and numbers in `Literal`.

use serde_json::Value;

use super::{Basic, Frozen, Protocol, TypeRef};

/// How deep brackets may nest. Deeper is no type that a person wrote, and each level costs stack here and in backends.
const MAX_DEPTH: u32 = 32;
/// Longer texts are no references that somebody meant; backends refuse them, too.
const MAX_LENGTH_BYTES: usize = 1000;
/// The modules that authors put before names that need no definition.
const MODULES: [&str; 9] =
    ["typing", "t", "datetime", "decimal", "uuid", "pathlib", "abc", "collections.abc", "collections"];

/// A text that is no type reference.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is no type: expected {expected} at character {column}", .reference.escape_debug())]
pub struct TypeReferenceError {
    reference: String,
    column: usize,
    expected: &'static str,
}

/// Reads a whole reference.
pub(super) fn parse(reference: &str) -> Result<TypeRef, TypeReferenceError> {
    let mut reader = Reader { rest: reference, depth: 0 };
    if reference.len() > MAX_LENGTH_BYTES {
        let reference = reference.chars().take(60).chain("…".chars()).collect();
        return Err(TypeReferenceError { reference, column: 1, expected: "at most 1000 bytes" });
    }
    let outcome = reader.union().and_then(|read| {
        reader.skip_space();
        if reader.rest.is_empty() { Ok(read) } else { Err("`|` or the end") }
    });
    outcome.map_err(|expected| {
        let column = reference[..reference.len() - reader.rest.len()].chars().count() + 1;
        TypeReferenceError { reference: reference.to_owned(), column, expected }
    })
}

struct Reader<'text> {
    rest: &'text str,
    depth: u32,
}

/// What can stand between the brackets of a type.
enum Argument {
    Type(TypeRef),
    /// `...`
    Ellipsis,
    /// `[A, B]`
    Group(Vec<TypeRef>),
    /// `()`
    Nothing,
}

impl<'text> Reader<'text> {
    // union := term ('|' term)*
    fn union(&mut self) -> Result<TypeRef, &'static str> {
        let first = self.term()?;
        if !self.takes("|") {
            return Ok(first);
        }
        let mut members = vec![first, self.term()?];
        while self.takes("|") {
            members.push(self.term()?);
        }
        Ok(TypeRef::union(members))
    }

    // term := quoted reference | name ('[' arguments ']')?
    fn term(&mut self) -> Result<TypeRef, &'static str> {
        self.skip_space();
        if self.rest.starts_with(['\'', '"']) {
            return self.forward();
        }
        let before = self.rest;
        let name = self.name().ok_or("a type name")?;
        let refuse = |reader: &mut Self, expected| {
            reader.rest = before;
            Err(expected)
        };
        let name = match name.rsplit_once('.') {
            None => name,
            Some((module, name)) if MODULES.contains(&module) => name,
            Some(_) => return refuse(self, "a type without a module"),
        };
        if name.starts_with(|first: char| first.is_ascii_digit()) {
            return refuse(self, "a type name");
        }
        if name == "Literal" {
            return self.literal();
        }
        let arguments = if self.takes("[") { Some(self.arguments()?) } else { None };
        match self.built(name, arguments) {
            Ok(built) => Ok(built),
            Err(expected) => refuse(self, expected),
        }
    }

    // A forward reference.
    fn forward(&mut self) -> Result<TypeRef, &'static str> {
        let after = self.rest;
        let inner = self.quoted()?;
        self.deeper()?;
        let mut quoted = Reader { rest: inner, depth: self.depth };
        let read = quoted.union();
        quoted.skip_space();
        match read {
            Ok(read) if quoted.rest.is_empty() => {
                self.depth -= 1;
                Ok(read)
            }
            _ => {
                self.rest = after;
                Err("a type in the quotes")
            }
        }
    }

    fn arguments(&mut self) -> Result<Vec<Argument>, &'static str> {
        self.deeper()?;
        let mut arguments = vec![self.argument()?];
        while self.takes(",") {
            arguments.push(self.argument()?);
        }
        self.closes()?;
        Ok(arguments)
    }

    fn argument(&mut self) -> Result<Argument, &'static str> {
        if self.takes("...") {
            return Ok(Argument::Ellipsis);
        }
        if self.takes("(") {
            return if self.takes(")") { Ok(Argument::Nothing) } else { Err("`)`") };
        }
        if !self.takes("[") {
            return self.union().map(Argument::Type);
        }
        self.deeper()?;
        let mut group = Vec::new();
        if self.takes("]") {
            self.depth -= 1;
            return Ok(Argument::Group(group));
        }
        group.push(self.union()?);
        while self.takes(",") {
            group.push(self.union()?);
        }
        self.closes()?;
        Ok(Argument::Group(group))
    }

    // Builds the type of a name, with what stands in its brackets.
    fn built(&self, name: &str, arguments: Option<Vec<Argument>>) -> Result<TypeRef, &'static str> {
        let any = || Box::new(TypeRef::Basic(Basic::Any));
        let lower = name.to_ascii_lowercase();
        let Some(arguments) = arguments else {
            if let Some(basic) = Basic::of(name) {
                return Ok(TypeRef::Basic(basic));
            }
            return Ok(match lower.as_str() {
                "list" | "array" => TypeRef::List(any()),
                "set" => TypeRef::Set(any(), Frozen::No),
                "frozenset" => TypeRef::Set(any(), Frozen::Yes),
                "dict" | "map" => TypeRef::Map(any(), any()),
                "tuple" => TypeRef::Sequence(any()),
                "callable" => TypeRef::Callable(None, any()),
                "optional" | "union" => return Err("its types in brackets"),
                _ => match Protocol::of(name) {
                    Some(protocol) => TypeRef::Protocol(protocol, vec![*any(); protocol.arity().0]),
                    None => TypeRef::Named(name.to_owned()),
                },
            });
        };
        match lower.as_str() {
            "list" | "array" => one(arguments).map(TypeRef::List),
            "set" => one(arguments).map(|item| TypeRef::Set(item, Frozen::No)),
            "frozenset" => one(arguments).map(|item| TypeRef::Set(item, Frozen::Yes)),
            "optional" => one(arguments).map(|item| item.or_none()),
            "union" => types(arguments).map(TypeRef::union),
            "dict" | "map" => match <[TypeRef; 2]>::try_from(types(arguments)?) {
                Ok([key, value]) => Ok(TypeRef::Map(Box::new(key), Box::new(value))),
                Err(_) => Err("two types in the brackets"),
            },
            "tuple" => match arguments.as_slice() {
                [Argument::Nothing] => Ok(TypeRef::Tuple(Vec::new())),
                [Argument::Type(item), Argument::Ellipsis] => Ok(TypeRef::Sequence(Box::new(item.clone()))),
                _ => types(arguments).map(TypeRef::Tuple),
            },
            "callable" => match <[Argument; 2]>::try_from(arguments) {
                Ok([Argument::Group(inputs), Argument::Type(output)]) => {
                    Ok(TypeRef::Callable(Some(inputs), Box::new(output)))
                }
                Ok([Argument::Ellipsis, Argument::Type(output)]) => Ok(TypeRef::Callable(None, Box::new(output))),
                _ => Err("a function as `Callable[[A, B], R]`"),
            },
            _ => match Protocol::of(name) {
                Some(protocol) => protocol_of(protocol, arguments),
                None => Err("a type that takes no types in brackets"),
            },
        }
    }

    // literal := '[' (quoted | number | bool | None) (',' ...)* ']'
    fn literal(&mut self) -> Result<TypeRef, &'static str> {
        if !self.takes("[") {
            return Err("its values in brackets");
        }
        let mut values = Vec::new();
        loop {
            self.skip_space();
            values.push(if self.rest.starts_with(['\'', '"']) {
                Value::String(self.quoted()?.to_owned())
            } else {
                let end = self.rest.find([',', ']']).ok_or("`,` or `]`")?;
                let (word, rest) = self.rest.split_at(end);
                let value = match word.trim() {
                    "True" | "true" => Value::Bool(true),
                    "False" | "false" => Value::Bool(false),
                    "None" | "null" => Value::Null,
                    number => Value::from(number.parse::<i64>().map_err(|_| "a text in quotes or a whole number")?),
                };
                self.rest = rest;
                value
            });
            if !self.takes(",") {
                break;
            }
        }
        if self.takes("]") { Ok(TypeRef::Literal(values)) } else { Err("`,` or `]`") }
    }

    fn quoted(&mut self) -> Result<&'text str, &'static str> {
        let quote = self.rest.chars().next().ok_or("a quote")?;
        let end = self.rest[1..].find(quote).ok_or("the closing quote")?;
        let inner = &self.rest[1..=end];
        self.rest = &self.rest[end + 2..];
        Ok(inner)
    }

    fn deeper(&mut self) -> Result<(), &'static str> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err("fewer than 32 nested brackets") } else { Ok(()) }
    }

    fn closes(&mut self) -> Result<(), &'static str> {
        if !self.takes("]") {
            return Err("`,` or `]`");
        }
        self.depth -= 1;
        Ok(())
    }

    fn name(&mut self) -> Option<&'text str> {
        let end = self
            .rest
            .find(|next: char| !(next.is_alphanumeric() || next == '_' || next == '.'))
            .unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        if name.is_empty() || name.starts_with('.') || name.ends_with('.') {
            return None;
        }
        self.rest = rest;
        Some(name)
    }

    fn takes(&mut self, token: &str) -> bool {
        self.skip_space();
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start();
    }
}

fn types(arguments: Vec<Argument>) -> Result<Vec<TypeRef>, &'static str> {
    arguments
        .into_iter()
        .map(|argument| match argument {
            Argument::Type(read) => Ok(read),
            _ => Err("only types in the brackets"),
        })
        .collect()
}

fn one(arguments: Vec<Argument>) -> Result<Box<TypeRef>, &'static str> {
    match <[TypeRef; 1]>::try_from(types(arguments)?) {
        Ok([item]) => Ok(Box::new(item)),
        Err(_) => Err("one type in the brackets"),
    }
}

fn protocol_of(protocol: Protocol, arguments: Vec<Argument>) -> Result<TypeRef, &'static str> {
    if protocol == Protocol::AsyncCallable {
        // Nothing more can be said of it; the grammar of its inputs is that of `Callable`.
        return Ok(TypeRef::Protocol(protocol, Vec::new()));
    }
    let (least, most) = protocol.arity();
    let items = types(arguments)?;
    if (least..=most).contains(&items.len()) {
        return Ok(TypeRef::Protocol(protocol, items));
    }
    Err("another number of types in the brackets")
}
