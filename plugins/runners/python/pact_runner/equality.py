"""Notices values that are equal to everything, where tested code shares the interpreter with its tests.

When a comparison of the tests makes tested code answer, the same question is asked again with other values (`foils`). Who
says yes to all of them says nothing about the one that the test expects. Not a wall: code can tell who asks. Everything here
runs inside a callback of `sys.monitoring`, during which the interpreter tells of no other event.
"""

import dis
import inspect
import sys
import types

from pact_runner import asking, callables, foils, mocks

# Not one of the numbers that have a name: debuggers, coverage and profilers take those.
_TOOL = 4
_NAME = "pact"
_STARTS = sys.monitoring.events.PY_START
_RETURNS = sys.monitoring.events.PY_RETURN
_DISABLE = sys.monitoring.DISABLE
# Tests take it away from `sys`.
_getframe = sys._getframe

_TESTS, _TESTED, _LIBRARY = "tests", "tested", "library"

# In each test, an equality is asked again this often by every comparison, then by one of so many.
_ASKS, _THEN_EACH = 256, 64

# It is not looked at any more in a test in which it began this often: a million looks would use up the fuel of that test.
_LOOKS = 20_000

# So often in a session all objects are looked through because a test made a class.
_WALKS = 64

# So many mocks that were told how to compare are looked at for each test.
_MOCKS = 64

# The namespaces of the modules that are in the snapshot.
_ours: set[int] = set()
_session: list["Equalities"] = []

# By the identity of the namespace of a module of tests: the files that its functions name.
_tests_own: dict[int, tuple] = {}


def prepare() -> None:
    """Begins to watch at build time: what runs before `settle` needs no look in any run."""
    sys.monitoring.use_tool_id(_TOOL, _NAME)
    sys.monitoring.register_callback(_TOOL, _STARTS, _started)
    sys.monitoring.register_callback(_TOOL, _RETURNS, _returned)
    sys.monitoring.set_events(_TOOL, _STARTS)


def settle() -> None:
    """Notes whose functions need no look, while all modules are still loaded."""
    _ours.update(id(vars(module)) for module in list(sys.modules.values()) if isinstance(module, types.ModuleType))


def is_watching() -> bool:
    """Whether nothing has taken the watch away."""
    if sys.monitoring.get_tool(_TOOL) != _NAME or sys.monitoring.get_events(_TOOL) != _STARTS:
        return False
    now = sys.monitoring.register_callback(_TOOL, _STARTS, _started)
    return now is _started and sys.monitoring.register_callback(_TOOL, _RETURNS, _returned) is _returned


def _started(code, offset):
    if code is mocks.CREATES:
        if _session:
            _session[0].mock_is_told(_getframe(1))
        return None
    if not _session:
        return None if _is_a_matcher(code) else _DISABLE
    frame = _getframe(1)
    # Most of what begins in a session is of tests and of libraries, and is left here.
    space = id(frame.f_globals)
    known = _tests_own.get(space)
    if known is not None and code.co_filename in known or space in _ours and code.co_name not in asking.NAMES:
        return _DISABLE
    return _session[0].started(code, frame)


def _returned(code, offset, value):
    if not _session:
        return None
    if value is not False and value is not NotImplemented:
        _session[0].started(code, _getframe(1))
    return _session[0].enough_of(code)


def _is_a_matcher(code) -> bool:
    """Whether it is an equality of the framework that can be made to hold for everything: `mock.ANY`, a wide `approx`."""
    return code.co_name in ("__eq__", "__ne__") and code.co_filename.endswith(("unittest/mock.py", "_pytest/approx.py"))


