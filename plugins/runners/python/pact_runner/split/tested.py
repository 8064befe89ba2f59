"""The tested side: holds the component, and calls it for the tests' side. No test, framework or result is in its instance."""

import importlib
import os
import time

from componentize_py_types import Err
from wit_world.imports import messages, peer
from wit_world.imports import values as wit

from pact_runner import prepared, suite_path
from pact_runner.place import Places
from pact_runner.split import coroutines, draws, effects, errors, handles, modules, peer as proxies, side, tracebacks

# So many handles for each microsecond of the clock: two instances that serve one after the other give different ones.
_HANDLES_PER_MICROSECOND = 4096


class TestedSide(side.Side):
    """Serves one component."""

    mine, other = wit.Side.TESTED, wit.Side.TESTS

    def __init__(self, serving, ask=None, begin_import=None):
        super().__init__()
        self._serving = serving
        self.type_modules = serving.type_modules
        self._ask = ask or peer.ask
        self._begin_import = begin_import or peer.begin_import
        self._root = os.path.normpath(serving.root)
        self._component = serving.module
        self._exports = {name.removeprefix(f"{serving.module}.") for name in serving.exports}
        self._places = Places(self._root, self)
        # Nothing of pytest's is alive where the tested code runs.
        prepared.discard()
        suite_path.enter(self._root, serving.import_paths, serving.packages)
        self._modules = modules.Modules(serving.packages)
        self._effects = effects.Recorder(self._places)
        self._draws = draws.Draws()
        # Made here and not when it is needed: its constructor asks the clock.
        self._loop = coroutines.Loop()
        self._implementation = None
        self._is_ready = False
        first = time.monotonic_ns() // 1000 * _HANDLES_PER_MICROSECOND
        self.owned.begin_at(first % (1 << 31) + 1)

    def serve(self) -> messages.Reply:
        """Imports the component for the first time."""
        self._effects.install()
        return self._reply_of(self._load)

    def reset(self) -> messages.Reply:
        """Imports the component anew."""
        return self._reply_of(self._load)

    def close(self) -> None:
        """Puts back what was there before."""
        self._drop()
        self._effects.remove()
        self._draws.remove()
        self._modules.close()

    def _reply_of(self, work) -> messages.Reply:
        failure = None
        try:
            work()
        except BaseException as error:
            failure = error
        reply = self.reply(None, failure, None, self._component)
        self._draws.tell()
        return reply

    def answer(self, request: messages.Request) -> messages.Reply:
        reply = super().answer(request)
        self._draws.tell()
        return reply

    def _load(self) -> None:
        is_first = not self._is_ready
        if self._is_ready:
            self._drop()
            self._effects.install()
        else:
            proxies.provide(self)
            for name in self._serving.type_modules:
                importlib.import_module(name)
            self.declared.add(self._serving.type_modules)
            self._modules.note(self._serving.type_modules)
            self._is_ready = True
        self._draws.begin(self._serving.seed)
        # The runner's own work is done: what happens from here on is the component's doing.
        self._begin_import()
        self._implementation = self._modules.run(self._component)
        if is_first:
            self._modules.learn()

    def _drop(self) -> None:
        self._implementation = None
        self.owned.clear()
        self.takers.clear()
        self.remote_classes.clear()
        if self._loop.is_used:
            self._loop.discard()
            self._loop = coroutines.Loop()
        if self._is_ready:
            self._modules.restore()

    def exchange(self, request: messages.Request) -> messages.Reply:
        try:
            return self._ask(request)
        except Err as error:
            raise errors.ComponentLost(f"the tests' side could not be asked: {error.value.value}") from None

    def find(self, function: str):
        component, _, name = function.partition(".")
        if component != self._component or name not in self._exports:
            raise AttributeError(f"`{function}` is not in the contract of `{self._component}`")
        return getattr(self._implementation, name)

    def name_of_class(self, value) -> str | None:
        for cls in type(value).__mro__:
            name = cls.__name__
            if name in self._exports and getattr(self._implementation, name, None) is cls:
                return f"{self._component}.{name}"
        return None

    def method(self, entry, method):
        if entry.kind is handles.Kind.COROUTINE:
            work = coroutines.cancel if method == "cancel" else coroutines.step
            return lambda now_ns: work(entry, self._loop, now_ns)
        return super().method(entry, method)

    def effects(self, writer):
        return self._effects.take(writer)

    def place_and_detail(self, error):
        return self._places.of_error(error), tracebacks.short(error, self._places)

    def foreign_end(self, name, message):
        return errors.TestsRaised(f"{name.removeprefix('builtins.')}: {message}")

    def origin_of(self, error, original):
        return original._pact_handle.node() if isinstance(original, handles.StandIn) else None

    @staticmethod
    def place_of(_error):
        return None

    def awaited(self, handle):
        return coroutines.await_other(handle)

    def unknown_object(self, handle):
        return handles.Object(handle)
