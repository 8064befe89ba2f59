"""Answers `importlib.metadata` for the packages that the runner carries: their folders are gone at run time."""

import importlib.metadata
import sys


class _Carried(importlib.metadata.Distribution):
    """A package of the runner: its metadata text, and no files."""

    def __init__(self, metadata: str):
        self._texts = {"METADATA": metadata}

    def read_text(self, filename):
        return self._texts.get(filename)

    def locate_file(self, path):
        raise FileNotFoundError(f"{path}: the runner's packages have no files in the sandbox")


class _Finder(importlib.metadata.DistributionFinder):
    """Finds the carried packages by name, after those of the suite's path."""

    def __init__(self, carried: dict[str, _Carried]):
        self._carried = carried

    def find_spec(self, name, path=None, target=None):
        return None

    def find_distributions(self, context=importlib.metadata.DistributionFinder.Context()):
        if context.name is None:
            return iter(self._carried.values())
        found = self._carried.get(_normal(context.name))
        return iter([found] if found else [])


def install() -> None:
    """Keeps the metadata of every installed package in memory."""
    carried = {}
    for distribution in importlib.metadata.distributions():
        text = distribution.read_text("METADATA")
        if text:
            carried[_normal(distribution.name)] = _Carried(text)
    sys.meta_path.append(_Finder(carried))


def _normal(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")
