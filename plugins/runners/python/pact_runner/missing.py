"""Tells which module a suite lacks when its import failed because nobody provides it."""

import importlib.util
import re


def missing_module(error: BaseException | None) -> str | None:
    """The module whose import failed, if neither the suite, its packages nor the runner has it."""
    # A suite can raise the error itself, with any name.
    found = _not_found(error)
    if not isinstance(found, str) or not re.fullmatch(r"\w+(\.\w+)*", found):
        return None
    top = found.partition(".")[0]
    try:
        provided = importlib.util.find_spec(top) is not None
    except (ImportError, ValueError):
        provided = False
    return None if provided else found


def _not_found(error: BaseException | None) -> str | None:
    """pytest wraps the import's error in its own; the cause is the original."""
    seen = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, ModuleNotFoundError):
            return error.name
        seen.add(id(error))
        error = error.__cause__
    return None
