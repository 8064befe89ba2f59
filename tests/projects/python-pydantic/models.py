from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, computed_field, field_validator, model_validator


class Size(str, Enum):
    SMALL = "s"
    LARGE = "l"


class Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    sku: Annotated[str, Field(pattern=r"^[A-Z]{3}-\d{3}$")]
    count: int = Field(ge=1, le=100)
    price: Decimal = Field(gt=0, decimal_places=2)
    size: Size = Size.SMALL


class Card(BaseModel):
    kind: Literal["card"] = "card"
    number: str = Field(min_length=4, max_length=4)


class Invoice(BaseModel):
    kind: Literal["invoice"] = "invoice"
    due: date


class Order(BaseModel):
    id: int
    lines: list[Line] = Field(min_length=1)
    payment: Annotated[Card | Invoice, Field(discriminator="kind")]
    note: str | None = None

    @field_validator("note")
    @classmethod
    def strip_note(cls, note):
        return note.strip() if note else None

    @model_validator(mode="after")
    def cheap_orders_are_paid_by_card(self):
        if isinstance(self.payment, Invoice) and self.total < 10:
            raise ValueError("too small for an invoice")
        return self

    @computed_field
    @property
    def total(self) -> Decimal:
        return sum((line.price * line.count for line in self.lines), Decimal(0))
