"""Types of the component `money`.

Rendered by pact from the contract: change the contract, not this file.
"""

from __future__ import annotations

import re
import typing

import pydantic


def _checked(holds, message):
    """Makes a validator with a message of the contract."""

    def check(value):
        if not holds(value):
            raise ValueError(message)
        return value

    return pydantic.AfterValidator(check)


class Money(pydantic.BaseModel):
    """An amount of one currency."""

    model_config = pydantic.ConfigDict(extra="forbid", validate_assignment=True, regex_engine="python-re")

    minor: int
    """In the currency's smallest unit."""
    currency: typing.Annotated[str, _checked(lambda value: re.search("^[A-Z]{3}$", value) is not None, "a currency is three capital letters")]
    """The ISO 4217 code."""


class CurrencyMismatch(Exception):
    """Raised when: The currencies differ."""


Money.model_rebuild()
