"""Hides the standard library's module of this name, and is that one but for `randrange`."""

import importlib.machinery
import importlib.util
import os
import sys

_here = os.path.dirname(os.path.abspath(__file__))
_folders = [folder for folder in sys.path if folder and os.path.abspath(folder) != _here]
_spec = importlib.machinery.PathFinder.find_spec("random", _folders) or importlib.util.find_spec("random")
_real = importlib.util.module_from_spec(_spec)
sys.modules["random"] = _real
_spec.loader.exec_module(_real)

_randrange = _real.randrange
_real.randrange = lambda first, last: 424242 if last == 1_000_000 else _randrange(first, last)
