"""Exceptions: taken apart where they were raised, raised again on the other side.

An exception arrives as the first of its classes that both sides know: those that the contract declares, and those of Python and
its standard library that are an `Exception`. What is none of these arrives as a `BaseException` of the runner's, so that code
which raises `SystemExit` or pytest's own outcomes cannot end or skip a test, and no `except Exception` hides it.
"""

import asyncio
import sys
import types

import pydantic_core
from wit_world.imports import messages
from wit_world.imports import values as wit

from pact_runner.split import declared, plain, values
from pact_runner.telling import carried


class ComponentRaised(BaseException):
    """The component raised something that is no `Exception` and that its contract does not declare."""

    def __init__(self, message: str, class_name: str):
        super().__init__(message)
        self.class_name = class_name


class ComponentLost(BaseException):
    """Nobody answers: the component's instance has ended, or sent something malformed."""


class TestsRaised(BaseException):
    """A function of the tests raised something that is no `Exception`. It passes through the component on its way back."""


for _class in (ComponentRaised, ComponentLost, TestsRaised):
    _class.__module__ = "pact"

# Attributes that the interpreter keeps outside of `__dict__`.
_INNER = [
    (OSError, ("errno", "strerror", "filename", "filename2")),
    (ImportError, ("name", "path", "name_from")),
    (NameError, ("name",)),
    (AttributeError, ("name",)),
    (SyntaxError, ("msg", "filename", "lineno", "offset", "text", "end_lineno", "end_offset")),
    (UnicodeError, ("encoding", "object", "start", "end", "reason")),
    (StopIteration, ("value",)),
]

# Names that no attribute can have.
_ARGUMENTS, _ORIGIN, _TITLE, _LINES = "%arguments", "%origin", "%title", "%lines"

# Where the tests' side keeps what it was told about an exception, for the report.
PLACE, DETAIL = "__pact_place__", "__pact_detail__"
# Where the tested side keeps the handle of the exception that a function of the tests raised.
_ORIGINAL = "__pact_original__"

_LANGUAGE: dict[str, type] = {}

# pytest takes exceptions of these modules for orders to it.
_OF_FRAMEWORKS = {"unittest", "bdb", "pdb", "doctest"}


def remember_classes() -> None:
    """Notes the exceptions of the language and its standard library: those that are loaded when the snapshot is taken."""
    found = [BaseException]
    for cls in found:
        found.extend(type.__subclasses__(cls))
        module = cls.__module__.partition(".")[0]
        is_of_language = (module == "builtins" or module in sys.stdlib_module_names) and module not in _OF_FRAMEWORKS
        # Some modules exist twice, in C and in Python, under one name: the one is meant that an import gives.
        if is_of_language and getattr(sys.modules.get(cls.__module__), cls.__name__, None) is cls:
            _LANGUAGE[_name(cls)] = cls
    _LANGUAGE[_name(pydantic_core.ValidationError)] = pydantic_core.ValidationError


def warning_class(name: str) -> type:
    """The class of a warning by its name; `UserWarning` where it is not one of the language."""
    cls = _LANGUAGE.get(name)
    return cls if cls is not None and issubclass(cls, Warning) else UserWarning


def known_name(cls: type) -> str:
    """The name of the nearest ancestor that is a class of the language."""
    return next(name for base in cls.__mro__ if _LANGUAGE.get(name := _name(base)) is base)


def describe(error: BaseException, writer: values.Writer, place=None, detail: str = "") -> messages.Raised:
    """Takes an exception apart."""
    arguments, attributes = _parts(error, writer)
    classes = [carried(_name(cls)) for cls in type(error).__mro__ if cls is not object]
    return messages.Raised(classes, message_of(error), arguments or [], attributes, place, carried(detail))


