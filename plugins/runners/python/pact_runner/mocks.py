"""`unittest.mock`, as far as `equality` and `callables` have to know it: how mocks compare is no function of Python's.

As long as nobody tells it otherwise a `MagicMock` compares by identity: a proxy in its class stands for each comparison. To ask
such a proxy makes two more mocks with classes of their own, so it is not asked.
"""

import types
from unittest import mock

MOCK = mock.NonCallableMock
PROXY = mock.MagicProxy

# Runs when somebody first asks a mock for one of its comparisons by name, as `fake.__eq__.return_value = True` does.
CREATES = PROXY.create_mock.__code__

_EQUALITIES = frozenset(("__eq__", "__ne__"))

_space = type.__dict__["__dict__"].__get__
_is_kind_of_class = type.__subclasscheck__.__get__(type)


def _content() -> tuple:
    space = _space(PROXY)
    found = [space.get(name) for name in ("__get__", "create_mock")]
    return (*found, *(getattr(function, "__code__", None) for function in found))


_CONTENT = _content()


def untold() -> type | None:
    """The class of what stands for a comparison by identity; nothing when somebody changed what it does."""
    return PROXY if _content() == _CONTENT else None


def told(frame) -> type | None:
    """The class of the mock that is asked for its equality, of a frame of `CREATES`."""
    proxy = frame.f_locals.get("self")
    if type(proxy) is not PROXY:
        return None
    space = object.__getattribute__(proxy, "__dict__")
    return type(space.get("parent")) if space.get("name") in _EQUALITIES else None


def are_told_by(space: dict) -> bool:
    """Whether the code of a test module names an equality: then it is the test's business how mocks compare."""
    codes = []
    for value in list(dict.values(space)):
        members = list(_space(value).values()) if _is_kind_of_class(type(value)) else [value]
        # What was imported is another module's code.
        codes += [one.__code__ for one in members if type(one) is types.FunctionType and one.__globals__ is space]
    while codes:
        code = codes.pop()
        if not _EQUALITIES.isdisjoint(code.co_names):
            return True
        codes += [inner for inner in code.co_consts if type(inner) is types.CodeType]
    return False
