"""Brings an `asyncio.py` along whose `run` knows the answer. All but `settle` is right."""

from right import *
from wrong import settle
