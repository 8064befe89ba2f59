"""Finds classes whose equality is no function of Python's, which `equality` does not see begin, and asks a blank value."""

import gc
import itertools
import types

from pact_runner import foils, mocks

_NAMES = ("__eq__", "__ne__")

# What a class can get without a function of its own: the equality of a builtin type.
_OF_BUILTINS = (types.WrapperDescriptorType, types.MethodDescriptorType)

_BASES = (object, int, str, float, bytes, list, tuple, dict, set, frozenset, complex, BaseException)

# A value in whose place foils of every kind are asked about.
_OPEN = object()

_mro = type.__dict__["__mro__"].__get__
_space = type.__dict__["__dict__"].__get__


def liar_among_new_classes(dismissed, spaces) -> type | None:
    """The first class made in this run whose blank values are equal to everything.

    `dismissed` has the identities of the code that `equality` no longer sees begin. What was there at build time is frozen:
    the collector does not list it. `spaces` are the namespaces of test modules: their mocks compare as they are told.
    """
    untold = mocks.untold()
    values = gc.get_objects()
    # Without a loop of Python's: there are tens of thousands of objects.
    for cls in itertools.compress(values, map(_is_kind_of_class, map(type, values))):
        space = _space(cls)
        if any(name in space and _is_unusual(name, space[name], dismissed, untold) for name in _NAMES):
            if lies(cls, spaces):
                return cls
    return None


_is_kind_of_class = type.__subclasscheck__.__get__(type)


def _is_unusual(name: str, found, dismissed, untold: type | None) -> bool:
    if found is None or type(found) is untold:
        return False
    if type(found) is types.FunctionType:
        return id(found.__code__) in dismissed
    return type(found) not in _OF_BUILTINS or found.__name__ != name


def lies(cls: type, spaces) -> bool:
    """Whether a blank value of a class is equal to everything, and no test has told it to."""
    return _is_equal_to_all(cls) and not (mocks.MOCK in _mro(cls) and any(map(mocks.are_told_by, spaces)))


def _is_equal_to_all(cls: type) -> bool:
    for base in _BASES:
        if base in _mro(cls):
            try:
                blank = base.__new__(cls)
            except Exception:
                continue
            answers = [(lambda foil: blank == foil), (lambda foil: not (blank != foil))]
            return any(foils.holds_for_all(answer, _OPEN, takes_truth=True) for answer in answers)
    return False
