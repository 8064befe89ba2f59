"""Tells the host which function of the suite or of the tested code runs, where the host wants to know. It counts the fuel.

Functions of pytest, of the runner and of the standard library are not told of: what they use counts for what called them. A proxy
of a split suite is one function, `<crossing>`, whatever is called by it.
"""

import sys

from wit_world.imports import profile as host

from pact_runner.telling import carried

_events = sys.monitoring.events
# For every function: whether it is one to tell of is seen when it is called first. The last two cannot be had for single ones.
_GLOBAL = _events.PY_START | _events.PY_UNWIND | _events.PY_THROW
_OF_A_FUNCTION = _events.PY_RETURN | _events.PY_YIELD | _events.PY_RESUME

# Those that nothing is meant for: a suite that measures or traces finds its own free.
_TOOLS = (4, 3)

_CALIBRATION = 256
_LAST_LINE = (1 << 32) - 1


def begin(root: str, packages: str | None, proxies) -> None:
    """Begins to tell, if that is wanted. `proxies` are the files of rendered proxies, as far as they are imported."""
    if host.wanted():
        tool = next(number for number in _TOOLS if sys.monitoring.get_tool(number) is None)
        _begin(tool, root.rstrip("/") + "/", packages and packages.rstrip("/") + "/", proxies)


def _begin(tool: int, root: str, packages: str | None, proxies) -> None:
    # By identity: the hash of code is one of all its instructions. So each is kept alive.
    numbers: dict[int, int] = {id(_outer.__code__): 0, id(_inner.__code__): 0}
    kept = []
    number_of, key = numbers.get, id
    enter, resume, leave, disable = host.enter, host.resume, host.leave, sys.monitoring.DISABLE

    def declare(code) -> bool:
        path = code.co_filename
        if str.startswith(path, root):
            function = _function(code, path[len(root):], path in proxies)
        elif packages is not None and str.startswith(path, packages):
            function = _function(code, path, False)
        else:
            return False
        kept.append(code)
        numbers[id(code)] = host.declare(function)
        sys.monitoring.set_local_events(tool, code, _OF_A_FUNCTION)
        return True

    def started(code, _offset):
        number = number_of(key(code))
        if number is None:
            if not declare(code):
                return disable
            number = number_of(key(code))
        enter(number)

    def resumed(code, _offset):
        resume(numbers[key(code)])

    def returned(code, _offset, _value):
        leave(numbers[key(code)])

    def unwound(code, _offset, _error):
        number = number_of(key(code))
        if number is not None:
            leave(number)

    def thrown(code, _offset, _error):
        number = number_of(key(code))
        if number is not None:
            resume(number)

    callbacks = {
        _events.PY_START: started,
        _events.PY_RESUME: resumed,
        _events.PY_RETURN: returned,
        _events.PY_YIELD: returned,
        _events.PY_UNWIND: unwound,
        _events.PY_THROW: thrown,
    }
    sys.monitoring.use_tool_id(tool, "pact")
    for event, callback in callbacks.items():
        sys.monitoring.register_callback(tool, event, callback)
    _calibrate(tool)


def _function(code, path: str, is_proxy: bool) -> host.Function:
    if is_proxy:
        return host.Function("<crossing>", carried(path), 1)
    return host.Function(carried(code.co_qualname), carried(path), min(max(code.co_firstlineno, 1), _LAST_LINE))


def _calibrate(tool: int) -> None:
    """Shows the host what it costs to tell. From here on everything is told."""
    for _ in range(_CALIBRATION):
        # So that the interpreter has adapted to what follows.
        _outer()
    host.calibrate(host.Calibration.PLAIN)
    for _ in range(_CALIBRATION):
        _outer()
    host.calibrate(host.Calibration.TOLD)
    for function in (_outer, _inner):
        sys.monitoring.set_local_events(tool, function.__code__, _OF_A_FUNCTION)
    sys.monitoring.set_events(tool, _GLOBAL)
    for _ in range(_CALIBRATION):
        _outer()
    host.calibrate(host.Calibration.DONE)


def _outer():
    _inner()


def _inner():
    pass
