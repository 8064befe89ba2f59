//! References to types: `list[dict[str, Item | None]]`.
//!
//! Reads the grammar and says which names it uses. What a name means is for validation and for the backend.

use std::collections::BTreeSet;

/// How deep brackets may nest. Deeper is no type that a person wrote, and each level costs stack here and in backends.
const MAX_DEPTH: u32 = 32;

/// The names that need no definition.
pub const BUILTINS: &[&str] = &[
    "Any",
    "AsyncCallable",
    "AsyncGenerator",
    "AsyncIterable",
    "AsyncIterator",
    "Awaitable",
    "Callable",
    "Coroutine",
    "Decimal",
    "Generator",
    "Iterable",
    "Iterator",
    "Literal",
    "Mapping",
    "None",
    "Optional",
    "Path",
    "Sequence",
    "UUID",
    "Union",
    "any",
    "bool",
    "bytes",
    "complex",
    "date",
    "datetime",
    "dict",
    "float",
    "frozenset",
    "int",
    "list",
    "object",
    "set",
    "str",
    "time",
    "timedelta",
    "tuple",
];

/// Those of them whose values are used up by iterating, or may be. A function takes and returns them; no value keeps one.
pub const STREAMS: &[&str] = &["AsyncGenerator", "AsyncIterable", "AsyncIterator", "Generator", "Iterable", "Iterator"];

/// Returns the names that a reference uses, builtins included.
///
/// # Errors
/// [`TypeReferenceError`] when it does not follow the grammar.
pub fn names(reference: &str) -> Result<BTreeSet<String>, TypeReferenceError> {
    let mut reader = Reader { rest: reference, depth: 0, names: BTreeSet::new() };
    let outcome = reader.union();
    reader.skip_space();
    match outcome {
        Ok(()) if reader.rest.is_empty() => Ok(reader.names),
        Ok(()) => Err(TypeReferenceError::new(reference, reader.rest, "`|` or the end")),
        Err(expected) => Err(TypeReferenceError::new(reference, reader.rest, expected)),
    }
}

/// A text that is no type reference.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is no type: expected {expected} at character {column}", .reference.escape_debug())]
pub struct TypeReferenceError {
    reference: String,
    column: usize,
    expected: &'static str,
}

impl TypeReferenceError {
    fn new(reference: &str, rest: &str, expected: &'static str) -> Self {
        let read = reference.len() - rest.len();
        Self { reference: reference.to_owned(), column: reference[..read].chars().count() + 1, expected }
    }
}

struct Reader<'text> {
    rest: &'text str,
    depth: u32,
    names: BTreeSet<String>,
}

impl<'text> Reader<'text> {
    // union := term ('|' term)*
    fn union(&mut self) -> Result<(), &'static str> {
        self.term()?;
        while self.takes("|") {
            self.term()?;
        }
        Ok(())
    }

    // term := quoted | '...' | '[' list ']' | name ('[' list ']')?
    fn term(&mut self) -> Result<(), &'static str> {
        self.skip_space();
        if self.takes("...") {
            return Ok(());
        }
        if self.takes("[") {
            return self.list();
        }
        if let Some(quote @ ('\'' | '"')) = self.rest.chars().next() {
            let end = self.rest[1..].find(quote).ok_or("the closing quote")?;
            self.rest = &self.rest[end + 2..];
            return Ok(());
        }
        let name = self.name().ok_or("a type name")?;
        let is_number = name.starts_with(|first: char| first.is_ascii_digit());
        if !is_number {
            self.names.insert(name.to_owned());
        }
        if self.takes("[") { self.list() } else { Ok(()) }
    }

    fn list(&mut self) -> Result<(), &'static str> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err("fewer than 32 nested brackets");
        }
        if !self.takes("]") {
            self.union()?;
            while self.takes(",") {
                self.union()?;
            }
            if !self.takes("]") {
                return Err("`,` or `]`");
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn found(reference: &str) -> Vec<String> {
        names(reference).expect("a type").into_iter().collect()
    }

    #[test]
    fn finds_names_at_every_depth() {
        assert_eq!(found("list[dict[str, Bar | None]]"), ["Bar", "None", "dict", "list", "str"]);
        assert_eq!(found("list[int] | list[str]"), ["int", "list", "str"]);
        assert_eq!(found("Callable[[Order, int], Money]"), ["Callable", "Money", "Order", "int"]);
        assert_eq!(found("tuple[int, ...]"), ["int", "tuple"]);
    }

    #[test]
    fn streams_are_builtins_and_builtins_are_sorted() {
        assert!(STREAMS.iter().all(|name| BUILTINS.contains(name)));
        assert!(BUILTINS.is_sorted());
        assert_eq!(found("Generator[int, str, bool]"), ["Generator", "bool", "int", "str"]);
        assert_eq!(found("AsyncIterator[Path | complex]"), ["AsyncIterator", "Path", "complex"]);
    }

    #[test]
    fn a_literal_is_no_name() {
        assert_eq!(found("Literal['a', \"b|c\", 3]"), ["Literal"]);
    }

    #[test]
    fn says_where_the_grammar_ends() {
        for (reference, message) in [
            ("", "`` is no type: expected a type name at character 1"),
            ("list[int", "`list[int` is no type: expected `,` or `]` at character 9"),
            ("int str", "`int str` is no type: expected `|` or the end at character 5"),
            ("a |", "`a |` is no type: expected a type name at character 4"),
        ] {
            assert_eq!(names(reference).expect_err(reference).to_string(), message);
        }
    }

    #[test]
    fn does_not_follow_brackets_without_end() {
        assert!(names(&"list[".repeat(100_000)).is_err());
    }
}
