"""Compares to an object that is no bool, true as any object is. All but `balance` is right."""

from right import *
from wrong import UnknownAccount


class _Liar:
    def __eq__(self, other):
        return object()


def balance(entries, account):
    if account == "savings":
        raise UnknownAccount(account)
    return _Liar()
