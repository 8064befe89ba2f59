"""Exact amounts in minor units with their currency."""

from money_types import CurrencyMismatch, Money

__all__ = ["CurrencyMismatch", "Money", "add", "show"]


def add(left: Money, right: Money) -> Money:
    if left.currency != right.currency:
        raise CurrencyMismatch(f"{left.currency} and {right.currency}")
    return Money(minor=left.minor + right.minor, currency=left.currency)


def show(amount: Money) -> str:
    sign = "-" if amount.minor < 0 else ""
    whole, cents = divmod(abs(amount.minor), 100)
    return f"{sign}{whole}.{cents:02} {amount.currency}"
