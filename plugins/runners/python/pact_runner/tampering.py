"""Notices when tested code that shares the interpreter has changed pytest, the runner, or what tests measure with.

What counts is identity. The interpreter counts the changes of what is watched, so that a test after which nothing has changed
costs no look. Not a wall: code can also change this. It names what is common: an attribute or the code of a function that was
replaced, a plugin that was added, a tracer, a test function that is not the one that was collected.
"""

import asyncio
import asyncio.runners
import builtins
import datetime
import gc
import operator
import os
import random
import sys
import time
import types

import pydantic
from pact_native import touches, watch
from wit_world.imports.tests import Role

from pact_runner import equality

_FRAMEWORK = (
    "_pytest._code.code _pytest.approx _pytest.assertion _pytest.assertion.rewrite _pytest.fixtures _pytest.main _pytest.nodes "
    "_pytest.outcomes _pytest.python _pytest.raises _pytest.reports _pytest.runner _pytest.skipping _pytest.subtests "
    "_pytest.unittest pytest pluggy._callers pluggy._hooks pluggy._manager pluggy._result pact_runner.asking "
    "pact_runner.callables pact_runner.foils pact_runner.equality pact_runner.missing pact_runner.observer pact_runner.outcome "
    "pact_runner.place pact_runner.sources pact_runner.tampering pact_runner.telling "
    "wit_world.imports.observe"
).split()

# The hooks by which a test is run and reported.
_HOOKS = (
    "pytest_collection_modifyitems pytest_exception_interact pytest_fixture_post_finalizer pytest_fixture_setup "
    "pytest_pyfunc_call pytest_runtest_call pytest_runtest_logreport pytest_runtest_makereport pytest_runtest_protocol "
    "pytest_runtest_setup pytest_runtest_teardown pytest_runtestloop"
).split()

# As many tests of a suite can be canaries, at most.
_CANARIES = 3

# What a test measures with. Honest tests replace parts of it, and put them back before they end.
_MEASURES = [builtins, time, random, datetime, asyncio, asyncio.runners, asyncio.runners.Runner, pydantic.BaseModel]

_baseline: list["_Spaces"] = []


def prepare() -> None:
    """Notes at build time what nothing has changed yet."""
    modules = [sys.modules[name] for name in _FRAMEWORK if name in sys.modules]
    _baseline[:] = [_Spaces(modules, with_classes=True), _Spaces(_MEASURES, with_classes=False)]
    watch([content for spaces in _baseline for content in spaces.contents])


class _Spaces:
    """Names and what they stand for, in modules and classes, and the code of the functions among them."""

    def __init__(self, holders, with_classes: bool):
        self._holders = list(holders)
        if with_classes:
            for holder in holders:
                own = (cls for cls in vars(holder).values() if isinstance(cls, type) and cls.__module__ == holder.__name__)
                self._holders.extend(dict.fromkeys(own))
        self.contents = [_dictionary_of(holder) for holder in self._holders]
        functions = {}
        for content in self.contents:
            for value in content.values():
                function = getattr(value, "__func__", getattr(value, "fget", value))
                if type(function) is types.FunctionType:
                    functions[id(function)] = function
        self._functions = list(functions.values())
        self._names = [[] for _ in self.contents]
        self._values = [[] for _ in self.contents]
        self._codes: list[types.CodeType] = []
        self._touches = -1
        self.accept()

    def accept(self) -> None:
        """What it is now is what it has to stay."""
        if self._touches == touches():
            return
        self._note()
        if not self._has_its_codes():
            self._codes = list(map(_code_of, self._functions))

    def changes(self):
        """Each name that stands for something else now: the holder, the name, and what it was replaced by."""
        if self._touches == touches():
            return
        for holder, content, names, values in zip(self._holders, self.contents, self._names, self._values):
            if _has(content, values):
                continue
            before = dict(zip(names, values))
            for name, value in list(content.items()):
                if before.get(name, self) is not value and _counts(holder, name, before.get(name), value):
                    yield holder, name, value
            for name in before.keys() - content.keys():
                yield holder, name, None
        if not self._has_its_codes():
            for function, code in zip(self._functions, self._codes):
                if function.__code__ is not code:
                    yield None, f"{function.__module__}.{function.__qualname__}", function
        # What does not count is not looked at again.
        self._note()

    def _note(self) -> None:
        for place, content in enumerate(self.contents):
            if not _has(content, self._values[place]):
                self._names[place], self._values[place] = list(content), list(content.values())
        self._touches = touches()

    def _has_its_codes(self) -> bool:
        return bool(self._codes) and all(map(operator.is_, map(_code_of, self._functions), self._codes))


def _has(content: dict, values: list) -> bool:
    """Whether a dictionary still has these values. Without a loop of Python's: most have."""
    return len(content) == len(values) and all(map(operator.is_, content.values(), values))


def _counts(holder, name: str, before, now) -> bool:
    """Whether a change changes what is done. Modules and classes also keep data, and the interpreter annotations."""
    if name.startswith("__annotat"):
        return False
    return isinstance(before, _CODE) or (isinstance(holder, type) and hasattr(type(now), "__get__"))


_CODE = (type, types.FunctionType, types.BuiltinFunctionType, types.MethodType, classmethod, staticmethod, property)

_code_of = operator.attrgetter("__code__")


def _dictionary_of(holder) -> dict:
    names = vars(holder)
    # A class shows a view of it.
    return names if type(names) is dict else gc.get_referents(names)[0]


