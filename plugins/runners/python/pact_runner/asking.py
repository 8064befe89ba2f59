"""How tested code is asked again: what a function that answers a comparison was given, and the same question with a foil.

Reads namespaces and frames only: until a question is put, no code of a value runs.
"""

import inspect
import operator
import types

from pact_runner import foils

_mro = type.__dict__["__mro__"].__get__
_space = type.__dict__["__dict__"].__get__

NAMES = ("__eq__", "__ne__", "__contains__", "__lt__", "__le__", "__gt__", "__ge__")

_OPPOSITES = {"__lt__": operator.ge, "__ge__": operator.lt, "__gt__": operator.le, "__le__": operator.gt}

_VARARGS = inspect.CO_VARARGS


def title(cls: type) -> str:
    """Where a class says that it was made, for people."""
    parts = (_space(cls).get("__module__"), type.__dict__["__qualname__"].__get__(cls))
    # A subclass of `str` has code of its own.
    return ".".join(part for part in parts if type(part) is str)


def arguments_of(code, frame) -> list:
    """The values that a function was given without names."""
    names = code.co_varnames[: code.co_argcount]
    inside = frame.f_locals
    values = [inside[name] for name in names if name in inside]
    if code.co_flags & _VARARGS and len(values) < 2:
        values.extend(tuple.__iter__(inside[code.co_varnames[code.co_argcount + code.co_kwonlyargcount]]))
    return values


def name_of(code, value) -> str | None:
    """As which comparison of a value a function answers. Reads namespaces only: no code of the value runs."""
    if type(value) in foils.PLAIN:
        return None
    for cls in _mro(type(value)):
        if cls is object:
            continue
        space = _space(cls)
        for name in NAMES:
            if name in space and type(space[name]) is types.FunctionType and space[name].__code__ is code:
                return name
    return None


def _is_another_method(code, value) -> bool:
    """Whether a function answers as a special method that is no comparison, such as `__hash__`."""
    for cls in _mro(type(value)):
        for name, function in _space(cls).items():
            if type(function) is types.FunctionType and function.__code__ is code:
                return name.startswith("__") and name not in ("__call__", "__get__", "__getattr__", "__getattribute__")
    return False


def question_of(code, frame, name, sign, values):
    """What to ask a foil, and the value in whose place it is; none where there is nothing to ask."""
    if name is not None and len(values) == 2:
        value, other = values
        if name == "__eq__":
            return (lambda foil: value == foil), other
        if name == "__ne__":
            return (lambda foil: not (value != foil)), other
        if name == "__contains__":
            return (lambda foil: foil in value), other
        order = getattr(operator, name.strip("_"))
        opposite = _OPPOSITES[name]
        # What is both less and not less.
        return (lambda foil: order(value, foil) and opposite(value, foil)), other
    if sign not in ("==", "!=", "in") or not values or _is_another_method(code, values[0]):
        return None, None
    # A function that answers and is no method of what is compared: behind a descriptor, or an object that is called.
    inside = frame.f_locals
    cells = tuple(types.CellType(inside[name]) if name in inside else types.CellType() for name in code.co_freevars)
    function = types.FunctionType(code, frame.f_globals, code.co_name, None, cells)
    *before, other = values
    if sign == "!=":
        return (lambda foil: not function(*before, foil)), other
    return (lambda foil: function(*before, foil)), other
