from decimal import Decimal

import pytest
from bank import Account, Bank


@pytest.fixture
def account():
    return Account("ada", Decimal(100))


@pytest.fixture
def bank():
    bank = Bank()
    bank.open("ada", balance=Decimal(100))
    bank.open("bob", balance=Decimal(50), overdraft=Decimal(20))
    return bank
