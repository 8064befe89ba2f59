import pytest


def test_fixture_of_the_root(currency):
    assert currency == "EUR"


@pytest.mark.slow
def test_slow():
    assert False
