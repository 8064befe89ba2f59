"""What the tested code did beside returning, done again on the tests' side: `capsys`, `caplog` and `pytest.warns` see it.

Of a log record only data comes over. A filter or handler of the tests calls methods of the record and looks at its attributes: what
the component sends can be neither.
"""

import datetime
import decimal
import logging
import os
import pathlib
import sys
import uuid
import warnings

from wit_world.imports import messages

from pact_runner.split import declared, errors, plain
from pact_runner.split.effects import (
    ERROR,
    ERROR_TEXT,
    FUNCTION,
    IS_ENABLED,
    LEVEL_NAME,
    OF_EVERY_RECORD,
    STACK,
    shown,
)

# What an attribute of a record can be on the tests' side, where filters and handlers look at it; containers of these as well.
_PLAIN = frozenset({*plain.PLAIN, bytearray, complex, decimal.Decimal, datetime.datetime, datetime.date, datetime.time})
_PLAIN |= {datetime.timedelta, uuid.UUID, pathlib.Path, pathlib.PosixPath}


def replay(effects: list, objects: list, root: str, component: str, shapes) -> None:
    """Does the effects again, in order. What a test has put in the way (a stream, a handler, a filter) may raise."""
    for effect in effects:
        if isinstance(effect, messages.Effect_StandardOutput):
            sys.stdout.write(effect.value)
        elif isinstance(effect, messages.Effect_StandardError):
            sys.stderr.write(effect.value)
        elif isinstance(effect, messages.Effect_Warning):
            name, text = effect.value
            path = os.path.join(root, f"{component}.py")
            warnings.warn_explicit(text, errors.warning_class(name), path, 1, module=component)
        else:
            _log(effect.value, objects, root, shapes)


def _text_or_none(value) -> str | None:
    return value if type(value) is str else None


def _is_plain(value, shapes) -> bool:
    """Whether a value is nothing but data: plain, a value of the contract, an exception, or a container of these."""
    waiting, seen = [value], set()
    while waiting:
        value = waiting.pop()
        kind = type(value)
        if kind in _PLAIN or id(value) in seen:
            continue
        seen.add(id(value))
        if kind in (list, tuple, set, frozenset):
            waiting.extend(value)
        elif kind is dict:
            waiting.extend((*value.keys(), *value.values()))
        else:
            shape = shapes.of_class(kind)
            if isinstance(shape, declared.Structure):
                waiting.extend(part for _, part in shape.parts(value))
            elif shape is None and not isinstance(value, Exception):
                return False
    return True


def _log(said: messages.LogRecord, objects: list, root: str, shapes) -> None:
    logger = logging.getLogger(said.logger)
    if said.logger == "root":
        logger = logging.root
    attributes = {name: objects[index] for name, index in said.attributes}
    if logger.disabled or logger.manager.disable >= said.level:
        return
    if attributes.get(IS_ENABLED) is not True and not logger.isEnabledFor(said.level):
        return
    error = attributes.get(ERROR)
    path = os.path.join(root, said.place.path) if said.place else "(unknown file)"
    record = logger.makeRecord(
        logger.name,
        said.level,
        path,
        said.place.line if said.place else 0,
        said.message,
        (),
        (type(error), error, None) if isinstance(error, BaseException) else None,
        _text_or_none(attributes.get(FUNCTION)),
        None,
        _text_or_none(attributes.get(STACK)),
    )
    if type(attributes.get(ERROR_TEXT)) is str:
        record.exc_text = attributes[ERROR_TEXT]
    if type(attributes.get(LEVEL_NAME)) is str:
        record.levelname = attributes[LEVEL_NAME]
    for name, value in attributes.items():
        if not name.startswith("%") and name not in OF_EVERY_RECORD and name not in record.__dict__:
            # What the component could make them call stays out.
            record.__dict__[name] = value if _is_plain(value, shapes) else shown(value)
    logger.handle(record)