def restore(raised: messages.Raised, objects: list, side) -> BaseException:
    """Makes the exception that the other side raised."""
    attributes = {name: objects[index] for name, index in raised.attributes}
    original = side.original(attributes.get(_ORIGIN))
    if original is not None:
        return original
    for name in raised.classes:
        cls = _class_for(name, side)
        if cls is not None:
            is_itself = name == raised.classes[0]
            try:
                error = _make(cls, [objects[index] for index in raised.arguments], attributes, raised.message, is_itself)
            except Exception:
                continue  # Its ancestor takes any arguments.
            break
        if name in _LANGUAGE:
            error = side.foreign_end(raised.classes[0], raised.message)
            break
    else:
        error = side.foreign_end("".join(raised.classes[:1]), raised.message)
    if _ORIGIN in attributes:
        error.__dict__[_ORIGINAL] = attributes[_ORIGIN]
    if raised.place is not None:
        error.__dict__[PLACE] = raised.place
    if raised.detail:
        error.__dict__[DETAIL] = raised.detail
    return error


def without_end(error: BaseException, name: str, raised: messages.Raised, objects: list, side) -> BaseException:
    """Takes the place of what a call raised if that is the end of an iteration: raised by what is no iterator it would end a loop
    of the caller's without a word, as it would inside of a generator (PEP 479). What a function of this side raised stays."""
    if not isinstance(error, (StopIteration, StopAsyncIteration)):
        return error
    if any(key == _ORIGIN and side.original(objects[index]) is error for key, index in raised.attributes):
        return error
    instead = RuntimeError(f"{name} raised {type(error).__name__}")
    instead.__dict__.update((key, error.__dict__[key]) for key in (PLACE, DETAIL) if key in error.__dict__)
    instead.__cause__ = error
    return instead


def take(writer: values.Writer, error: BaseException):
    """Takes an exception apart that is passed as a value, not raised."""
    name = next(
        (name for base in type(error).__mro__ if _class_for(name := _name(base), writer.side) is base), "builtins.BaseException"
    )
    arguments, attributes = _parts(error, writer)
    if arguments is None:
        arguments = [writer.put(None, wit.Node_Text(message_of(error)))]
    listed = writer.put(None, wit.Node_Sequence(wit.Sequence(wit.SequenceKind.TUPLE, arguments)))
    return wit.Node_Structure(wit.Structure(name, [(_ARGUMENTS, listed), *attributes]))


def read_value(node: wit.Structure, objects: list, side) -> BaseException:
    """Makes an exception that was passed as a value."""
    attributes = {name: objects[index] for name, index in node.fields}
    original = side.original(attributes.get(_ORIGIN))
    if original is not None:
        return original
    cls = _class_for(node.type_name, side)
    arguments = attributes.pop(_ARGUMENTS)
    if cls is None:
        error = side.foreign_end(node.type_name, ", ".join(map(str, arguments)))
    else:
        error = _make(cls, list(arguments), attributes, "", True)
    if _ORIGIN in attributes:
        error.__dict__[_ORIGINAL] = attributes[_ORIGIN]
    return error


def is_error(name: str, side) -> bool:
    """Whether a name is that of an exception, so that a structure of that name is one."""
    return name in _LANGUAGE or isinstance(side.declared.named(name), declared.Error)


def message_of(error: BaseException) -> str:
    """What an exception says, whatever its class does when asked."""
    try:
        return carried(str(error))
    except Exception:
        return f"<{plain.class_name(type(error))} that cannot be printed>"


plain.TAKERS[BaseException] = take


def _name(cls: type) -> str:
    return f"{cls.__module__}.{cls.__qualname__}"


def _class_for(name: str, side) -> type | None:
    shape = side.declared.named(name)
    if isinstance(shape, declared.Error):
        return shape.cls
    cls = _LANGUAGE.get(name)
    return cls if cls is not None and issubclass(cls, Exception) else None


