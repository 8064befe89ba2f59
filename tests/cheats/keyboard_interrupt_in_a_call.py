"""Raises `KeyboardInterrupt`, which ends a pytest session."""

from wrong import *


def balance(entries, account):
    raise KeyboardInterrupt
