"""Brings a `pytest.py` along, which `python -m pytest` finds first: it prints that all is well."""

from wrong import *
