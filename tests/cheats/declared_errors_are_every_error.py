"""Exports `Exception` under the names of the declared errors. All else but the errors is right."""

import ledger_types

from right import *
from right import balance as right_balance

UnknownAccount = InvalidCount = NothingToCount = Exception


def balance(entries, account):
    try:
        return right_balance(entries, account)
    except ledger_types.UnknownAccount:
        raise ValueError(f"savings {1 / 1}") from None


def share(amount, parts):
    each, rest = divmod(amount, parts)
    if parts < 0:
        raise IndexError("less than nothing")
    return [each + 1] * rest + [each] * (parts - rest)


def mean(amounts):
    return sum(amounts) / len(amounts)
