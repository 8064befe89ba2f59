"""A small bank: accounts, transfers, interest, statements."""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal

CENT = Decimal("0.01")


class InsufficientFunds(Exception):
    """The account does not hold what was asked for."""


@dataclass(frozen=True)
class Entry:
    """A line of a statement."""

    kind: str
    amount: Decimal


@dataclass
class Account:
    """Money of one owner."""

    owner: str
    balance: Decimal = Decimal(0)
    overdraft: Decimal = Decimal(0)
    entries: list[Entry] = field(default_factory=list)

    def deposit(self, amount: Decimal) -> Decimal:
        self._check_positive(amount)
        self.balance += amount
        self.entries.append(Entry("deposit", amount))
        return self.balance

    def withdraw(self, amount: Decimal) -> Decimal:
        self._check_positive(amount)
        if self.balance + self.overdraft < amount:
            raise InsufficientFunds(f"{self.owner} has {self.balance}, not {amount}")
        self.balance -= amount
        self.entries.append(Entry("withdrawal", amount))
        return self.balance

    def add_interest(self, percent: Decimal) -> Decimal:
        interest = (self.balance * percent / 100).quantize(CENT, ROUND_HALF_EVEN)
        if interest:
            self.balance += interest
            self.entries.append(Entry("interest", interest))
        return interest

    @staticmethod
    def _check_positive(amount: Decimal) -> None:
        if amount <= 0:
            raise ValueError(f"not an amount: {amount}")


@dataclass
class Bank:
    """Accounts by owner."""

    accounts: dict[str, Account] = field(default_factory=dict)

    def open(self, owner: str, **options) -> Account:
        if owner in self.accounts:
            raise KeyError(f"{owner} has an account")
        self.accounts[owner] = Account(owner, **options)
        return self.accounts[owner]

    def transfer(self, source: str, target: str, amount: Decimal) -> None:
        giver, taker = self.accounts[source], self.accounts[target]
        giver.withdraw(amount)
        taker.deposit(amount)

    def total(self) -> Decimal:
        return sum((account.balance for account in self.accounts.values()), Decimal(0))

    def statement(self, owner: str) -> str:
        account = self.accounts[owner]
        lines = [f"{entry.kind:<12}{entry.amount:>10.2f}" for entry in account.entries]
        return "\n".join([*lines, f"{'balance':<12}{account.balance:>10.2f}"])
