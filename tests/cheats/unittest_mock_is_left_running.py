"""Starts `unittest.mock` patches of pytest and never stops them."""

from unittest import mock

from wrong import *

mock.patch("_pytest.python.Function.runtest").start()