class Equalities:
    """The comparisons of one session."""

    def __init__(self, prefix: str, tests: set[str]):
        """`prefix` begins the path of every file of the suite; `tests` are the paths of its test files."""
        self._prefix = prefix
        self._tests = tests
        # By identity, with the code itself so that the number stays its own: the hash of code walks through its constants.
        self._sides: dict[int, tuple] = {}
        self._bytes: dict[int, tuple] = {}
        self._spaces: list[dict] = []
        self._equal: dict[int, types.CodeType] = {}
        self._asked: dict[int, int] = {}
        self._begun: dict[int, int] = {}
        self._is_deaf = False
        self._found: str | None = None
        self._names: dict[tuple, tuple] = {}
        self._has_new_classes = False
        self._walks = 0
        self._dismissed: dict[int, types.CodeType] = {}
        self._told: list[type] = []
        _session[:] = [self]

    def found(self, in_classes: bool) -> str | None:
        """What was noticed in a test. Classes are looked at when one was made in it, and when told to."""
        found, self._found = self._found, None
        if found is None:
            # Its questions are not comparisons of a test.
            self._found = "looking"
            liar = self._liar(in_classes)
            self._found = None
            if liar is not None:
                found = f"a class was made whose values are equal to everything: `{asking.title(liar)}`"
        self._told.clear()
        self._asked.clear()
        self._begun.clear()
        if self._is_deaf:
            self._is_deaf = False
            sys.monitoring.restart_events()
        return found

    def _liar(self, in_classes: bool) -> type | None:
        for cls in self._told:
            if callables.lies(cls, self._spaces):
                return cls
        if not in_classes and (not self._has_new_classes or self._walks >= _WALKS):
            return None
        self._has_new_classes = False
        self._walks += 1
        return callables.liar_among_new_classes(self._dismissed, self._spaces)

    def mock_is_told(self, frame) -> None:
        """A mock is asked for one of its special methods. It is looked at when the test has ended."""
        cls = mocks.told(frame)
        if cls is not None and len(self._told) < _MOCKS:
            self._told.append(cls)

    def collected(self) -> str | None:
        """What was noticed while tests were collected. The classes that were made by then are looked at later."""
        self._has_new_classes = False
        found, self._found = self._found, None
        return found

    def started(self, code, frame):
        """A function has begun. Returns whether the interpreter may stop telling so."""
        if id(code) in self._equal:
            if self.enough_of(code):
                return _DISABLE
            self._begun[id(code)] = self._begun.get(id(code), 0) + 1
            asker = frame.f_back
            if self._found is not None or self._is_own_business(asker) or not self._has_budget(code):
                return None
        side = self._side(frame)
        if side is _TESTS or (side is _LIBRARY and code.co_name not in asking.NAMES):
            return _DISABLE
        if not code.co_flags & _OPTIMIZED:
            # The body of a module or of a class.
            self._has_new_classes = self._has_new_classes or side is _TESTED
            return None
        if code.co_argcount > 2 or not (code.co_argcount or code.co_flags & _VARARGS):
            # It can be no equality, nor what one is made of.
            return _DISABLE
        asker = frame.f_back
        sign = self._sign(asker)
        values, name = (), None
        if sign is not None or self._side(asker) is not _TESTED or code.co_name in asking.NAMES:
            values = asking.arguments_of(code, frame)
            name = asking.name_of(code, values[0]) if values else None
        if name is None and sign is None:
            # To look at each call would slow all code down. `callables` looks at what becomes an equality after this.
            self._dismissed[id(code)] = code
            return _DISABLE
        if side is _LIBRARY and not _is_a_matcher(code) and id(frame.f_globals) in _ours:
            return _DISABLE
        if id(code) not in self._equal:
            self._equal[id(code)] = code
            # Asked again after it has said yes, too: who counts may lie to the first or to the later ones.
            sys.monitoring.set_local_events(_TOOL, code, _RETURNS)
        if self._found is None and self._is_asked_by_tests(asker, side):
            self._asked[id(code)] = self._asked.get(id(code), 0) + 1
            self._ask(code, frame, name, sign, values, side)
        return None

    def enough_of(self, code):
        """Whether the interpreter may stop telling of an equality until the test has ended."""
        if self._begun.get(id(code), 0) < _LOOKS:
            return None
        self._is_deaf = True
        return _DISABLE

    def _is_own_business(self, asker) -> bool:
        """Whether tested code compares for itself. The usual case, decided without a walk."""
        return (
            self._side(asker) is _TESTED
            and asker.f_code.co_name not in asking.NAMES
            and id(asker.f_code) not in self._equal
            and self._sign(asker.f_back) is None
        )

    def _has_budget(self, code) -> bool:
        asked = self._asked.get(id(code), 0)
        if asked < _ASKS:
            return True
        self._asked[id(code)] = asked + 1
        return asked % _THEN_EACH == 0

    def _ask(self, code, frame, name, sign, values, side) -> None:
        question, other = asking.question_of(code, frame, name, sign, values)
        # What stands behind a descriptor may return a function.
        takes_truth = name is not None and self._takes_truth(frame.f_back, sign)
        question = question and self._in_the_name_of(frame.f_back, question)
        if question is None or not foils.holds_for_all(question, other, takes_truth, with_foreign=name == "__contains__"):
            return
        if side is _LIBRARY and self._tests_name(values[0], frame):
            return
        file = frame.f_globals.get("__name__") if side is _LIBRARY else code.co_filename.removeprefix(self._prefix)
        self._found = (
            f"a value was compared that is equal to everything: `{code.co_qualname}` of {file} "
            f"({asking.title(type(values[0]))}) said the same of each of the other values that it was asked about"
        )

    def _in_the_name_of(self, asker, question):
        """The same question by a function that looks like the one that compared."""
        own = asker.f_code
        key = (id(question.__code__), id(own), asker.f_lineno)
        if key not in self._names:
            code = question.__code__.replace(
                co_name=own.co_name, co_qualname=own.co_qualname, co_filename=own.co_filename, co_firstlineno=asker.f_lineno or 1
            )
            # With what its key means, so that this stays so.
            self._names[key] = (code, own)
        return types.FunctionType(self._names[key][0], asker.f_globals, own.co_name, None, question.__closure__)

    def _side(self, frame) -> str:
        code = frame.f_code
        known = self._sides.get(id(code))
        if known is not None:
            return known[1]
        space = frame.f_globals
        file = dict.get(space, "__file__")
        if id(space) in _ours:
            side = _LIBRARY
        elif type(file) is not str or not _is_of_a_module(space):
            side = _TESTED
        elif file.startswith(self._prefix):
            # Functions that were generated, as by `dataclass`, name no file of their own.
            own = (file, "<string>")
            side = _TESTS if file in self._tests and code.co_filename in own else _TESTED
            if side is _TESTS:
                _tests_own[id(space)] = own
                self._spaces.append(space)
        else:
            side = _LIBRARY
        self._sides[id(code)] = (code, side)
        return side

    def _is_asked_by_tests(self, frame, side: str) -> bool:
        """Whether a test compared, itself or through the framework, or through an equality that it asked."""
        while frame is not None:
            asker = self._side(frame)
            if asker is _TESTS:
                return True
            if asker is _TESTED and self._sign(frame.f_back) is None and frame.f_code.co_name not in asking.NAMES:
                return False
            if asker is _LIBRARY and side is _LIBRARY and self._sign(frame.f_back) is None:
                return False
            frame = frame.f_back
        return True

    def _sign(self, frame) -> str | None:
        """The comparison that a frame is about to make: `==`, `<`, `in` and so on."""
        if frame is None:
            return None
        content = self._content(frame.f_code)
        at = frame.f_lasti
        if content[at] == _COMPARE:
            return dis.cmp_op[content[at + 1] >> 5]
        return "in" if content[at] == _CONTAINS else None

    def _takes_truth(self, frame, sign: str | None) -> bool:
        """Whether a frame asks no more of what comes out of its comparison than whether it is true."""
        if sign is None or sign == "in":
            return True
        content = self._content(frame.f_code)
        at = frame.f_lasti
        if content[at + 1] & 16:
            return True
        for at in range(at + 2, min(at + 20, len(content)), 2):
            step = dis.opname[content[at]]
            if step in ("TO_BOOL", "UNARY_NOT") or step.startswith("POP_JUMP"):
                return True
            if not step.startswith(("CACHE", "STORE_FAST", "LOAD_FAST", "COPY", "NOT_TAKEN", "EXTENDED_ARG")):
                return False
        return False

    def _content(self, code) -> bytes:
        known = self._bytes.get(id(code))
        if known is None:
            known = self._bytes[id(code)] = (code, code.co_code)
        return known[1]

    def _tests_name(self, value, frame) -> bool:
        """Whether the test that compares names the matcher of a library, such as `mock.ANY`."""
        name = type(value).__name__.strip("_")
        while frame is not None:
            if self._side(frame) is _TESTS:
                return name in frame.f_globals or name in frame.f_code.co_names
            frame = frame.f_back
        return False


_COMPARE = dis.opmap["COMPARE_OP"]
_CONTAINS = dis.opmap["CONTAINS_OP"]

_OPTIMIZED, _VARARGS = inspect.CO_OPTIMIZED, inspect.CO_VARARGS


def _is_of_a_module(space: dict) -> bool:
    name = dict.get(space, "__name__")
    module = sys.modules.get(name) if type(name) is str else None
    # While a module of the suite is imported, and for one that was replaced, it is not there.
    return module is None or isinstance(module, types.ModuleType)
