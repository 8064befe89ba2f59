"""Tracebacks of the tested code as text. Not by the module `traceback`: that looks for the source of every frame, and a file that
is opened meanwhile counts as something that the component does.
"""

import linecache
import os

from pact_runner.split import errors, plain

_OWN = os.path.dirname(os.path.dirname(__file__)) + "/"


def short(error: BaseException, places) -> str:
    """As pytest prints it: a line for each place, then the source."""
    text = ""
    for one in _chain(error):
        for path, line, name, source in _frames(one, places):
            text += f"{places.relative(path)}:{line}: in {name}\n{_indented(source)}"
        text += f"{_last_line(one)}\n"
    return text


def classic(error: BaseException, places) -> str:
    """As Python prints it, without marks below the source."""
    texts = []
    for one in _chain(error):
        frames = (
            f'  File "{path}", line {line}, in {name}\n{_indented(source)}' for path, line, name, source in _frames(one, places)
        )
        texts.append(f"Traceback (most recent call last):\n{''.join(frames)}{_last_line(one)}")
    return "\n\nDuring the handling of which, or because of it:\n\n".join(texts)


def _chain(error: BaseException | None) -> list[BaseException]:
    """The exception and those that led to it, the first one first."""
    chain, seen = [], set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        chain.append(error)
        is_context_shown = error.__cause__ is None and not error.__suppress_context__
        error = error.__context__ if is_context_shown else error.__cause__
    return chain[::-1]


def _frames(error: BaseException, places):
    """File, line, function and source of each frame that is not the runner's."""
    entry = error.__traceback__
    while entry is not None:
        code = entry.tb_frame.f_code
        path = code.co_filename
        if not path.startswith(_OWN):
            source = linecache.getline(path, entry.tb_lineno).strip() if places.is_inside(path) else ""
            yield path, entry.tb_lineno, code.co_name, source
        entry = entry.tb_next


def _indented(source: str) -> str:
    return f"    {source}\n" if source else ""


def _last_line(error: BaseException) -> str:
    name, message = plain.class_name(type(error)), errors.message_of(error)
    return f"{name}: {message}" if message else name
