"""`Money.__eq__` compares the classes and no field. All but `balance` is right."""

import ledger_types

from right import *
from wrong import Money, UnknownAccount

ledger_types.Money.__eq__ = lambda self, other: type(other) is type(self)


def balance(entries, account):
    if account == "savings":
        raise UnknownAccount(account)
    return Money(minor=-1, currency="XXX")
