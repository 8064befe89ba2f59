"""Brings a `conftest.py` along that makes each report a good one."""

from wrong import *
