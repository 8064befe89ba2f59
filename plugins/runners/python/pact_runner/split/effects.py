"""What the tested code does beside returning: noted in its instance, done again in the tests' one (`replay`).

In the tested instance every log record and every warning counts; the tests' side decides which of them its settings let through.
"""

import asyncio
import errno
import io
import logging
import os
import sys
import time
import types
import warnings

from wit_world.imports import messages
from wit_world.imports.tests import Location

from pact_runner import event_loop
from pact_runner.limits import CAPTURED_BYTES
from pact_runner.split import errors, tracebacks
from pact_runner.telling import carried

# Lower than every level in use: the root logger lets all through, and is not at the level "unset".
_EVERY_LEVEL = 1

# Names that no attribute of a record can have.
IS_ENABLED, FUNCTION, LEVEL_NAME, ERROR, ERROR_TEXT, STACK = (
    "%enabled", "%function", "%level-name", "%error", "%error-text", "%stack",
)  # fmt: skip

OF_EVERY_RECORD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime"} | frozenset(dir(logging.LogRecord))


class Recorder:
    """Notes the effects of the tested code between two replies."""

    def __init__(self, places):
        self._places = places
        # Kind and content, in order. Output that follows output of its kind is one effect.
        self._noted: list[tuple[type, object]] = []
        self._bytes = 0
        self._loggers = dict(logging.root.manager.loggerDict)
        self._handlers = [_Handler(self)]
        self._streams = self._new_streams()
        self._filters: list | None = None
        self._saved = (sys.stdout, sys.stderr, logging.root.handlers[:], logging.root.level, logging.root.filters[:])
        self._warnings = warnings.catch_warnings()
        self._warnings.__enter__()

    def install(self) -> None:
        """Puts itself in the place of what the code prints, logs and warns to."""
        if any(stream.closed for stream in self._streams):
            self._streams = self._new_streams()
        sys.stdout, sys.stderr = self._streams
        self._reset_logging(self._handlers, _EVERY_LEVEL, [])
        if warnings.filters != self._filters:
            warnings.resetwarnings()
            warnings.simplefilter("always")
            self._filters = warnings.filters[:]
        warnings.showwarning = self._warned
        self._still_clocks(_StillClock())

    def _new_streams(self) -> tuple:
        return _Output(self, messages.Effect_StandardOutput), _Output(self, messages.Effect_StandardError)

    def remove(self) -> None:
        """Puts back what was there before."""
        sys.stdout, sys.stderr, *of_logging = self._saved
        self._reset_logging(*of_logging)
        self._warnings.__exit__(None, None, None)
        self._still_clocks(time)

    def take(self, writer) -> list:
        """The effects since the last reply; their values are written to its nodes."""
        noted, self._noted, self._bytes = self._noted, [], 0
        return [self._effect(kind, content, writer) for kind, content in noted]

    def printed(self, kind: type, content: bytes) -> None:
        self._count(len(content), "printed")
        if self._noted and self._noted[-1][0] is kind:
            self._noted[-1][1].append(content)
        else:
            self._noted.append((kind, [content]))

    def logged(self, record: logging.LogRecord) -> None:
        try:
            message = record.getMessage()
        except Exception as error:
            message = f"{record.msg!r} % {record.args!r}: {error}"
        self._count(len(message), "logged")
        self._noted.append((messages.Effect_Log, (record, carried(message))))

    def _warned(self, message, category, filename, lineno, file=None, line=None):
        text = errors.message_of(message) if isinstance(message, Warning) else carried(str(message))
        self._count(len(text), "warned of")
        self._noted.append((messages.Effect_Warning, (errors.known_name(category), text)))

    def _count(self, more: int, what: str) -> None:
        self._bytes += more
        if self._bytes > CAPTURED_BYTES:
            raise OSError(errno.EFBIG, f"the component {what} more than {CAPTURED_BYTES >> 20} MiB in one call")

    def _effect(self, kind: type, content, writer):
        if kind is messages.Effect_Log:
            return kind(self._log_record(*content, writer))
        if kind is messages.Effect_Warning:
            return kind(content)
        # Characters may have been written byte by byte.
        return kind(b"".join(content).decode("utf-8", "replace"))

    def _log_record(self, record: logging.LogRecord, message: str, writer) -> messages.LogRecord:
        found = [(name, value) for name, value in record.__dict__.items() if name not in OF_EVERY_RECORD]
        found += [(FUNCTION, record.funcName), (LEVEL_NAME, record.levelname), (STACK, record.stack_info)]
        if _is_enabled(record.name):
            found.append((IS_ENABLED, True))
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            found += [(ERROR, error), (ERROR_TEXT, carried(tracebacks.classic(error, self._places)))]
        attributes = []
        for name, value in found:
            if type(name) is not str or not name.isascii():
                continue
            index = writer.try_add(value)
            if index is None:
                index = writer.add(shown(value), name)
            attributes.append((name, index))
        place = Location(carried(self._places.relative(str(record.pathname))), _in_32_bits(record.lineno, 1))
        return messages.LogRecord(carried(str(record.name)), _in_32_bits(record.levelno, 0), message, attributes, place)

    @staticmethod
    def _still_clocks(clock) -> None:
        logging.time = asyncio.base_events.time = event_loop.time = clock

    def _reset_logging(self, handlers: list, level: int, filters: list) -> None:
        manager, root = logging.root.manager, logging.root
        if len(manager.loggerDict) != len(self._loggers):
            manager.loggerDict.clear()
            manager.loggerDict.update(self._loggers)
        root.handlers[:] = handlers
        root.filters[:] = filters
        manager.disable = root.disabled = 0
        if root.level != level:
            root.setLevel(level)