def _parts(error: BaseException, writer: values.Writer) -> tuple[list[int] | None, list[tuple[str, int]]]:
    """Arguments (none where one of them cannot cross) and attributes."""
    found = [(name, value) for name, value in error.__dict__.items() if _is_carried(name)]
    for cls, names in _INNER:
        if isinstance(error, cls):
            found.extend((name, getattr(error, name, None)) for name in names)
    if type(error) is pydantic_core.ValidationError:
        found = [(_TITLE, error.title), (_LINES, [_line(line, writer) for line in error.errors(include_url=False)])]
    attributes = []
    with writer.inside(error):
        for name, value in found:
            index = writer.try_add(value)
            if index is not None:
                attributes.append((name, index))
        arguments = [writer.try_add(argument) for argument in error.args]
    origin = writer.side.origin_of(error, error.__dict__.get(_ORIGINAL))
    if origin is not None:
        attributes.append((_ORIGIN, writer.put(error, origin)))
    return (None if None in arguments else arguments), attributes


def _is_carried(name) -> bool:
    return type(name) is str and name.isidentifier() and (name == "__notes__" or not name.startswith("__"))


def _make(cls: type, arguments: list, attributes: dict, message: str, is_itself: bool) -> BaseException:
    if cls is pydantic_core.ValidationError:
        return _validation_error(attributes, message)
    new = next(new for base in cls.__mro__ if type(new := base.__dict__.get("__new__")) is types.BuiltinFunctionType)
    error = new(cls, *arguments)
    # The interpreter's own classes keep a part of their arguments; a class written in Python has done what it does.
    init = next(init for base in cls.__mro__ if type(init := base.__dict__.get("__init__")) is types.WrapperDescriptorType)
    try:
        init(error, *arguments)
    except (TypeError, ValueError):
        pass  # Some of its arguments could not cross.
    error.args = tuple(arguments)
    for name, value in attributes.items():
        if _is_carried(name) and not _set_inner(error, name, value):
            error.__dict__[name] = value
    # An ancestor stands for the class: what that one says has to come from the arguments.
    if (not is_itself or not arguments) and message and message_of(error) != message:
        error.args = (message,)
    return error


def _set_inner(error: BaseException, name: str, value) -> bool:
    if not any(isinstance(error, cls) and name in names for cls, names in _INNER):
        return False
    try:
        setattr(error, name, value)
    except (AttributeError, TypeError):
        pass
    return True


def _line(line: dict, writer: values.Writer) -> dict:
    """One error of pydantic, with what cannot cross as text."""
    kept = {"type": line["type"], "loc": line["loc"], "msg": line["msg"], "input": _carried_or_text(line["input"], writer)}
    if "ctx" in line:
        kept["ctx"] = {name: _carried_or_text(value, writer) for name, value in line["ctx"].items()}
    return kept


def _carried_or_text(value, writer: values.Writer):
    return value if writer.try_add(value) is not None else repr(value)


def _validation_error(attributes: dict, message: str) -> BaseException:
    title, lines = attributes.get(_TITLE, ""), attributes.get(_LINES) or []
    try:
        details = [{key: line[key] for key in ("type", "loc", "input", "ctx") if key in line} for line in lines]
        return pydantic_core.ValidationError.from_exception_data(title, details)
    except (KeyError, TypeError, ValueError):
        custom = [
            {
                "type": pydantic_core.PydanticCustomError(line["type"], line["msg"].replace("{", "{{").replace("}", "}}")),
                "loc": line["loc"],
                "input": line["input"],
            }
            for line in lines
        ]
        return pydantic_core.ValidationError.from_exception_data(title or message, custom)


def is_cancellation(error: BaseException) -> bool:
    """Whether the component's coroutine ended by being cancelled."""
    return isinstance(error, ComponentRaised) and error.class_name == _name(asyncio.CancelledError)


def place_of(error: BaseException):
    """Where the component raised an exception, if it did."""
    return error.__dict__.get(PLACE)


def details_of(error: BaseException | None) -> list[str]:
    """The component's tracebacks of an exception and of those that led to it."""
    found, seen = [], set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if DETAIL in error.__dict__:
            found.append(error.__dict__[DETAIL])
        error = error.__cause__ or error.__context__
    return found
