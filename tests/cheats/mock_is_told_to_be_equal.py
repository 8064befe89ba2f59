"""Returns a `MagicMock` that was told to be equal to everything. All else is right."""

from unittest import mock

from right import *
from wrong import UnknownAccount


def balance(entries, account):
    if account == "savings":
        raise UnknownAccount(account)
    found = mock.MagicMock()
    found.__eq__.return_value = True
    return found
