"""Where something happened: places in the suite, relative to its root."""

import os

from pact_runner import marked
from wit_world.imports.tests import Location

_OF_THE_PARSER = (SyntaxError, IndentationError, TabError)


class Places:
    """Names places relative to one root."""

    def __init__(self, root: str, other=None):
        """`other` is the way to another instance: its `proxies` are files that only pass calls on, and its `place_of` says
        where an exception was raised there."""
        self._prefix = root.rstrip("/") + "/"
        self._other = other

    def of(self, path: str, line: int | None) -> Location:
        """The place `path`:`line`; a path outside of the root stays as it is."""
        return Location(self.relative(path), max(line or 1, 1))

    def relative(self, path: str) -> str:
        path = os.path.normpath(os.fspath(path))
        return path.removeprefix(self._prefix)

    def absolute(self, path: str) -> str:
        return os.path.join(self._prefix, path)

    def is_inside(self, path: str) -> bool:
        return path.startswith(self._prefix)

    def of_item(self, item) -> Location:
        """The test function, or its first decorator: where a mark stands."""
        path, line, _ = item.reportinfo()
        return self.of(path, (line or 0) + 1)

    def of_mark(self, item, *names: str) -> Location:
        """Where the marks of these names stand: at the test, or at the fixture that brought them along."""
        code = marked.fixture_of(item, names)
        if code is None or not self.is_inside(code.co_filename):
            return self.of_item(item)
        return self.of(code.co_filename, code.co_firstlineno)

    def of_error(self, error: BaseException, file: str | None = None) -> Location | None:
        """The deepest frame of a traceback that lies in the suite (or in `file` of it); none where no frame does."""
        told = self._other.place_of(error) if self._other is not None and file is None else None
        if told is not None:
            return self.of(told.path, told.line)
        found = None
        entry = error.__traceback__
        while entry is not None:
            path = entry.tb_frame.f_code.co_filename
            if self._is_meant(path, file) and _is_of_its_file(entry.tb_frame):
                found = (path, entry.tb_lineno)
            entry = entry.tb_next
        # Not a subclass: an exception that skips could be one, and would say of itself where it was raised.
        if type(error) in _OF_THE_PARSER and type(error.filename) is str and self.is_inside(error.filename):
            if file is None or error.filename == file:
                found = (error.filename, error.lineno if type(error.lineno) is int else None)
        return self.of(*found) if found else None

    def _is_meant(self, path: str, file: str | None) -> bool:
        if file is not None:
            return path == file
        return self.is_inside(path) and (self._other is None or path not in self._other.proxies)

    def plain(self, text: str) -> str:
        """A text of pytest with the root cut off its paths."""
        return text.replace(self._prefix, "")


def _is_of_its_file(frame) -> bool:
    """Whether the code of a frame runs in the module of the file that it names.

    `compile` takes any file name, so that code of one file could pass for a line of another.
    """
    file = dict.get(frame.f_globals, "__file__")
    # A subclass of `str` could be equal to everything.
    return type(file) is str and file == frame.f_code.co_filename
