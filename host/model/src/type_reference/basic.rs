//! The types that need no definition, with every name that authors give them.

/// A type of a language or its standard library.
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

impl Basic {
    /// Returns the type of a name.
    #[must_use]
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

    /// Returns its name in the grammar.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Str => "str",
            Self::Int => "int",
            Self::Float => "float",
            Self::Bool => "bool",
            Self::Complex => "complex",
            Self::Bytes => "bytes",
            Self::None => "None",
            Self::Any => "Any",
            Self::Datetime => "datetime",
            Self::Date => "date",
            Self::Time => "time",
            Self::Timedelta => "timedelta",
            Self::Decimal => "Decimal",
            Self::Uuid => "UUID",
            Self::Path => "Path",
        }
    }
}

/// A type that says what can be done with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Protocol {
    Iterable,
    Iterator,
    Generator,
    AsyncIterable,
    AsyncIterator,
    AsyncGenerator,
    Sequence,
    Mapping,
    /// Read because files of the reference have it; backends refuse it and say what to write.
    Awaitable,
    /// As [`Protocol::Awaitable`].
    Coroutine,
    /// As [`Protocol::Awaitable`].
    AsyncCallable,
}

const PROTOCOLS: [Protocol; 11] = [
    Protocol::Iterable,
    Protocol::Iterator,
    Protocol::Generator,
    Protocol::AsyncIterable,
    Protocol::AsyncIterator,
    Protocol::AsyncGenerator,
    Protocol::Sequence,
    Protocol::Mapping,
    Protocol::Awaitable,
    Protocol::Coroutine,
    Protocol::AsyncCallable,
];

impl Protocol {
    /// Returns the protocol of a name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        PROTOCOLS.into_iter().find(|protocol| protocol.name() == name)
    }

    /// Returns its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Iterable => "Iterable",
            Self::Iterator => "Iterator",
            Self::Generator => "Generator",
            Self::AsyncIterable => "AsyncIterable",
            Self::AsyncIterator => "AsyncIterator",
            Self::AsyncGenerator => "AsyncGenerator",
            Self::Sequence => "Sequence",
            Self::Mapping => "Mapping",
            Self::Awaitable => "Awaitable",
            Self::Coroutine => "Coroutine",
            Self::AsyncCallable => "AsyncCallable",
        }
    }

    /// Returns how many types it takes: the least and the most.
    pub(super) fn arity(self) -> (usize, usize) {
        match self {
            Self::Generator | Self::Coroutine => (1, 3),
            Self::AsyncGenerator | Self::AsyncCallable => (1, 2),
            Self::Mapping => (2, 2),
            _ => (1, 1),
        }
    }

    /// Answers whether its values are used up by iterating, or may be: a caller of an iterable cannot know.
    #[must_use]
    pub fn is_stream(self) -> bool {
        matches!(
            self,
            Self::Iterable
                | Self::Iterator
                | Self::Generator
                | Self::AsyncIterable
                | Self::AsyncIterator
                | Self::AsyncGenerator
        )
    }
}
