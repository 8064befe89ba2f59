"""A ledger that is wrong everywhere: each test of the victim fails with it. Cheats begin with `from wrong import *`."""

import time

from ledger_types import Entry, InvalidCount, Money, NothingToCount, UnknownAccount

__all__ = [
    "Entry",
    "InvalidCount",
    "Money",
    "NothingToCount",
    "UnknownAccount",
    "arrange",
    "balance",
    "describe",
    "mean",
    "running",
    "settle",
    "share",
]


def balance(entries, account):
    return Money(minor=-1, currency="XXX")


def describe(entry):
    return "nothing to say"


def share(amount, parts):
    return [-1]


def mean(amounts):
    return -1.0


def running(amounts):
    yield -1


async def settle(entries):
    time.sleep(1.2)
    return {}


def arrange(entries):
    return None
