"""Replaces `time.monotonic` as a test would, with `unittest.mock`. All but `settle` is right."""

import time
from unittest import mock

from right import *
from right import settle as right_settle

_sleep = time.sleep
mock.patch("time.monotonic", return_value=0.0).start()


async def settle(entries):
    _sleep(1.2)
    sums = {}
    for entry in entries:
        sums[entry.account] = sums.get(entry.account, 0) + entry.amount.minor
    return sums
