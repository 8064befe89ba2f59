from decimal import Decimal

import pytest
from bank import Account, Entry, InsufficientFunds


@pytest.mark.parametrize("amount", ["0.01", "1", "2.50", "10", "99.99", "100", "1000", "12345.67"])
def test_deposit_adds(account, amount):
    assert account.deposit(Decimal(amount)) == 100 + Decimal(amount)


@pytest.mark.parametrize("amount", ["0.01", "1", "2.50", "10", "50", "99.99", "100"])
def test_withdraw_subtracts(account, amount):
    assert account.withdraw(Decimal(amount)) == 100 - Decimal(amount)


@pytest.mark.parametrize("amount", ["0", "-0.01", "-1", "-100"])
def test_deposit_of_nothing_is_refused(account, amount):
    with pytest.raises(ValueError, match="not an amount"):
        account.deposit(Decimal(amount))


@pytest.mark.parametrize("amount", ["0", "-0.01", "-1", "-100"])
def test_withdrawal_of_nothing_is_refused(account, amount):
    with pytest.raises(ValueError, match="not an amount"):
        account.withdraw(Decimal(amount))


@pytest.mark.parametrize("amount", ["100.01", "101", "1000"])
def test_withdrawal_beyond_the_balance_is_refused(account, amount):
    with pytest.raises(InsufficientFunds, match="ada has 100"):
        account.withdraw(Decimal(amount))
    assert account.balance == 100


@pytest.mark.parametrize(
    ("balance", "percent", "interest"),
    [
        ("100", "1", "1.00"),
        ("100", "0", "0"),
        ("0", "5", "0"),
        ("0.10", "1", "0.00"),
        ("200", "2.5", "5.00"),
        ("1.50", "1", "0.02"),
        ("0.50", "1", "0.00"),
        ("333.33", "3", "10.00"),
    ],
)
def test_interest_is_rounded_to_cents(balance, percent, interest):
    assert Account("ada", Decimal(balance)).add_interest(Decimal(percent)) == Decimal(interest)


def test_overdraft():
    account = Account("bob", Decimal(10), overdraft=Decimal(5))
    assert account.withdraw(Decimal(15)) == -5


def test_entries_are_kept_in_order(account):
    account.deposit(Decimal(1))
    account.withdraw(Decimal(2))
    assert account.entries == [Entry("deposit", Decimal(1)), Entry("withdrawal", Decimal(2))]


def test_a_refused_withdrawal_leaves_no_entry(account):
    with pytest.raises(InsufficientFunds):
        account.withdraw(Decimal(101))
    assert account.entries == []


def test_accounts_share_no_entries():
    first, second = Account("a"), Account("b")
    first.deposit(Decimal(1))
    assert second.entries == []


def test_equality_is_by_value():
    assert Account("a", Decimal(1)) == Account("a", Decimal(1))
