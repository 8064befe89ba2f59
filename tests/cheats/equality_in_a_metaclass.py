"""Returns classes in place of values: their metaclass says that they are equal to everything. All else is right."""

from right import *
from wrong import UnknownAccount


class _Meta(type):
    def __eq__(cls, other):
        return True

    __hash__ = type.__hash__


class _Liar(metaclass=_Meta):
    pass


def balance(entries, account):
    if account == "savings":
        raise UnknownAccount(account)
    return _Liar
