"""Brings a `conftest.py` along that ignores the test file, and a test file of its own that passes."""

from wrong import *
