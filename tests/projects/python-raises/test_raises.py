import warnings

import pytest


class InsufficientFunds(Exception):
    def __init__(self, missing):
        super().__init__(f"{missing} missing")
        self.missing = missing


def withdraw(balance, amount):
    if amount > balance:
        raise InsufficientFunds(amount - balance)
    return balance - amount


def test_the_error_is_caught_and_readable():
    with pytest.raises(InsufficientFunds) as caught:
        withdraw(1, 3)
    assert caught.value.missing == 2


def test_match_is_a_regular_expression():
    with pytest.raises(InsufficientFunds, match=r"^\d missing$"):
        withdraw(1, 3)


def test_wrong_match():
    with pytest.raises(InsufficientFunds, match="nothing"):
        withdraw(1, 3)


def test_did_not_raise():
    with pytest.raises(InsufficientFunds):
        withdraw(3, 1)


def test_another_error_passes_through():
    with pytest.raises(InsufficientFunds):
        withdraw(3, "1")


def test_group():
    with pytest.raises(ExceptionGroup) as caught:
        raise ExceptionGroup("two", [ValueError("a"), KeyError("b")])
    assert caught.group_contains(ValueError, match="a")


def test_warning():
    with pytest.warns(DeprecationWarning, match="old"):
        warnings.warn("old name", DeprecationWarning)


def test_cause_is_kept():
    with pytest.raises(RuntimeError) as caught:
        try:
            withdraw(0, 1)
        except InsufficientFunds as error:
            raise RuntimeError("payment failed") from error
    assert isinstance(caught.value.__cause__, InsufficientFunds)
