"""Ends the interpreter with `os._exit(0)` in the first call."""

import os

from wrong import *


def balance(entries, account):
    os._exit(0)
