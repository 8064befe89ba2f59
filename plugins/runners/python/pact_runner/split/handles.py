"""What stays where it is: each side owns objects, and holds stand-ins for those of the other side.

A stand-in calls its object. The same object has the same stand-in for as long as somebody holds it; what is not held any more is
released with the next request. Coroutines have no stand-in: they become coroutines, see `coroutines`.
"""

import collections.abc
import functools
import inspect
import io
import types
import weakref

from wit_world.imports import messages
from wit_world.imports import values as wit

Kind = wit.ObjectKind

_METHODS = {
    Kind.FUNCTION: {"__call__"},
    Kind.GENERATOR: {"__next__", "send", "throw", "close"},
    Kind.ASYNC_GENERATOR: {"__anext__", "asend", "athrow", "aclose"},
    Kind.COROUTINE: {"step", "cancel", "start"},
}

# A later step of these may change the arguments of the call that they come from.
_GOING_ON = {Kind.GENERATOR, Kind.ASYNC_GENERATOR, Kind.COROUTINE}

# The end of an iteration is what these are there to say.
_MAY_END = {Kind.GENERATOR: {"__next__", "send", "throw"}, Kind.ASYNC_GENERATOR: {"__anext__", "asend", "athrow"}}

# A handle has 32 bits.
_LAST_HANDLE = (1 << 32) - 1

# Begins the name of a function that has to be awaited.
_ASYNC = "async "


class Gone(BaseException):
    """A handle leads nowhere: its owner was renewed meanwhile."""


Gone.__module__ = "pact"


class Entry:
    """An object that the other side has a handle of."""

    __slots__ = ("object", "kind", "name", "made_with", "task")

    def __init__(self, value, kind, name, made_with):
        self.object = value
        self.kind = kind
        self.name = name
        # The arguments of the call that it comes from.
        self.made_with = made_with
        # Of a coroutine that has begun.
        self.task = None

    def check(self, method: str) -> None:
        """Refuses a method that this kind of object does not have for the other side."""
        methods = _METHODS.get(self.kind)
        is_known = not method.startswith("_") if methods is None else method in methods
        # An exception has a handle only to be recognised when it comes back.
        if not is_known or isinstance(self.object, BaseException):
            raise AttributeError(f"`{self.name}` has no `{method}` that could be called from the other instance")


class Owned:
    """The objects of this side that the other side has handles of."""

    def __init__(self):
        self._entries: dict[int, Entry] = {}
        self._ids: dict[int, int] = {}
        self._next = 1

    def begin_at(self, first: int) -> None:
        """Sets the first handle. No handle is given twice, so that one of an earlier time leads nowhere."""
        self._next = first

    def give(self, value, kind, name: str, made_with) -> tuple[int, Entry]:
        """The handle of an object, new if it has none yet."""
        handle = self._ids.get(id(value))
        if handle is None:
            handle = self._next
            if handle > _LAST_HANDLE:
                raise RuntimeError("there are no handles left: too many objects have been handed out to the other instance")
            self._next += 1
            self._entries[handle] = Entry(value, kind, name, made_with if kind in _GOING_ON else None)
            self._ids[id(value)] = handle
        return handle, self._entries[handle]

    def entry(self, handle: int) -> Entry:
        found = self._entries.get(handle)
        if found is None:
            raise Gone(
                "the object is gone: the component is renewed between two tests, so no test can use what an earlier one made"
            )
        return found

    def release(self, handles) -> None:
        for handle in handles:
            entry = self._entries.pop(handle, None)
            if entry is not None:
                self._ids.pop(id(entry.object), None)

    def clear(self) -> list[Entry]:
        """Drops all of them, and returns them."""
        entries = list(self._entries.values())
        self._entries.clear()
        self._ids.clear()
        return entries


class Handle:
    """Leads to an object of the other side."""

    __slots__ = ("side", "id", "kind", "name", "made_with", "stand_in", "may_end", "__weakref__")

    def __init__(self, side, id: int, kind, name: str, made_with):
        self.side = side
        self.id = id
        self.kind = kind
        self.name = name
        # The objects of the request that it comes from.
        self.made_with = made_with if kind in _GOING_ON else None
        # A weak reference to what stands for it here.
        self.stand_in = lambda: None
        # Of a coroutine: the call that made it was one of these.
        self.may_end = False

    def call(self, method: str, positional=(), named=None, may_end=False):
        return self.side.send(
            messages.Target_Method((self.id, method)),
            self.name if method == "__call__" else f"{self.name}.{method}",
            positional,
            named,
            made_with=self.made_with,
            may_end=may_end or self.may_end or method in _MAY_END.get(self.kind, ()),
        )

    def node(self):
        return wit.Node_Object(wit.ObjectHandle(self.side.other, self.id, self.kind, self.name))

    def __del__(self):
        self.side.held.dropped(self)


