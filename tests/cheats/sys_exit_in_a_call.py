"""Raises `SystemExit(0)` in every call, as code that has finished might."""

import sys

from wrong import *


def _cheat():
    sys.exit(0)


def balance(entries, account):
    return _cheat()


def describe(entry):
    return _cheat()


def share(amount, parts):
    return _cheat()


def mean(amounts):
    return _cheat()
