"""Hides the module of this name that is rendered from the contract."""

import pydantic


class Money(pydantic.BaseModel):
    minor: int
    currency: str

    def __eq__(self, other):
        return True


class CurrencyMismatch(Exception):
    pass
