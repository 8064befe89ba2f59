"""Runs what is in `warm/` at build time, so that what pytest and pydantic load and cache lazily is in the snapshot."""

import linecache
import os
import sys

from pact_runner import session
from pact_runner.split import warm_up as split

_FOLDER = os.path.join(os.path.dirname(os.path.dirname(__file__)), "warm")


class _Suite:
    """Has the fields of `runner.Suite`."""

    import_paths = ()
    packages = None
    seed = 0
    keyword = None
    only = ()
    paths = ()
    files = ()
    shuffle = None
    split = None

    def __init__(self, root: str):
        self.root = root


class _Counts:
    """An observer at build time, when the host's functions cannot be called."""

    def __init__(self):
        self.outcomes: dict[str, str] = {}
        self.refused: list[str] = []

    def collected(self, cases):
        pass

    def collection_failed(self, error):
        self.refused.append(f"{error.location.path}: {error.message}\n{error.detail}")

    def started(self, id):
        pass

    def finished(self, result):
        self.outcomes[result.id] = result.outcome.name.lower()


def warm_up() -> None:
    """Runs the warm suite and insists on what comes out: a runner that cannot run it must not be built."""
    counts = _Counts()
    session.run(_Suite(os.path.join(_FOLDER, "full")), counts)
    wrong = [f"{id}: {got}" for id, got in counts.outcomes.items() if got not in id.partition("::test_")[2]]
    if counts.refused or wrong or not counts.outcomes:
        raise RuntimeError("the warm suite went wrong:\n" + "\n".join(counts.refused + wrong))
    split.warm_up(os.path.join(_FOLDER, "split"))
    _forget()


def _forget() -> None:
    """Removes what the warm suite left behind: no suite may find its modules, errors or source lines."""
    for name, module in list(sys.modules.items()):
        if (getattr(module, "__file__", None) or "").startswith(_FOLDER + os.sep):
            del sys.modules[name]
    for name in ("last_type", "last_value", "last_traceback", "last_exc"):
        if hasattr(sys, name):
            delattr(sys, name)
    linecache.clearcache()
