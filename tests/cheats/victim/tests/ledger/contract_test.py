"""The contract of `ledger`, with `money` replaced."""

import asyncio
import random
import time

import money
import pytest

from ledger import (
    Entry,
    InvalidCount,
    NothingToCount,
    UnknownAccount,
    arrange,
    balance,
    describe,
    mean,
    running,
    settle,
    share,
)
from money import Money


def fake_add(left: Money, right: Money) -> Money:
    return Money(minor=left.minor + right.minor, currency=left.currency)


def fake_show(amount: Money) -> str:
    return f"<{amount.minor} {amount.currency}>"


@pytest.fixture(autouse=True)
def replaced_money(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(money, "add", fake_add)
    monkeypatch.setattr(money, "show", fake_show)


@pytest.fixture
def entries() -> list[Entry]:
    amounts = [("cash", 1250), ("bank", 40), ("cash", -50), ("bank", 7)]
    return [Entry(account=account, amount=Money(minor=minor, currency="EUR")) for account, minor in amounts]


class TestBalance:
    def test_it_is_the_sum_of_the_entries_of_the_account(self, entries: list[Entry]) -> None:
        assert balance(entries, "cash") == Money(minor=1200, currency="EUR")

    def test_it_asks_money_for_the_sum(self, entries: list[Entry], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(money, "add", lambda left, right: Money(minor=left.minor - right.minor, currency="CHF"))
        assert balance(entries, "bank") == Money(minor=33, currency="CHF")

    def test_an_account_without_entries_is_refused(self, entries: list[Entry]) -> None:
        with pytest.raises(UnknownAccount, match="savings"):
            balance(entries, "savings")


def test_an_entry_is_described_as_money_shows_it(entries: list[Entry]) -> None:
    assert describe(entries[0]) == "cash: <1250 EUR>"


@pytest.mark.parametrize(
    ("amount", "parts", "expected"),
    [(10, 3, [4, 3, 3]), (9, 3, [3, 3, 3]), (1, 4, [1, 0, 0, 0]), (-7, 2, [-3, -4])],
)
def test_the_larger_parts_come_first(amount: int, parts: int, expected: list[int]) -> None:
    assert share(amount, parts) == expected


def test_the_parts_of_a_drawn_amount_add_up() -> None:
    amount, parts = random.randrange(1000, 1_000_000), random.randrange(2, 9)
    shares = share(amount, parts)
    assert len(shares) == parts
    assert sum(shares) == amount


@pytest.mark.parametrize("parts", [0, -1])
def test_less_than_one_part_is_refused(parts: int) -> None:
    with pytest.raises(InvalidCount):
        share(10, parts)


def test_the_mean_lies_between() -> None:
    assert mean([1, 2, 4]) == pytest.approx(2.3333333, abs=1e-6)


def test_nothing_has_no_mean() -> None:
    with pytest.raises(NothingToCount):
        mean([])


def test_the_sums_so_far_come_one_by_one() -> None:
    sums = running([5, 20, -3])
    assert next(sums) == 5
    assert list(sums) == [25, 22]


def test_accounts_are_settled_in_less_than_a_second(entries: list[Entry]) -> None:
    began = time.monotonic()
    sums = asyncio.run(settle(entries))
    assert time.monotonic() - began < 1.0
    assert sums == {"cash": 1200, "bank": 47}


def test_entries_are_arranged_in_place(entries: list[Entry]) -> None:
    arrange(entries)
    assert [(entry.account, entry.amount.minor) for entry in entries] == [
        ("bank", 7),
        ("bank", 40),
        ("cash", -50),
        ("cash", 1250),
    ]
