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
        ("Iterator[int]", "collections.abc.Iterator[int]"),
        ("collections.abc.AsyncIterator[X]", "collections.abc.AsyncIterator[X]"),
        ("Generator[int]", "collections.abc.Generator[int, None, None]"),
        ("Generator[int, str, bool]", "collections.abc.Generator[int, str, bool]"),
        ("Mapping", "collections.abc.Mapping[typing.Any, typing.Any]"),
        ("Callable[[A, int | None], str]", "collections.abc.Callable[[A, int | None], str]"),
        ("Callable[..., str]", "collections.abc.Callable[..., str]"),
        ("typing.Callable", "collections.abc.Callable[..., typing.Any]"),
        ("Sequence[complex]", "collections.abc.Sequence[complex]"),
        ("pathlib.Path", "pathlib.Path"),
    ] {
        assert_eq!(spelt(written), expected, "{written}");
    }
    let date = TypeRef::parse("list[date]").expect("it parses");
    assert_eq!(date.spell(Spelling::Private), "list[_datetime.date]");
    let rows = TypeRef::parse("Iterator[Path]").expect("it parses");
    assert_eq!(rows.spell(Spelling::Private), "_collections_abc.Iterator[_pathlib.Path]");
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
        "Iterator[int, int]",
        "Mapping[str]",
        "Generator[int, int, int, int]",
        "Callable[int, int]",
        "Callable[[int]]",
    ] {
        assert!(matches!(TypeRef::parse(text), Err(TypeRefError::Malformed(_))), "{text}");
    }
    assert!(matches!(TypeRef::parse(&"list[".repeat(10_000)), Err(TypeRefError::Malformed(_))));
}

#[test]
fn says_why_a_type_cannot_be_promised() {
    assert_eq!(
        TypeRef::parse("Awaitable[int]"),
        Err(TypeRefError::Unsupported("`Awaitable[int]`: use `is_async` of the function".to_owned()))
    );
}

#[test]
fn knows_what_is_used_up_by_iterating() {
    let parse = |text| TypeRef::parse(text).expect("it parses");
    for text in
        ["Iterator[int]", "list[Iterable[int]]", "Callable[[Generator[int]], None]", "AsyncIterator[int] | None"]
    {
        assert!(parse(text).has_stream(), "{text}");
    }
    for text in ["Sequence[int]", "Mapping[str, int]", "Callable[[int], int]"] {
        assert!(!parse(text).has_stream(), "{text}");
    }
    assert!(parse("AsyncGenerator[int]").is_async_stream());
    assert!(!parse("Generator[int]").is_async_stream());
}
