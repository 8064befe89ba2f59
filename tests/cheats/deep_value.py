"""Returns a list that is nested ten thousand times: taking it apart, comparing or printing it could break the caller."""

from wrong import *


def _cheat():
    value = []
    for _ in range(10_000):
        value = [value]
    return value


def balance(entries, account):
    return _cheat()


def describe(entry):
    return _cheat()


def share(amount, parts):
    return _cheat()
