//! Codes of the types that a contract defines.

use super::{Rule, error};

pub(super) const RULES: &[Rule] = &[
    error(
        "circular-alias",
        "A list, an optional or a union that is another name for itself has no end when it is spelt out.",
        "Put a struct between: a struct may hold a list of itself.",
        "`Tree`, a list of `Tree`; mended: a struct `Tree` with `children: list[Tree]`",
    ),
    error(
        "class-with-fields",
        "Objects of a class stay in their component, so nobody outside of it sees their fields.",
        "Add methods that return what callers need, or make it a struct.",
        "a class with `fields`; mended: a class with `methods`",
    ),
    error(
        "empty-class",
        "Objects on which nothing can be called are of no use to anybody who holds one.",
        "Add methods, or make it a struct.",
        "`{\"name\": \"Book\", \"kind\": \"class\"}`",
    ),
    error(
        "empty-enum",
        "An enumeration without variants has no value, so nothing that needs one can be made.",
        "List its variants, or remove the type.",
        "`{\"name\": \"Colour\", \"kind\": \"enum\", \"variants\": []}`",
    ),
    error(
        "empty-union",
        "A choice among nothing has no value.",
        "List the types in `inner_types`.",
        "`{\"name\": \"Id\", \"kind\": \"union\", \"inner_types\": []}`",
    ),
    error(
        "endless-type",
        "To make a value of the type one needs another value of it first, so there can never be one.",
        "Make the field that leads back optional, a list or a map.",
        "a struct `Node` with a required `next: Node`; mended: `next: Node | None`",
    ),
    error(
        "malformed-type",
        "A reference that does not follow the grammar means nothing, or something else in each language.",
        "Write `str`, `list[T]`, `dict[K, V]`, `tuple[A, B]`, `T | None`, `A | B`, `Callable[[A], R]`.",
        "`dict[str]`, `Foo<int>`; mended: `dict[str, int]`, `list[int]`",
    ),
    error(
        "methods-without-class",
        "Only a class has methods and a constructor: a struct is a value, which crosses to callers as it is.",
        "Make it a class, or make the methods functions that take it.",
        "a struct with `methods`",
    ),
    error(
        "unkept-type",
        "A value keeps something that is used up by looking at it, or an object that cannot leave its component.",
        "Keep a `list[T]` in place of an iterator, and return objects of classes from functions.",
        "a field of type `Iterator[int]`; mended: `list[int]`",
    ),
    error(
        "unknown-type",
        "A name that is defined nowhere is guessed at by everybody who reads the contract.",
        "Define the type, take it from a dependency by its name, or correct the name.",
        "`\"output_type\": \"Recipt\"`; mended: `Receipt`, defined in `types`",
    ),
];
