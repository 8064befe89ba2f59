"""Code under test, for the warm-up."""

from dataclasses import dataclass


@dataclass
class Account:
    owner: str
    balance: int = 0

    def deposit(self, amount: int) -> int:
        if amount <= 0:
            raise ValueError("amount")
        self.balance += amount
        return self.balance
