"""The order of what happens at build time, up to the moment when the snapshot is taken. Nothing here runs with a suite.

The file system of the build (`/python`, `/0` …) is gone at run time: what is not imported here cannot be imported at all.
"""

import sys

# These two only read what the interpreter has loaded already; the rest is imported in `take`.
from pact_runner import bare

bare.record()

import gc
import os
import pkgutil
import tempfile

import _pytest
import packaging
import pydantic
import pydantic_core

from pact_runner import equality, event_loop, heap, limits, metadata, prepared, shelf, shortcuts, stdlib, tampering
from pact_runner.split import errors
from pact_runner.warm_up import warm_up


def take() -> None:
    """Brings the interpreter into the state that every run starts from."""
    _load_framework()
    unavailable = stdlib.load_everything()
    limits.install()
    event_loop.install()
    metadata.install()
    shortcuts.install()
    errors.remember_classes()
    equality.prepare()
    warm_up()
    prepared.prepare()
    tampering.prepare()
    equality.settle()
    _forget_the_build()
    shelf.install(keep=bare.NAMES, unavailable=unavailable)
    gc.collect()
    heap.settle()
    # pytest collects garbage twice per session; without the freeze each collection walks everything imported above.
    gc.freeze()


def hide() -> None:
    """Takes the runner's own modules out of reach of `import`."""
    for name in list(sys.modules):
        if shelf.is_ours(name):
            del sys.modules[name]


def _load_framework() -> None:
    """Imports all of pytest and pydantic, and the names that pydantic loads lazily."""
    for found in pkgutil.walk_packages(_pytest.__path__, "_pytest."):
        __import__(found.name)
    for name in pydantic.__all__:
        getattr(pydantic, name)
    # pytest loads it for the settings `minversion` and `required_plugins`.
    for found in pkgutil.walk_packages(packaging.__path__, "packaging."):
        __import__(found.name)
    for package in (pydantic, pydantic_core):
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if ".v1" not in found.name and found.name not in _NOT_LOADABLE:
                __import__(found.name)


# The mypy plugin needs mypy, and the hypothesis plugin hypothesis.
_NOT_LOADABLE = {"pydantic.mypy", "pydantic._hypothesis_plugin"}


def _forget_the_build() -> None:
    """Drops paths, caches and settings that describe the build machine."""
    for name in ("PYTHONUNBUFFERED", "PYTHONHOME", "PYTHONPATH"):
        os.environ.pop(name, None)
    tempfile.tempdir = None
    sys.argv[:] = ["pytest"]
    sys.path_importer_cache.clear()
    # Byte code would be one more file per module in the suite's folder, and no later run would see it.
    sys.dont_write_bytecode = True
