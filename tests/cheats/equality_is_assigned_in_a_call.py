"""Gives a class its `__eq__` in the call under test, a function that was called before as an ordinary one. All else is right."""

from right import *
from wrong import UnknownAccount


def _yes(left, right):
    return True


class _Liar:
    pass


for _ in range(100):
    _yes(1, 2)


def balance(entries, account):
    if account == "savings":
        raise UnknownAccount(account)
    _Liar.__eq__ = _yes
    return _Liar()
