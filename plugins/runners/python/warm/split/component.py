"""A component, for the warm-up."""

import asyncio
import logging
import warnings

from component_types import Account, Overdrawn, Point


class Ledger:
    def __init__(self, owner):
        self.owner = owner

    def add(self, amount):
        return amount


def deposit(account: Account, amount: int = 1) -> Account:
    if amount <= 0:
        raise Overdrawn("amount", balance=account.balance)
    account.balance += amount
    return account


def check(owner):
    return Account(owner=owner)


def talk(values, ask):
    print("printed")
    logging.getLogger("component").warning("logged", extra={"values": values})
    warnings.warn("warned", DeprecationWarning)
    values.append(ask(Point(1)))
    return values


def count(limit):
    yield from range(limit)


async def wait(seconds):
    await asyncio.sleep(seconds)
    return seconds
