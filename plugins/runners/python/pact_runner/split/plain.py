"""Values of Python's own kinds: their nodes, and what becomes of a node.

Each is taken apart with the methods of the plain type, never with those of a subclass.
"""

import collections
import datetime
import decimal
import pathlib
import sys
import uuid

from wit_world.imports import values as wit

NONE = wit.Node_None_()
_TRUE, _FALSE = wit.Node_Boolean(True), wit.Node_Boolean(False)

# Numbers of this many bits have fewer digits than the language's own limit for reading and writing them, 4300.
_PLAIN_BITS = 14_000


class Parts:
    """A value with values in it: `build` makes its node from the nodes of its children, `label` names the place of one."""

    __slots__ = ("children", "build", "label")

    def __init__(self, children, build, label):
        self.children = children
        self.build = build
        self.label = label


def refusal(value) -> str:
    """Says that a value cannot cross, and what it is."""
    return f"a value of type `{class_name(type(value))}` cannot cross to the other instance"


def class_name(cls: type) -> str:
    """A class as people write it."""
    return cls.__qualname__ if cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__qualname__}"


def has_identity(value) -> bool:
    return type(value) not in WITHOUT_IDENTITY


WITHOUT_IDENTITY = frozenset({type(None), bool, int, float, str, bytes})


def _integer(_writer, value):
    value = int.__int__(value)
    if -(1 << 63) <= value < 1 << 63:
        return wit.Node_Integer(value)
    return _scalar(wit.ScalarKind.BIG_INTEGER, _with_all_digits(value, int.__repr__, value.bit_length()))


def _with_all_digits(value, convert, bits: int):
    if bits <= _PLAIN_BITS:
        return convert(value)
    limit = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        return convert(value)
    finally:
        sys.set_int_max_str_digits(limit)


def _text(_writer, value):
    value = str.__str__(value)
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            return wit.Node_SurrogateText(value.encode("utf-8", "surrogatepass"))
    return wit.Node_Text(value)


def _scalar(kind, text: str):
    return wit.Node_Scalar(wit.Scalar(kind, text))


def _complex(_writer, value):
    real, imaginary = complex.real.__get__(value), complex.imag.__get__(value)
    return _scalar(wit.ScalarKind.COMPLEX, f"{real!r} {imaginary!r}")


def _duration(_writer, value):
    kind = datetime.timedelta
    days, seconds = kind.days.__get__(value), kind.seconds.__get__(value)
    return _scalar(
        wit.ScalarKind.DURATION, str((days * 86_400 + seconds) * 1_000_000 + kind.microseconds.__get__(value))
    )


def _sequence(kind, iterate):
    def take(_writer, value):
        children = list(iterate(value))
        return Parts(children, lambda items: wit.Node_Sequence(wit.Sequence(kind, items)), lambda at: f"[{at}]")

    return take


def _members(kind, iterate):
    def take(_writer, value):
        children = list(iterate(value))
        return Parts(children, lambda items: wit.Node_Sequence(wit.Sequence(kind, items)), lambda at: "{…}")

    return take


def _mapping(items):
    def take(_writer, value):
        children = [part for item in items(value) for part in item]
        return Parts(
            children,
            lambda indices: wit.Node_Mapping(list(zip(indices[::2], indices[1::2]))),
            lambda at: f"[key {_short(children[at])}]" if at % 2 == 0 else f"[{_short(children[at - 1])}]",
        )

    return take


def _short(key) -> str:
    return repr(key)[:80] if type(key) in WITHOUT_IDENTITY else f"<{class_name(type(key))}>"


_WHOLE = slice(None)

TAKERS = {
    type(None): lambda _writer, _value: NONE,
    bool: lambda _writer, value: _TRUE if value else _FALSE,
    int: _integer,
    float: lambda _writer, value: wit.Node_Floating(float.__float__(value)),
    str: _text,
    bytes: lambda _writer, value: wit.Node_Bytes(bytes.__getitem__(value, _WHOLE)),
    bytearray: lambda _writer, value: wit.Node_MutableBytes(bytes(bytearray.__getitem__(value, _WHOLE))),
    decimal.Decimal: lambda _writer, value: _scalar(wit.ScalarKind.DECIMAL, decimal.Decimal.__str__(value)),
    complex: _complex,
    # A moment is a date as well: it comes first in its own ancestry.
    datetime.datetime: lambda _writer, value: _scalar(wit.ScalarKind.DATETIME, datetime.datetime.isoformat(value)),
    datetime.date: lambda _writer, value: _scalar(wit.ScalarKind.DATE, datetime.date.isoformat(value)),
    datetime.time: lambda _writer, value: _scalar(wit.ScalarKind.TIME, datetime.time.isoformat(value)),
    datetime.timedelta: _duration,
    uuid.UUID: lambda _writer, value: _scalar(wit.ScalarKind.UUID, uuid.UUID.__str__(value)),
    pathlib.PurePosixPath: lambda _writer, value: _scalar(wit.ScalarKind.PATH, pathlib.PurePosixPath.__str__(value)),
    list: _sequence(wit.SequenceKind.LIST, list.__iter__),
    tuple: _sequence(wit.SequenceKind.TUPLE, tuple.__iter__),
    set: _members(wit.SequenceKind.SET, set.__iter__),
    frozenset: _members(wit.SequenceKind.FROZEN_SET, frozenset.__iter__),
    collections.OrderedDict: _mapping(collections.OrderedDict.items),
    dict: _mapping(dict.items),
}

# Those whose identity means nothing.
PLAIN = {cls: TAKERS[cls] for cls in (type(None), bool, int, float, str, bytes)}

# What becomes of a node.

_SEQUENCES = {
    wit.SequenceKind.LIST: list,
    wit.SequenceKind.TUPLE: tuple,
    wit.SequenceKind.SET: set,
    wit.SequenceKind.FROZEN_SET: frozenset,
}


def _read_complex(text: str) -> complex:
    real, imaginary = text.split(" ")
    return complex(float(real), float(imaginary))


_SCALARS = {
    wit.ScalarKind.BIG_INTEGER: lambda text: _with_all_digits(text, int, 4 * len(text)),
    wit.ScalarKind.DECIMAL: decimal.Decimal,
    wit.ScalarKind.COMPLEX: _read_complex,
    wit.ScalarKind.DATE: datetime.date.fromisoformat,
    wit.ScalarKind.TIME: datetime.time.fromisoformat,
    wit.ScalarKind.DATETIME: datetime.datetime.fromisoformat,
    wit.ScalarKind.DURATION: lambda text: datetime.timedelta(microseconds=int(text)),
    wit.ScalarKind.UUID: uuid.UUID,
    wit.ScalarKind.PATH: pathlib.Path,
}


AS_THEY_ARE = frozenset({wit.Node_Boolean, wit.Node_Integer, wit.Node_Floating, wit.Node_Text})

READERS = {
    wit.Node_SurrogateText: lambda value, _objects: bytes(value).decode("utf-8", "surrogatepass"),
    wit.Node_Bytes: lambda value, _objects: bytes(value),
    wit.Node_MutableBytes: lambda value, _objects: bytearray(value),
    wit.Node_Scalar: lambda value, _objects: _SCALARS[value.kind](value.text),
    wit.Node_Sequence: lambda value, objects: _SEQUENCES[value.kind]([objects[item] for item in value.items]),
    wit.Node_Mapping: lambda value, objects: {objects[key]: objects[content] for key, content in value},
}
