"""Types of the component `ledger`.

Rendered by pact from the contract: change the contract, not this file.
"""

from __future__ import annotations

import typing

import pydantic

from money_types import Money


def _checked(holds, message):
    """Makes a validator with a message of the contract."""

    def check(value):
        if not holds(value):
            raise ValueError(message)
        return value

    return pydantic.AfterValidator(check)


class Entry(pydantic.BaseModel):
    """What was put on an account."""

    model_config = pydantic.ConfigDict(extra="forbid", validate_assignment=True, regex_engine="python-re")

    account: typing.Annotated[str, _checked(lambda value: 1 <= len(value) <= 40, "an account's name has 1 to 40 characters")]
    amount: Money


class InvalidCount(Exception):
    """Raised when: `parts` is less than one."""


class NothingToCount(Exception):
    """Raised when: `amounts` is empty."""


class UnknownAccount(Exception):
    """Raised when: No entry is of this account."""


Entry.model_rebuild()
