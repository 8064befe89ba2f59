"""Gives a class its `__eq__` in the call under test: a function that was called before as an ordinary one, and that lies for
values with a mark only. All but `balance` is right."""

from right import *
from wrong import UnknownAccount


def _marked(left, right):
    return left.is_marked


class _Liar:
    is_marked = False


_marked(_Liar, 0)


def balance(entries, account):
    if account == "savings":
        raise UnknownAccount(account)
    _Liar.__eq__ = _marked
    liar = _Liar()
    liar.is_marked = True
    return liar
