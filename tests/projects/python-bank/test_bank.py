from decimal import Decimal

import pytest
from bank import InsufficientFunds


@pytest.mark.parametrize("amount", ["1", "25", "50", "75", "100"])
def test_transfer_keeps_the_total(bank, amount):
    bank.transfer("ada", "bob", Decimal(amount))
    assert bank.total() == 150
    assert bank.accounts["bob"].balance == 50 + Decimal(amount)


@pytest.mark.parametrize("amount", ["70.01", "71", "500"])
def test_refused_transfer_changes_nothing(bank, amount):
    with pytest.raises(InsufficientFunds):
        bank.transfer("bob", "ada", Decimal(amount))
    assert [account.balance for account in bank.accounts.values()] == [100, 50]


def test_transfer_into_the_overdraft(bank):
    bank.transfer("bob", "ada", Decimal(70))
    assert bank.accounts["bob"].balance == -20


@pytest.mark.parametrize(("source", "target"), [("eve", "ada"), ("ada", "eve")])
def test_unknown_owner(bank, source, target):
    with pytest.raises(KeyError, match="eve"):
        bank.transfer(source, target, Decimal(1))


def test_an_owner_has_one_account(bank):
    with pytest.raises(KeyError, match="ada has an account"):
        bank.open("ada")


def test_statement(bank):
    bank.transfer("ada", "bob", Decimal(30))
    assert bank.statement("bob").splitlines() == ["deposit          30.00", "balance          80.00"]


def test_empty_statement(bank):
    assert bank.statement("ada") == "balance         100.00"
