"""The modules of the tested code: imported, and dropped again, so that no state of theirs lasts.

Where a module was found and what it compiles to is kept from the first import: importing it again only runs it, and finds no file
that the code has written meanwhile. The types' modules stay, because values of their classes are read and written all the time;
their names and the attributes of their classes are put back.
"""

import builtins
import contextlib
import importlib.machinery
import importlib.util
import operator
import os
import sys

from pact_runner import shelf


class _Known:
    """Finds the modules that the first import found, without a look at a file, and loads them."""

    def __init__(self):
        # Where a module lies: its file, and its folder where it is a package.
        self._places: dict[str, tuple[str, list[str] | None]] = {}
        self._code: dict[str, object] = {}

    def learn(self, name: str, module) -> None:
        """Keeps where a module was found and what it compiles to."""
        spec = getattr(module, "__spec__", None)
        loader = getattr(spec, "loader", None)
        if name not in self._places and type(loader) is importlib.machinery.SourceFileLoader and spec.origin:
            self._code[name] = loader.source_to_code(loader.get_data(spec.origin), spec.origin)
            self._places[name] = (spec.origin, spec.submodule_search_locations)

    def find_spec(self, name, path=None, target=None):
        place = self._places.get(name)
        if place is None:
            return None
        spec = importlib.machinery.ModuleSpec(name, self, origin=place[0], is_package=place[1] is not None)
        spec.has_location = True
        if place[1] is not None:
            spec.submodule_search_locations = list(place[1])
        return spec

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(self._code[module.__name__], module.__dict__)

    # What `inspect`, `linecache` and `importlib.resources` ask a loader for.

    def get_source(self, name):
        return self._file_loader(name).get_source(name)

    def get_resource_reader(self, name):
        return self._file_loader(name).get_resource_reader(name)

    def _file_loader(self, name):
        return importlib.machinery.SourceFileLoader(name, self._places[name][0])


class Modules:
    """What is loaded and set when the tested code begins."""

    def __init__(self, packages: str | None):
        self._packages = packages and packages.rstrip("/") + "/"
        self._known = _Known()
        sys.meta_path.insert(0, self._known)

    def note(self, type_modules) -> None:
        """Notes the state that `restore` goes back to. The types' modules are loaded already, the tested code is not."""
        self._loaded = dict(sys.modules)
        self._kept = {name: sys.modules[name] for name in (*type_modules, "pact_peer")}
        self._folder = os.getcwd()
        self._path = sys.path[:]
        self._finders = sys.meta_path[:]
        self._environment = dict(os.environ._data)
        self._recursion_limit = sys.getrecursionlimit()
        self._spaces = [_Space(vars(builtins), vars(builtins).__setitem__, vars(builtins).__delitem__)]
        for name in type_modules:
            content = vars(sys.modules[name])
            self._spaces.append(_Space(content, content.__setitem__, content.__delitem__))
            for cls in content.values():
                if isinstance(cls, type) and cls.__module__ == name:
                    self._spaces.append(_Space(vars(cls), _setter(cls), _deleter(cls)))

    def restore(self) -> None:
        """Drops what was imported and puts back what was changed."""
        for name in self._new():
            module = sys.modules[name]
            if self._stays(name, module):
                self._loaded[name] = module
            else:
                del sys.modules[name]
        sys.modules.update(self._kept)
        for space in self._spaces:
            space.restore()
        os.chdir(self._folder)
        sys.path[:] = self._path
        sys.meta_path[:] = self._finders
        if os.environ._data != self._environment:
            os.environ.clear()
            os.environ.update((os.fsdecode(name), os.fsdecode(value)) for name, value in self._environment.items())
        sys.setrecursionlimit(self._recursion_limit)

    def learn(self) -> None:
        """Keeps how the modules were imported that the tested code consists of, once they are."""
        for name in self._new():
            module = sys.modules[name]
            if not self._stays(name, module):
                self._known.learn(name, module)

    def run(self, name: str):
        """Imports a module that is not loaded. As the import machinery does it, without what that does for packages and
        threads: it is half of the cost of a small module."""
        spec = self._known.find_spec(name)
        if spec is None:
            return importlib.import_module(name)
        module = sys.modules[name] = importlib.util.module_from_spec(spec)
        try:
            spec.loader.exec_module(module)
        except BaseException:
            del sys.modules[name]
            raise
        return sys.modules[name]

    def _new(self) -> list[str]:
        """What was imported. New modules come last, as long as nobody takes others out and puts them back."""
        new = []
        for name in reversed(sys.modules):
            if name in self._loaded:
                break
            new.append(name)
        if len(sys.modules) - len(new) != len(self._loaded):
            new = sorted(sys.modules.keys() - self._loaded.keys())
        return new

    def close(self) -> None:
        """Goes back to importing as before."""
        sys.meta_path.remove(self._known)

    def _stays(self, name: str, module) -> bool:
        """Modules of the runner and of third parties are not the tested code's."""
        if shelf.SHELF is not None and shelf.SHELF.holds(name, module):
            return True
        file = getattr(module, "__file__", None)
        return self._packages is not None and isinstance(file, str) and file.startswith(self._packages)


class _Space:
    """Names and what they stand for."""

    def __init__(self, content, set_name, delete_name):
        self._content = content
        self._names = dict(content)
        self._set, self._delete = set_name, delete_name

    def restore(self) -> None:
        content, names = self._content, self._names
        if len(content) == len(names) and all(map(operator.is_, content.values(), names.values())):
            return
        for name in [name for name in content if name not in names]:
            with contextlib.suppress(AttributeError, TypeError):
                self._delete(name)
        for name, value in names.items():
            if content.get(name, self) is not value:
                # The interpreter keeps some of its own there, which cannot be set.
                with contextlib.suppress(AttributeError, TypeError):
                    self._set(name, value)


def _setter(cls: type):
    return lambda name, value: type.__setattr__(cls, name, value)


def _deleter(cls: type):
    return lambda name: type.__delattr__(cls, name)
