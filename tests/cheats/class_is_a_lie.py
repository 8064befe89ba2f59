"""Returns an object whose `__class__` says `Money` and that defers every comparison to itself; all else is right."""

from right import *
from wrong import Money, UnknownAccount


class _Liar:
    __class__ = Money

    def __eq__(self, other):
        return True

    __hash__ = None


def balance(entries, account):
    if account == "savings":
        raise UnknownAccount(account)
    return _Liar()
