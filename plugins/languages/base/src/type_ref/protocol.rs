//! The types that say what can be done with a value and not what it is: `collections.abc`.

/// A protocol with types in brackets.
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
}

impl Protocol {
    /// Returns the protocol of a name.
    pub fn of(name: &str) -> Option<Self> {
        Some(match name {
            "Iterable" => Self::Iterable,
            "Iterator" => Self::Iterator,
            "Generator" => Self::Generator,
            "AsyncIterable" => Self::AsyncIterable,
            "AsyncIterator" => Self::AsyncIterator,
            "AsyncGenerator" => Self::AsyncGenerator,
            "Sequence" => Self::Sequence,
            "Mapping" => Self::Mapping,
            _ => return None,
        })
    }

    /// Returns its name in `collections.abc`.
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
        }
    }

    /// Returns how many types it takes: the least and the most.
    pub(super) fn arity(self) -> (usize, usize) {
        match self {
            Self::Generator => (1, 3),
            Self::AsyncGenerator => (1, 2),
            Self::Mapping => (2, 2),
            _ => (1, 1),
        }
    }

    /// Returns whether it may be something that is used up by iterating. An iterable may: a caller cannot know.
    pub fn is_stream(self) -> bool {
        !matches!(self, Self::Sequence | Self::Mapping)
    }

    /// Returns whether it is iterated with `async for`.
    pub fn is_async(self) -> bool {
        matches!(self, Self::AsyncIterable | Self::AsyncIterator | Self::AsyncGenerator)
    }

    /// Returns whether a value of it stays with its owner and is iterated from afar. An iterable may be a list, which crosses.
    pub fn stays(self) -> bool {
        self.is_stream() && self != Self::Iterable
    }
}
