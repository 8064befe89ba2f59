"""Entries of accounts, and what can be said of them."""

import asyncio
from collections.abc import Iterator
from functools import reduce
from itertools import accumulate

import money
from ledger_types import Entry, InvalidCount, Money, NothingToCount, UnknownAccount

__all__ = [
    "Entry",
    "InvalidCount",
    "Money",
    "NothingToCount",
    "UnknownAccount",
    "arrange",
    "balance",
    "describe",
    "mean",
    "running",
    "settle",
    "share",
]


def balance(entries: list[Entry], account: str) -> Money:
    amounts = [entry.amount for entry in entries if entry.account == account]
    if not amounts:
        raise UnknownAccount(account)
    return reduce(money.add, amounts)


def describe(entry: Entry) -> str:
    return f"{entry.account}: {money.show(entry.amount)}"


def share(amount: int, parts: int) -> list[int]:
    if parts < 1:
        raise InvalidCount(f"{parts} parts")
    each, rest = divmod(amount, parts)
    return [each + 1] * rest + [each] * (parts - rest)


def mean(amounts: list[int]) -> float:
    if not amounts:
        raise NothingToCount("there is no amount")
    return sum(amounts) / len(amounts)


def running(amounts: list[int]) -> Iterator[int]:
    yield from accumulate(amounts)


async def settle(entries: list[Entry]) -> dict[str, int]:
    await asyncio.sleep(0.1)
    sums: dict[str, int] = {}
    for entry in entries:
        sums[entry.account] = sums.get(entry.account, 0) + entry.amount.minor
    return sums


def arrange(entries: list[Entry]) -> None:
    entries.sort(key=lambda entry: (entry.account, entry.amount.minor))
