"""Modules that are in the snapshot but not loaded: found by `import` only where the suite has none of that name.

Order of an import in a run: the suite's folders, then the shelf, then the folder of third-party packages. So a suite's own
`calendar.py` wins over the standard library, and the runner's pydantic over one whose native half cannot load here.
"""

import importlib.machinery
import sys


class Shelf:
    """A finder over module objects that exist already."""

    def __init__(self, modules: dict[str, object]):
        self._modules = modules
        # Packages that stayed loaded have submodules on the shelf too.
        self._packages = {name: sys.modules[name] for name in sys.modules if name not in modules} | modules
        # What the import machinery overwrites on a module that it "loads".
        self._specs = {name: module.__spec__ for name, module in modules.items()}
        self._families: dict[str, list[str]] = {}
        for name in modules:
            self._families.setdefault(name.partition(".")[0], []).append(name)
        # The folder of third-party packages, while a suite runs.
        self.packages: str | None = None

    def find_spec(self, name, path=None, target=None):
        if name not in self._modules:
            return None
        if path is None:
            # A folder without `__init__.py` is a namespace (no loader) and comes after every real module.
            own = importlib.machinery.PathFinder.find_spec(name, self._suite_folders())
            if own is not None and own.loader is not None:
                return None
        elif sys.modules.get(parent := name.rpartition(".")[0]) is not self._packages.get(parent):
            return None  # The parent is a package of the suite that has the name of one of ours.
        return importlib.machinery.ModuleSpec(name, self, is_package=hasattr(self._modules[name], "__path__"))

    def holds(self, name: str, module) -> bool:
        """Whether a loaded module is the one that lay here."""
        return self._modules.get(name) is module

    def create_module(self, spec):
        return self._modules[spec.name]

    def exec_module(self, module):
        name = module.__spec__.name
        module.__spec__ = self._specs[name]
        # Classes look for their module by name (`sys.modules[cls.__module__]`), and that is often a private part of the
        # package that was imported.
        for member in self._families[name.partition(".")[0]]:
            sys.modules.setdefault(member, self._modules[member])

    def _suite_folders(self) -> list[str]:
        return [folder for folder in sys.path if folder != self.packages]


class Unavailable:
    """The last finder: refuses modules of the standard library that the sandbox cannot have, by name.

    An `ImportError`, not a `ModuleNotFoundError`: no package would provide the module, and `pytest.importorskip` must not
    turn it into a skip.
    """

    def __init__(self, reasons: dict[str, str]):
        self._reasons = reasons

    def find_spec(self, name, path=None, target=None):
        if name not in self._reasons:
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=False)

    def create_module(self, spec):
        raise ImportError(
            f"{spec.name}: this module of the standard library is not available in the sandbox ({self._reasons[spec.name]})",
            name=spec.name,
        )

    def exec_module(self, module):
        raise AssertionError("never reached: create_module raises")


SHELF: Shelf | None = None

_OURS = {"app", "pact_runner", "pact_native", "wit_world", "poll_loop", "componentize_py_types", "componentize_py_runtime",
         "componentize_py_async_support"}  # fmt: skip


def is_ours(name: str) -> bool:
    """Whether a module is the runner's own: no suite may import it, and a suite's own of that name must be found."""
    return name.partition(".")[0] in _OURS


def install(keep: set[str], unavailable: dict[str, str]) -> None:
    """Moves every loaded module that is not in `keep` to the shelf. The runner's own modules stay; `hide` removes them."""
    global SHELF
    shelved = {
        name: module
        for name, module in sys.modules.items()
        if name not in keep and not name.startswith("_pytest") and not is_ours(name)
    }
    for name in shelved:
        del sys.modules[name]
    SHELF = Shelf(shelved)
    path_finder = sys.meta_path.index(importlib.machinery.PathFinder)
    sys.meta_path.insert(path_finder, SHELF)
    sys.meta_path.append(Unavailable(unavailable))
