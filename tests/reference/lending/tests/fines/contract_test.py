import pytest

from fines import fine


def test_fine_two_days():
    assert fine(2, 20) == 40


def test_fine_is_at_most_5000():
    assert fine(1000, 500) == 5000


def test_fine_negative():
    with pytest.raises(ValueError):
        fine(-1, 20)
