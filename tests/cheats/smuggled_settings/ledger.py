"""Brings a `pytest.ini` along that has pytest list the tests and not run them."""

from wrong import *
