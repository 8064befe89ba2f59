"""Values of the same kind as another and with other content, for `equality`."""

import datetime
import decimal
import enum
import types

# What nothing else is equal to by chance.
_TEXT = "a value that pact asks about"
_NUMBER = 7_919_104_729

# Fewer that are alike in kind say little; then values of other kinds have to be equal as well.
_ENOUGH = 3

PLAIN = (bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset, types.NoneType)


def holds_for_all(question, other, takes_truth: bool, with_foreign: bool = False) -> bool:
    """Whether the answer is yes for each foil in the place of `other`. An exception, also one that ends, is no yes.

    `takes_truth`: an answer that is no bool counts by its truth. `with_foreign`: values of other kinds count in any case.
    """
    alike = 0
    try:
        for foil in _alike(other):
            if not _is_yes(question(foil), takes_truth):
                return False
            alike += 1
        if alike >= _ENOUGH and _has_content(other) and not with_foreign:
            return True
        return all(_is_yes(question(foil), takes_truth) for foil in _foreign(other))
    except BaseException:
        return False


def _is_yes(answer, takes_truth: bool) -> bool:
    if type(answer) is bool:
        return answer
    # An object that is no more than true by nature may be what a comparison builds: an expression of a query, for example.
    return bool(answer) if takes_truth or type(answer) in PLAIN else False


def _has_content(other) -> bool:
    return issubclass(type(other), (int, float, complex, str, bytes, list, tuple, dict, set, frozenset)) or bool(_fields(other))


def _alike(other):
    """Values of the same kind. The nearest come first: an honest equality tells by the first that they are others."""
    kind = type(other)
    if issubclass(kind, enum.Enum):
        yield from [member for member in kind if member is not other][:4]
    elif issubclass(kind, bool):
        yield not other
    elif issubclass(kind, int):
        number = int.__index__(other)
        yield from (number + _NUMBER, -number - _NUMBER, number * 3 + 11, number + 1, int(not number))
    elif issubclass(kind, float):
        number = float.__float__(other)
        yield from (number + _NUMBER, -number - _NUMBER, number * 3.0 + 11.0, 0.5 - number, float(not number))
    elif issubclass(kind, complex):
        yield from (complex(_NUMBER, 1), complex(-1, _NUMBER), complex(11, -7))
    elif issubclass(kind, str):
        text = str.__str__(other)
        yield from (_TEXT, text + _TEXT, _TEXT + text, "", "7919") if text else (_TEXT, "0", "7919")
    elif issubclass(kind, (bytes, bytearray)):
        content = bytes(other)
        yield from (kind(content + b"7919"), kind(b"7919" + content), kind(_TEXT.encode()), *([kind()] if other else []))
    elif issubclass(kind, decimal.Decimal):
        yield from (decimal.Decimal(_NUMBER), decimal.Decimal(-_NUMBER), decimal.Decimal("0.7919"), decimal.Decimal(11))
    elif issubclass(kind, datetime.datetime):
        yield from (datetime.datetime(1907 + year, 3, 5, 7, 11, tzinfo=other.tzinfo) for year in (0, 11, 240))
    elif issubclass(kind, datetime.date):
        yield from (datetime.date(1907 + year, 3, 5) for year in (0, 11, 240))
    elif issubclass(kind, datetime.timedelta):
        yield from (datetime.timedelta(days) for days in (-7919, 7919, 104729))
    elif issubclass(kind, tuple):
        items = list(tuple.__iter__(other))
        for changed in _sequences(items):
            yield tuple.__new__(kind, changed) if len(changed) == len(items) else tuple(changed)
    elif issubclass(kind, list):
        yield from _sequences(list(list.__iter__(other)))
    elif issubclass(kind, (set, frozenset)):
        yield from (set(content) for content in ([_TEXT], [_NUMBER, _TEXT], [_NUMBER], [] if other else [_TEXT, None]))
    elif issubclass(kind, dict):
        yield {key: _other(value) for key, value in dict.items(other)} or {_NUMBER: 1}
        yield from ({_TEXT: _NUMBER}, {_NUMBER: _TEXT}, {} if other else {None: _TEXT})
    else:
        for turn in range(_ENOUGH if _fields(other) else 0):
            yield _copy(other, turn)


def _foreign(other):
    """Values of other kinds."""
    yield from (object(), types.SimpleNamespace(pact=_TEXT))
    for kind, value in ((str, _TEXT), (int, _NUMBER), (list, [_TEXT, _NUMBER]), (dict, {_TEXT: _NUMBER}), (bytes, b"7919")):
        if not issubclass(type(other), kind):
            yield value


def _sequences(items: list):
    yield [_other(item) for item in items] if items else [_TEXT]
    yield [*items, _TEXT, _NUMBER]
    yield [_TEXT, _NUMBER, *items, _TEXT]
    if items:
        yield []


def _other(value, turn: int = 0):
    """One value of the same kind with other content, or text where the kind has no other."""
    found = _TEXT + str(turn)
    for at, found in enumerate(_alike(value)):
        if at >= turn:
            break
    return found


def _fields(value) -> list[str]:
    """The fields that a class declares, as models and data classes do: values of it differ where they differ."""
    kind = type(value)
    for name in ("__pydantic_fields__", "__dataclass_fields__"):
        fields = _of_class(kind, name)
        if type(fields) is dict and fields:
            return [key for key, field in fields.items() if getattr(field, "compare", True)]
    return []


def _of_class(kind: type, name: str):
    for cls in type.__dict__["__mro__"].__get__(kind):
        space = type.__dict__["__dict__"].__get__(cls)
        if name in space:
            return space[name]
    return None


def _copy(value, turn: int):
    """A value of the same class with other content in its fields, made without its constructor."""
    kind = type(value)
    copy = object.__new__(kind)
    fields = _fields(value)
    for cls in type.__dict__["__mro__"].__get__(kind):
        for name, slot in type.__dict__["__dict__"].__get__(cls).items():
            if type(slot) is types.MemberDescriptorType:
                try:
                    content = slot.__get__(value)
                except AttributeError:
                    continue
                slot.__set__(copy, _other(content, turn) if name in fields else content)
    inside = _inside(value)
    if inside is not None:
        _inside(copy).update({name: _other(item, turn) if name in fields else item for name, item in inside.items()})
    return copy


def _inside(value) -> dict | None:
    try:
        inside = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return None
    return inside if type(inside) is dict else None
