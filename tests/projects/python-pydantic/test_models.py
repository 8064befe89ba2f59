import json
from datetime import date
from decimal import Decimal

import pydantic
import pytest
from models import Card, Invoice, Line, Order, Size
from pydantic import TypeAdapter, ValidationError

LINE = {"sku": "ABC-123", "count": 2, "price": "9.50"}


def test_values_are_converted():
    line = Line.model_validate(LINE)
    assert (line.count, line.price, line.size) == (2, Decimal("9.50"), Size.SMALL)


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("sku", "abc", "string_pattern_mismatch"),
        ("count", 0, "greater_than_equal"),
        ("count", 101, "less_than_equal"),
        ("count", "many", "int_parsing"),
        ("price", "0", "greater_than"),
        ("price", "1.234", "decimal_max_places"),
        ("size", "xl", "enum"),
        ("colour", "red", "extra_forbidden"),
    ],
)
def test_constraints(field, value, kind):
    with pytest.raises(ValidationError) as caught:
        Line.model_validate({**LINE, field: value})
    assert [(error["loc"], error["type"]) for error in caught.value.errors()] == [((field,), kind)]


def test_missing_field():
    with pytest.raises(ValidationError, match="Field required"):
        Line(sku="ABC-123", count=1)


def test_frozen():
    with pytest.raises(ValidationError, match="frozen"):
        Line.model_validate(LINE).count = 3


def test_union_by_discriminator():
    card = Order(id=1, lines=[LINE], payment={"kind": "card", "number": "1234"})
    invoice = Order(id=1, lines=[LINE], payment={"kind": "invoice", "due": "2030-01-31"})
    assert (type(card.payment), invoice.payment.due) == (Card, date(2030, 1, 31))


def test_validators():
    assert Order(id=1, lines=[LINE], payment=Card(number="1234"), note=" hi ").note == "hi"
    with pytest.raises(ValidationError, match="too small"):
        Order(id=1, lines=[{**LINE, "price": "1"}], payment=Invoice(due=date(2030, 1, 1)))


def test_json_both_ways():
    order = Order(id=1, lines=[LINE], payment=Card(number="1234"))
    text = order.model_dump_json()
    assert json.loads(text)["total"] == "19.00"
    assert Order.model_validate_json(text) == order


def test_schema():
    schema = Order.model_json_schema()
    assert schema["required"] == ["id", "lines", "payment"]
    assert schema["$defs"]["Line"]["properties"]["count"] == {
        "maximum": 100, "minimum": 1, "title": "Count", "type": "integer",
    }


def test_type_adapter():
    assert TypeAdapter(dict[str, list[int]]).validate_python({"a": ["1", 2]}) == {"a": [1, 2]}


def test_dataclass():
    @pydantic.dataclasses.dataclass
    class Point:
        x: int
        y: int = pydantic.Field(default=0, lt=10)

    assert Point("3").x == 3
    with pytest.raises(ValidationError):
        Point(1, 10)


def test_validated_call():
    @pydantic.validate_call
    def double(number: int) -> int:
        return number * 2

    assert double("4") == 8


def test_generic_and_recursive_models():
    class Tree(pydantic.BaseModel):
        value: int
        children: list["Tree"] = []

    tree = Tree.model_validate({"value": 1, "children": [{"value": 2}]})
    assert tree.children[0].value == 2


def test_unexpected_error_is_shown():
    Line.model_validate({**LINE, "count": 0})
