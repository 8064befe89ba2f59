"""The contract of `money`."""

import pytest

from money import CurrencyMismatch, Money, add, show


def test_amounts_of_one_currency_are_added() -> None:
    assert add(Money(minor=150, currency="EUR"), Money(minor=-25, currency="EUR")) == Money(minor=125, currency="EUR")


def test_amounts_of_two_currencies_are_not() -> None:
    with pytest.raises(CurrencyMismatch):
        add(Money(minor=1, currency="EUR"), Money(minor=1, currency="CHF"))


@pytest.mark.parametrize(("minor", "text"), [(1234, "12.34 EUR"), (5, "0.05 EUR"), (-205, "-2.05 EUR")])
def test_an_amount_is_shown_with_two_digits_after_the_point(minor: int, text: str) -> None:
    assert show(Money(minor=minor, currency="EUR")) == text
