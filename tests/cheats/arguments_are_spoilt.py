"""Right in all that it returns, and sets what it was given to zero: the contract says that only `arrange` changes its arguments."""

from right import *
from right import balance as _balance, describe as _describe


def balance(entries, account):
    found = _balance(entries, account)
    for entry in entries:
        entry.amount.minor = 0
    return found


def describe(entry):
    found = _describe(entry)
    entry.account = "nobody"
    return found
