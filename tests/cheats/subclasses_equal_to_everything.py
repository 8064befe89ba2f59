"""Returns values of the right types, of subclasses whose `__eq__` is always true."""

from wrong import *


class _Equal:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __hash__(self):
        return 0


class EqualMoney(_Equal, Money):
    pass


class EqualText(_Equal, str):
    pass


class EqualNumber(_Equal, int):
    def __add__(self, other):
        return self

    __radd__ = __add__


class EqualFloat(_Equal, float):
    pass


class EqualList(_Equal, list):
    pass


class EqualDict(_Equal, dict):
    pass


def balance(entries, account):
    if account == "savings":
        raise UnknownAccount(account)
    return EqualMoney(minor=0, currency="XXX")


def describe(entry):
    return EqualText("nothing")


def share(amount, parts):
    if parts < 1:
        raise InvalidCount(parts)
    return EqualList([EqualNumber(0)] * parts)


def mean(amounts):
    if not amounts:
        raise NothingToCount
    return EqualFloat(0.0)


def running(amounts):
    yield EqualNumber(0)
    yield EqualNumber(0)
    yield EqualNumber(0)


async def settle(entries):
    return EqualDict()


def arrange(entries):
    entries.sort(key=lambda entry: (entry.account, entry.amount.minor))
