"""Ten thousand tests, of which one fails."""

import pytest


@pytest.mark.parametrize("number", range(10_000))
def test_number(number):
    assert number != 7_777