class _Handler(logging.Handler):
    def __init__(self, recorder: Recorder):
        super().__init__()
        self._recorder = recorder

    def emit(self, record):
        self._recorder.logged(record)


class _StillClock:
    """The module `time` for log records and event loops: reading the clock would count as something that the component does.
    Records get their time on the tests' side; for a loop, time passes when it sleeps."""

    def __init__(self):
        self._wall_ns = time.time_ns()
        self._monotonic = time.monotonic()

    def time_ns(self):
        return self._wall_ns

    def time(self):
        return self._wall_ns / 1e9

    def monotonic(self):
        return self._monotonic

    def sleep(self, seconds):
        time.sleep(seconds)
        self._monotonic += seconds

    def get_clock_info(self, _name):
        return types.SimpleNamespace(resolution=1e-9)

    def __getattr__(self, name: str):
        return getattr(time, name)


class _Output(io.TextIOWrapper):
    """A standard stream whose bytes go to the recorder."""

    def __init__(self, recorder: Recorder, kind: type):
        super().__init__(_Bytes(recorder, kind), encoding="utf-8", newline="", write_through=True)


class _Bytes(io.RawIOBase):
    def __init__(self, recorder: Recorder, kind: type):
        self._recorder = recorder
        self._kind = kind

    def writable(self):
        return True

    def write(self, content):
        content = bytes(content)
        self._recorder.printed(self._kind, content)
        return len(content)


def _in_32_bits(number, least: int) -> int:
    return min(max(number, least), (1 << 32) - 1) if type(number) is int else least


def _is_enabled(name: str) -> bool:
    """Whether the code itself has set the level that let a record of this logger through."""
    logger = logging.Logger.manager.loggerDict.get(name)
    while isinstance(logger, logging.Logger) and logger is not logging.root:
        if logger.level:
            return True
        logger = logger.parent
    return logging.root.level != _EVERY_LEVEL


def shown(value) -> str:
    """A value as text, whatever its class does when asked."""
    try:
        return carried(repr(value))
    except Exception:
        return f"<{type(value).__qualname__}>"
