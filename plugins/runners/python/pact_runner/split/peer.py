"""The tests' side, and the module `pact_peer` by which a rendered proxy calls, on both sides.

A proxy that stands for the component is imported by the tests; the same text stands for what the component calls where the tested
code is. The latter's questions are answered here, by the stand-ins that the tests replace.
"""

import importlib
import os
import sys
import types

from componentize_py_types import Err
from wit_world.imports import messages, peer
from wit_world.imports import values as wit
from wit_world.imports.tests import Role

from pact_runner.split import coroutines, declared, errors, handles, replay, side

# Tests take it away from `sys`.
_getframe = sys._getframe

__tracebackhide__ = True

# Every stand-in that is rendered from a contract has it: what it lists can be asked for.
_EXPORTS = "_stand_ins"


class TestsSide(side.Side):
    """Runs the tests; calls the component, and answers what that asks."""

    mine, other = wit.Side.TESTS, wit.Side.TESTED
    keeps_ends_apart = True

    def __init__(self, suite, call=None, answer=None):
        super().__init__()
        self._root = os.path.normpath(suite.root)
        self._component = suite.split.component
        self.type_modules = suite.split.type_modules
        self._call, self._answer = call or peer.call, answer or peer.answer
        self._support = {file.path for file in suite.files if file.role is Role.SUPPORT}
        self._folders = [*suite.import_paths, "."]
        self._stand_ins: dict[str, types.ModuleType] = {}
        self._waiting = coroutines.Waiting()
        self._is_answering = False
        self._unfit: list[tuple] = []

    def begin(self) -> None:
        """Lets the tests import proxies."""
        provide(self)

    def exchange(self, request: messages.Request) -> messages.Reply:
        __tracebackhide__ = True
        if self._is_answering:
            raise errors.ComponentLost(
                "a function of the tests that the component has called calls the component again: "
                "that is not possible when tests and code run in two instances"
            )
        try:
            reply = self._call(request)
            while isinstance(reply.outcome, messages.Outcome_Asks):
                self._is_answering = True
                try:
                    answered = self.answer(reply.outcome.value)
                finally:
                    self._is_answering = False
                reply = self._answer(answered)
        except Err as error:
            raise errors.ComponentLost(_lost(error.value)) from None
        return reply

    def send(self, target, name, positional, named=None, made_with=None, bind=None, may_end=False):
        __tracebackhide__ = True
        try:
            return super().send(target, name, positional, named, made_with, bind, may_end)
        finally:
            if not (isinstance(target, messages.Target_Method) and target.value[1] in ("step", "cancel")):
                self._waiting.wake()

    def find(self, function: str):
        """An export of a stand-in, as it is now: a test may have replaced it."""
        module, _, name = function.partition(".")
        stand_in = self._stand_ins.get(module) or self._find_stand_in(module)
        if stand_in is None or name not in vars(stand_in)[_EXPORTS]:
            raise errors.ComponentLost(f"the component asked for `{function}`, which no stand-in has")
        return getattr(stand_in, name)

    def _find_stand_in(self, module: str) -> types.ModuleType | None:
        # The tested code may send any name. Only a module that was rendered as a stand-in is imported for it.
        for folder in self._folders:
            path = os.path.normpath(os.path.join(folder, f"{module}.py"))
            if path in self._support and module.isidentifier():
                with open(os.path.join(self._root, path), encoding="utf-8") as file:
                    if f"\n{_EXPORTS} = {{" not in file.read():
                        continue
                found = importlib.import_module(module)
                if type(vars(found).get(_EXPORTS)) is dict:
                    self._stand_ins[module] = found
                    return found
        return None

    def name_of_class(self, value) -> str | None:
        for cls in type(value).__mro__:
            exports = getattr(sys.modules.get(cls.__module__), _EXPORTS, None)
            if type(exports) is dict and exports.get(cls.__name__) is cls:
                return f"{cls.__module__}.{cls.__name__}"
        return None

    def method(self, entry, method):
        if entry.kind is handles.Kind.COROUTINE:
            if method == "start":
                return lambda ended: coroutines.start(entry, ended)
            return lambda: entry.task is not None and entry.task.cancel()
        return super().method(entry, method)

    def replay(self, noted, objects):
        __tracebackhide__ = True
        replay.replay(noted, objects, self._root, self._component, self.declared)

    def foreign_end(self, name, message):
        if name == "pact.Gone":
            return errors.ComponentLost(message)
        return errors.ComponentRaised(f"the component raised {name.removeprefix('builtins.')}: {message}", name)

    def origin_of(self, error, original):
        return self.give(error, handles.Kind.INSTANCE, "exception")

    def original(self, value):
        return value if isinstance(value, BaseException) else None

    def read_structure(self, node, objects):
        # The types here are the contract's; those of the component's side are in its hands.
        value = super().read_structure(node, objects)
        shape = self.declared.named(node.type_name)
        if isinstance(shape, declared.Structure):
            why = shape.why_unfit(value)
            if why is not None:
                self._unfit.append((value, shape.cls.__name__, why))
        return value

    def unfit(self):
        found, self._unfit = self._unfit, []
        return found[0] if found else None

    def rest(self, value):
        # What a replacement made in place of a contract's object: its methods are called like that one's.
        return self.give(value, handles.Kind.INSTANCE, "object")

    # What the report of a failed test says about exceptions of the component.

    place_of = staticmethod(errors.place_of)
    details_of = staticmethod(errors.details_of)

    def awaited(self, handle):
        return coroutines.drive(handle, self._waiting)


