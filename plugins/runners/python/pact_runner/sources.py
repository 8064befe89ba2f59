"""Keeps the sources of the tests where tested code that shares their interpreter does not find them by looking.

Their files stay where they are, and are empty. What was in them is compiled when it is imported, and put into `linecache`
while pytest writes the report of a failure. Not a wall: code that walks to this module's objects finds them as well.
"""

import contextlib
import functools
import importlib.machinery
import linecache
import os
import zlib

import _pytest._code.code
import _pytest.assertion.rewrite as rewrite
import _pytest.fixtures
from wit_world.imports.tests import Role


class Sources:
    """The sources of the test files below `root`."""

    def __init__(self, root: str, files):
        # Packed, so that a search through all objects for their words finds nothing.
        self._packed: dict[str, bytes] = {}
        self._depth = 0
        for file in files:
            if file.role is Role.TEST and file.path.endswith(".py"):
                path = os.path.join(root, file.path)
                with open(path, "rb") as source:
                    self._packed[path] = zlib.compress(source.read(), 1)
                with open(path, "wb"):
                    pass

    def hide(self) -> None:
        """Has the import system and pytest take the sources from here."""
        rewrite._rewrite_test = functools.partial(self._rewrite, rewrite._rewrite_test)
        loader = importlib.machinery.SourceFileLoader
        loader.get_code = _with_sources(self, loader.get_code)
        for cls, name in _WRITERS:
            setattr(cls, name, _shown(self, getattr(cls, name)))

    @contextlib.contextmanager
    def shown(self):
        """While this lasts, whoever formats a traceback finds the lines of the tests."""
        self._depth += 1
        try:
            if self._depth == 1:
                for path in self._packed:
                    text = self._read(path).decode("utf-8", "replace")
                    # Without a time of change: `checkcache` would throw it out, for the file is empty.
                    linecache.cache[path] = (len(text), None, text.splitlines(keepends=True), path)
            yield
        finally:
            self._depth -= 1
            if self._depth == 0:
                for path in self._packed:
                    linecache.cache.pop(path, None)

    def code_of(self, path: str):
        """The code of a test file that is imported without rewriting; none for other files."""
        if path not in self._packed:
            return None
        return compile(self._read(path), path, "exec", dont_inherit=True)

    def _read(self, path: str) -> bytes:
        return zlib.decompress(self._packed[path])

    def _rewrite(self, original, path, config):
        kept = os.fspath(path)
        return original(_Kept(path, self._read(kept)) if kept in self._packed else path, config)


# Everything that pytest writes of a failure goes through these.
_WRITERS = [(_pytest._code.code.ExceptionInfo, "getrepr"), (_pytest.fixtures.FixtureLookupError, "formatrepr")]


class _Kept:
    """A path whose file holds something else than it says."""

    def __init__(self, path, content: bytes):
        self._path = path
        self._content = content

    def __fspath__(self):
        return os.fspath(self._path)

    def __str__(self):
        return str(self._path)

    def read_bytes(self):
        return self._content


def _shown(sources: Sources, write):
    @functools.wraps(write)
    def shown(*positional, **named):
        __tracebackhide__ = True
        with sources.shown():
            return write(*positional, **named)

    return shown


def _with_sources(sources: Sources, get_code):
    @functools.wraps(get_code)
    def with_sources(self, fullname):
        code = sources.code_of(self.get_filename(fullname))
        return get_code(self, fullname) if code is None else code

    return with_sources