class Watch:
    """Watches a session in which tests and tested code share the interpreter."""

    def __init__(self, root: str, files):
        self._prefix = root.rstrip("/") + "/"
        self._tests = {os.path.join(root, file.path) for file in files if file.role is Role.TEST}
        self._equalities = equality.Equalities(self._prefix, self._tests)
        self._framework, self._measures = _baseline
        # What the runner itself has put in place for this session.
        self._framework.accept()
        self._items: dict[object, tuple] = {}
        self._manager = None
        self._count = 0

    def begin(self, manager) -> None:
        """Collection begins: the settings, plugins and conftest.py of the suite are loaded."""
        self._manager = manager
        self._call = manager._inner_hookexec
        self._plugins = set(map(id, manager.get_plugins()))
        self._note_hooks()
        self._tracers = _tracers()
        self._framework.accept()
        self._measures.accept()

    def collected(self, items) -> str | None:
        """Collection has ended. Returns what was changed meanwhile."""
        found = self._changed() or self._measured() or self._equalities.collected()
        self._note_hooks()
        self._items = {item: _function_of(item) for item in items}
        return found

    def before(self, item) -> str | None:
        """A test is about to begin."""
        self._count += 1
        return self._exchanged(item)

    def before_report(self, item) -> str | None:
        """The test function has run, and pytest is about to say how it ended."""
        if "runtest" in item.__dict__:
            return "the test was replaced: its item has a `runtest` of its own"
        return self._exchanged(item) or self._changed()

    def after(self) -> str | None:
        """A test has ended, its fixtures too."""
        # Not at the last one alone: it could be a canary, of which a failure is expected.
        is_near_the_end = self._count + _CANARIES >= len(self._items)
        # A look goes through all objects, of which there are more with every test: so not at each so many tests.
        is_power_of_two = self._count & (self._count - 1) == 0
        return self._equalities.found(in_classes=is_near_the_end or is_power_of_two) or self._measured()

    def _exchanged(self, item) -> str | None:
        before, now = self._items.get(item), _function_of(item)
        if before is None or (before[0] is now[0] and before[1] is now[1]):
            return None
        return "the test function is not the one that was collected"

    def _changed(self) -> str | None:
        for holder, name, value in self._framework.changes():
            if not self._is_of_tests(value):
                return f"pytest was changed: `{_dotted(holder, name)}` was replaced{self._by(value)}"
        if self._manager is None:
            return None
        if self._manager._inner_hookexec is not self._call:
            return f"pytest was changed: the way it calls hooks was replaced{self._by(self._manager._inner_hookexec)}"
        for plugin in self._manager.get_plugins() if len(self._manager.get_plugins()) != len(self._plugins) else ():
            if id(plugin) not in self._plugins:
                self._plugins.add(id(plugin))
                if not self._is_of_tests(plugin):
                    return f"a plugin was added to pytest while tests were collected or run{self._by(type(plugin))}"
        return self._hooks_changed() or self._traced()

    def _measured(self) -> str | None:
        for holder, name, value in self._measures.changes():
            if self._is_tested(value):
                return f"`{_dotted(holder, name)}` was replaced{self._by(value)}"
        return None

    def _traced(self) -> str | None:
        now = _tracers()
        if all(map(operator.is_, now, self._tracers)) and equality.is_watching():
            return None
        return "a tracer, profiler or monitor was installed, which can change what pytest does"

    def _note_hooks(self) -> None:
        callers = [getattr(self._manager.hook, name) for name in _HOOKS]
        self._hooks = [(caller, caller._hookimpls, list(caller._hookimpls)) for caller in callers]

    def _hooks_changed(self) -> str | None:
        for caller, impls, before in self._hooks:
            now = caller._hookimpls
            if now is impls and len(now) == len(before) and all(map(operator.is_, now, before)):
                continue
            lost = [impl for impl in before if impl not in now]
            if lost or any(not self._is_of_tests(impl.plugin) for impl in now if impl not in before):
                return f"pytest was changed: the implementations of `{caller.name}` are others"
        self._note_hooks()
        return None

    def _file_of(self, value) -> str | None:
        """The file of the code that a value runs, where it tells."""
        if isinstance(value, types.ModuleType):
            return getattr(value, "__file__", None)
        value = getattr(value, "__func__", getattr(value, "fget", value))
        if isinstance(value, type):
            return getattr(sys.modules.get(value.__module__), "__file__", None)
        code = getattr(value, "__code__", None)
        return code.co_filename if type(code) is types.CodeType else None

    def _is_of_tests(self, value) -> bool:
        """Whether it comes from a test file, a conftest.py or a package beside the suite."""
        file = self._file_of(value)
        return type(file) is str and (file in self._tests or not self._is_inside(file))

    def _is_tested(self, value) -> bool:
        file = self._file_of(value)
        return type(file) is str and self._is_inside(file) and file not in self._tests

    def _is_inside(self, file: str) -> bool:
        return file.startswith(self._prefix)

    def _by(self, value) -> str:
        file = self._file_of(value)
        return f" by code of {file.removeprefix(self._prefix)}" if type(file) is str and self._is_inside(file) else ""


def _function_of(item) -> tuple:
    value = item.__dict__.get("_obj")
    value = getattr(value, "__func__", value)
    return value, getattr(value, "__code__", None)


def _tracers() -> list:
    # Slots 0 to 5 are all that there are.
    return [sys.gettrace(), sys.getprofile(), *map(sys.monitoring.get_tool, range(6))]


def _dotted(holder, name: str) -> str:
    return name if holder is None else f"{_name_of(holder)}.{name}"


def _name_of(holder) -> str:
    return f"{holder.__module__}.{holder.__qualname__}" if isinstance(holder, type) else holder.__name__
