"""Values with equalities of their own: each tells something apart, or tolerates what it says it does."""

import dataclasses
import enum
import functools
import typing

import pydantic


class Name:
    """Case does not count."""

    def __init__(self, text):
        self.text = text

    def __eq__(self, other):
        other = getattr(other, "text", other)
        return isinstance(other, str) and other.casefold() == self.text.casefold()

    def __hash__(self):
        return hash(self.text.casefold())


class Loud(str):
    def __eq__(self, other):
        return isinstance(other, str) and str.upper(self) == str.upper(other)

    __hash__ = str.__hash__


@functools.total_ordering
class Amount:
    def __init__(self, minor, currency):
        self.minor, self.currency = minor, currency

    def __eq__(self, other):
        if not isinstance(other, Amount):
            return NotImplemented
        if other.currency != self.currency:
            raise TypeError("other money")
        return self.minor == other.minor

    def __lt__(self, other):
        return self.minor < other.minor


class Near:
    def __init__(self, value, by=0.1):
        self.value, self.by = value, by

    def __eq__(self, other):
        return abs(getattr(other, "value", other) - self.value) <= self.by


class Unit:
    """Has no attributes: all of its values are one."""

    def __eq__(self, other):
        return isinstance(other, Unit)

    def __hash__(self):
        return 1


class Plus:
    """A token: where it stood does not count, only what it is."""

    def __init__(self, at):
        self.at = at

    def __eq__(self, other):
        return type(other) is Plus


class Missing:
    def __eq__(self, other):
        return other is None


class Truth:
    def __init__(self, is_true):
        self.is_true = is_true

    def __bool__(self):
        return self.is_true

    def __eq__(self, other):
        return bool(other) == self.is_true


class Highest:
    def __gt__(self, other):
        return True

    def __lt__(self, other):
        return False


class Column:
    """What it is compared with becomes an expression."""

    def __init__(self, name):
        self.name = name

    def __eq__(self, other):
        return Condition(f"{self.name} = {other!r}")

    def __gt__(self, other):
        return Condition(f"{self.name} > {other!r}")

    def __le__(self, other):
        return Condition(f"{self.name} <= {other!r}")


class Condition:
    def __init__(self, text):
        self.text = text


@dataclasses.dataclass
class Point:
    x: int
    y: int
    label: str = dataclasses.field(default="", compare=False)


@dataclasses.dataclass
class Mark:
    """No field counts."""

    at: int = dataclasses.field(default=0, compare=False)


@dataclasses.dataclass(slots=True)
class Cell:
    row: int


class Model(pydantic.BaseModel):
    name: str
    size: int = 1


class ById(pydantic.BaseModel):
    """Only the id counts."""

    id: int
    name: str

    def __eq__(self, other):
        return isinstance(other, ById) and self.id == other.id


class Pair(typing.NamedTuple):
    left: int
    right: str

    def __eq__(self, other):
        return tuple(self) == tuple(other)


class Colour(enum.Enum):
    RED = "red"
    BLUE = "blue"

    def __eq__(self, other):
        return self.value == getattr(other, "value", other)

    __hash__ = object.__hash__


class Only(enum.Enum):
    ONE = 1

    def __eq__(self, other):
        return self.value == getattr(other, "value", other)


class Even:
    """Holds all even numbers."""

    def __contains__(self, number):
        return number % 2 == 0


class Counted:
    asked = 0

    def __eq__(self, other):
        self.asked += 1
        return isinstance(other, Counted)


class Cached:
    @functools.lru_cache
    def __eq__(self, other):
        return other == 3

    def __hash__(self):
        return 3


class Dispatched:
    @functools.singledispatchmethod
    def __eq__(self, other):
        return False

    @__eq__.register
    def _(self, other: int):
        return other == 3


class Base:
    __eq__ = int.__eq__ if False else object.__eq__
    __hash__ = object.__hash__


def most(values):
    return max(values, key=lambda value: sum(value == other for other in values))
