import sys

import pytest
from prices import total


def only_there():
    if sys.platform == "win32":
        # The line below is what `prices` claims to be.
        pytest.skip("not there")


def test_total():
    only_there()
    assert total([1, 2]) == 3


def test_nothing():
    assert 1 + 1 == 2
