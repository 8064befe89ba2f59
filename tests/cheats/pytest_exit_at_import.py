"""Ends pytest with `pytest.exit(returncode=0)` while the tests are collected."""

import pytest

from wrong import *

pytest.exit("done", returncode=0)
