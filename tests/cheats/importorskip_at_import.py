"""Asks for a module that does not exist with `pytest.importorskip`."""

import pytest

from wrong import *

pytest.importorskip("surely_not_installed", reason="an optional dependency")