class Held:
    """The handles of this side, and those to be released."""

    def __init__(self):
        self._live: dict[int, weakref.ref[Handle]] = {}
        self._dropped: dict[int, None] = {}

    def handle(self, side, node: wit.ObjectHandle, made_with) -> Handle:
        known = self._live.get(node.id)
        handle = known() if known is not None else None
        if handle is None:
            self._dropped.pop(node.id, None)
            handle = Handle(side, node.id, node.kind, node.type_name, made_with)
            self._live[node.id] = weakref.ref(handle)
        return handle

    def dropped(self, handle: Handle) -> None:
        known = self._live.get(handle.id)
        if known is not None and known() in (handle, None):
            del self._live[handle.id]
            self._dropped[handle.id] = None

    def take_dropped(self) -> list[int]:
        released = list(self._dropped)
        self._dropped.clear()
        return released


class StandIn:
    """Has a handle. Base of everything that stands for an object of the other side."""

    _pact_handle: Handle

    def _pact_bind(self, handle: Handle) -> None:
        self._pact_handle = handle
        if handle.stand_in() is None:
            handle.stand_in = weakref.ref(self)

    def __repr__(self):
        return f"<{self._pact_handle.name} in the other instance>"


class Function(StandIn):
    """A function of the other side."""

    def __init__(self, handle: Handle):
        self._pact_bind(handle)
        self.__name__ = self.__qualname__ = handle.name.removeprefix(_ASYNC)
        if handle.name.startswith(_ASYNC):
            inspect.markcoroutinefunction(self)

    def __call__(self, *positional, **named):
        return self._pact_handle.call("__call__", positional, named)


class Generator(StandIn, collections.abc.Generator):
    """A generator or another iterator of the other side."""

    def __init__(self, handle: Handle):
        self._pact_bind(handle)

    def __next__(self):
        return self._pact_handle.call("__next__")

    def send(self, value):
        return self._pact_handle.call("send", (value,))

    def throw(self, error, value=None, _traceback=None):
        if isinstance(error, type):
            error = error() if value is None else value if isinstance(value, error) else error(value)
        return self._pact_handle.call("throw", (error,))

    def close(self):
        return self._pact_handle.call("close")


class AsyncGenerator(StandIn, collections.abc.AsyncGenerator):
    """An asynchronous generator or iterator of the other side. Each method returns a coroutine."""

    def __init__(self, handle: Handle):
        self._pact_bind(handle)

    def __anext__(self):
        return self._pact_handle.call("__anext__")

    def asend(self, value):
        return self._pact_handle.call("asend", (value,))

    def athrow(self, error, value=None, _traceback=None):
        if isinstance(error, type):
            error = error() if value is None else value if isinstance(value, error) else error(value)
        return self._pact_handle.call("athrow", (error,))

    def aclose(self):
        return self._pact_handle.call("aclose")


class Object(StandIn):
    """An object of the other side whose class this side does not know."""

    def __init__(self, handle: Handle):
        self._pact_bind(handle)

    def __getattr__(self, name: str):
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *positional, **named: self._pact_handle.call(name, positional, named)


def kind_of(value) -> tuple[wit.ObjectKind, str] | None:
    """As what a value can stay where it is, and the name that it gets; none where it cannot."""
    cls = type(value)
    if inspect.iscoroutine(value) or (hasattr(cls, "__await__") and not callable(value)):
        return Kind.COROUTINE, getattr(value, "__qualname__", cls.__qualname__)
    if isinstance(value, (types.GeneratorType, types.AsyncGeneratorType)):
        kind = Kind.GENERATOR if isinstance(value, types.GeneratorType) else Kind.ASYNC_GENERATOR
        return kind, value.__qualname__
    if callable(value):
        return Kind.FUNCTION, _name_of_function(value)
    if hasattr(cls, "__next__") and not isinstance(value, io.IOBase):
        return Kind.GENERATOR, cls.__qualname__
    if hasattr(cls, "__anext__"):
        return Kind.ASYNC_GENERATOR, cls.__qualname__
    return None


STAND_INS = {Kind.FUNCTION: Function, Kind.GENERATOR: Generator, Kind.ASYNC_GENERATOR: AsyncGenerator}


def _name_of_function(value) -> str:
    inner = value
    while isinstance(inner, functools.partial):
        inner = inner.func
    name = getattr(inner, "__qualname__", None)
    name = name if type(name) is str else type(inner).__qualname__
    return _ASYNC + name if inspect.iscoroutinefunction(value) else name
