use super::*;

fn found(reference: &str) -> Vec<String> {
    names(reference).expect("a type").into_iter().collect()
}

#[test]
fn finds_names_at_every_depth() {
    assert_eq!(found("list[dict[str, Bar | None]]"), ["Bar"]);
    assert_eq!(found("list[int] | list[Foo]"), ["Foo"]);
    assert_eq!(found("Callable[[Order, int], Money]"), ["Money", "Order"]);
    assert_eq!(found("tuple['Later', ...]"), ["Later"]);
    assert_eq!(found("AsyncIterator[Path | complex]"), [] as [&str; 0]);
}

#[test]
fn what_authors_write_is_spelt_in_one_way() {
    for (written, expected) in [
        ("string", "str"),
        (" List['Account'] ", "list[Account]"),
        ("typing.Optional[X]", "X | None"),
        ("None | X | None", "X | None"),
        ("Union[A, Optional[B], C]", "A | B | C | None"),
        ("dict", "dict[Any, Any]"),
        ("tuple[int, ...]", "tuple[int, ...]"),
        ("tuple[()]", "tuple[()]"),
        ("datetime.datetime", "datetime"),
        ("Optional[Any]", "Any"),
        ("Union[int, int]", "int"),
        ("collections.abc.AsyncIterator[X]", "AsyncIterator[X]"),
        ("Mapping", "Mapping[Any, Any]"),
        ("Callable[[], str]", "Callable[[], str]"),
        ("Callable[..., str]", "Callable[..., str]"),
        ("Literal['a', \"b|c\", 3, None]", "Literal[\"a\", \"b|c\", 3, null]"),
        ("frozenset[int] | set[int]", "frozenset[int] | set[int]"),
    ] {
        let read = TypeRef::parse(written).expect(written);
        assert_eq!(read.to_string(), expected, "{written}");
        assert_eq!(TypeRef::parse(expected).as_ref(), Ok(&read), "{expected} is read as itself");
    }
}

#[test]
fn says_where_the_grammar_ends() {
    for (reference, message) in [
        ("", "`` is no type: expected a type name at character 1"),
        ("list[int", "`list[int` is no type: expected `,` or `]` at character 9"),
        ("int str", "`int str` is no type: expected `|` or the end at character 5"),
        ("a |", "`a |` is no type: expected a type name at character 4"),
        ("list[a.B]", "`list[a.B]` is no type: expected a type without a module at character 6"),
        ("dict[str]", "`dict[str]` is no type: expected two types in the brackets at character 1"),
    ] {
        assert_eq!(TypeRef::parse(reference).expect_err(reference).to_string(), message);
    }
}

#[test]
fn refuses_what_is_not_in_the_grammar() {
    for text in [
        "[A, B]",
        "list[int, int]",
        "f(x)",
        "1",
        "A & B",
        "Account[int]",
        "Optional",
        "Iterator[int, int]",
        "Generator[int, int, int, int]",
        "Callable[int, int]",
        "Callable[[int]]",
        "list[]",
        "list['a b']",
        "Literal[x]",
        "list[...]",
    ] {
        assert!(TypeRef::parse(text).is_err(), "{text}");
    }
}

#[test]
fn does_not_follow_brackets_without_end() {
    assert!(TypeRef::parse(&"list[".repeat(100_000)).is_err());
    assert!(TypeRef::parse(&"list[".repeat(150)).is_err());
    assert!(TypeRef::parse(&format!("{}int{}", "list[".repeat(32), "]".repeat(32))).is_ok());
    assert!(TypeRef::parse("\"'\"'\"'").is_err());
}

#[test]
fn knows_what_is_used_up_by_iterating() {
    let stream = |text| TypeRef::parse(text).expect("a type").stream();
    assert_eq!(stream("Callable[[Generator[int]], None]"), Some(Protocol::Generator));
    assert_eq!(stream("Sequence[int] | Mapping[str, int]"), None);
}
