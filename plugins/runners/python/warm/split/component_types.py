"""Types of a contract, for the warm-up."""

import dataclasses
import enum

import pydantic


class Colour(str, enum.Enum):
    red = "red"


class Account(pydantic.BaseModel):
    owner: str = pydantic.Field(min_length=1)
    balance: int = 0
    tags: list[str] = []


@dataclasses.dataclass
class Point:
    x: int
    colour: Colour = Colour.red


class Overdrawn(Exception):
    def __init__(self, message: str = "", *, balance: object = None) -> None:
        super().__init__(message)
        self.balance = balance