class Component:
    """A component as a proxy sees it."""

    def __init__(self, own_side: side.Side, name: str):
        self._side = own_side
        self._name = name

    def call(self, function: str, positional, named=None, may_end=False):
        """Calls a function of the component. `may_end` says that its contract declares the end of an iteration as an error."""
        __tracebackhide__ = True
        name = f"{self._name}.{function}"
        return self._side.send(messages.Target_Function(name), name, positional, named, may_end=may_end)

    async def call_async(self, function: str, positional, named=None, may_end=False):
        """Calls an asynchronous function of the component and awaits it."""
        __tracebackhide__ = True
        return await self.call(function, positional, named, may_end)

    def call_stream(self, function: str, positional, named=None, may_end=False):
        """Calls a function that returns an asynchronous iterator."""
        __tracebackhide__ = True
        return self.call(function, positional, named, may_end)

    def _make(self, class_name: str, positional, named, bind) -> None:
        __tracebackhide__ = True
        name = f"{self._name}.{class_name}"
        self._side.send(messages.Target_Function(name), name, positional, named, bind=bind)


class Remote(handles.StandIn):
    """A class of a component, whose objects stay where they are."""

    def __init_subclass__(cls, component: Component | None = None, **named):
        super().__init_subclass__(**named)
        if component is not None:
            cls._pact_component = component
            component._side.remote_classes[f"{component._name}.{cls.__name__}"] = cls
            cls._pact_name = cls.__name__

    def _pact_construct(self, positional, named=None) -> None:
        __tracebackhide__ = True
        self._pact_component._make(self._pact_name, positional, named, self)

    def _pact_call(self, method: str, positional, named=None, may_end=False):
        __tracebackhide__ = True
        return self._pact_handle.call(method, positional, named, may_end)

    async def _pact_call_async(self, method: str, positional, named=None, may_end=False):
        __tracebackhide__ = True
        return await self._pact_handle.call(method, positional, named, may_end)

    _pact_call_stream = _pact_call


def provide(own_side: side.Side) -> None:
    """Makes the module `pact_peer`, by which proxies reach the other side."""

    def component(name: str, type_modules=()) -> Component:
        """The component that a proxy stands for; values of the classes of `type_modules` cross."""
        for module in (*own_side.type_modules, *type_modules):
            importlib.import_module(module)
            own_side.declared.add([module])
        own_side.proxies.add(_getframe(1).f_globals.get("__file__"))
        _getframe(1).f_globals["__tracebackhide__"] = True
        return Component(own_side, name)

    module = types.ModuleType("pact_peer")
    module.component = component
    module.Remote = Remote
    sys.modules["pact_peer"] = module


def _lost(error) -> str:
    if isinstance(error, peer.PeerError_Ended):
        return f"the component's instance has ended: {error.value}"
    return f"the component could not be called: {error.value}"
