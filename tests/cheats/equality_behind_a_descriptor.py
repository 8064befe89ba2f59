"""`__eq__` is a property, and what it gives a static method: no function that is called has the value as its first argument."""

from right import *
from wrong import UnknownAccount


class _Liar:
    @property
    def __eq__(self):
        return lambda other: True

    __hash__ = None


class _Static:
    @staticmethod
    def __eq__(other):
        return True


_turns = []


def balance(entries, account):
    if account == "savings":
        raise UnknownAccount(account)
    _turns.append(account)
    return _Liar() if account == "cash" else _Static()
