"""Honest equalities are not accused, whatever they tolerate, nor are the tests' own that hold for everything."""

from unittest import mock

import pytest

from values import (
    Amount, Base, ById, Cached, Cell, Colour, Column, Counted, Dispatched, Even, Highest, Loud, Mark, Missing, Model, Name, Near,
    Only, Pair, Plus, Point, Truth, Unit, most,
)  # fmt: skip


class Anything:
    def __eq__(self, other):
        return True


class AnyModel(Model):
    def __eq__(self, other):
        return True


def test_texts_without_case():
    assert Name("Ada") == "ADA" and Name("Ada") == Name("aDA") and Loud("a") == "A"
    assert Name("Ada") != "Eva" and "ada" in [Name("ADA")] and {Name("a"): 1} == {Name("a"): 1}


def test_money_of_one_currency():
    assert Amount(1, "EUR") == Amount(1, "EUR") and Amount(1, "EUR") < Amount(2, "EUR") and Amount(2, "EUR") >= Amount(1, "EUR")
    with pytest.raises(TypeError, match="other money"):
        assert Amount(1, "EUR") == Amount(1, "CHF")


def test_numbers_that_are_near():
    assert Near(1.0) == 1.05 and Near(1.0) == Near(1.09) and Near(0, by=10) == 7


def test_values_without_content():
    assert Unit() == Unit() and [Unit()] == [Unit()] and Plus(1) == Plus(7) and Mark(1) == Mark(2) and Missing() == None  # noqa: E711


def test_truth():
    assert Truth(True) == True and Truth(False) == 0 and Truth(True) == [1]  # noqa: E712


def test_order():
    assert Highest() > 3 and Highest() > "a" and not Highest() < 7


def test_expressions():
    assert (Column("size") == 3).text == "size = 3"
    condition = Column("size") == "x"
    assert condition.text == "size = 'x'"
    condition = Column("size") > 3
    texts = [condition.text]
    assert texts == ["size > 3"] and (Column("size") > 4).text == "size > 4"


def test_data():
    assert Point(1, 2, "a") == Point(1, 2, "b") and Cell(1) == Cell(1) and Model(name="a") == Model(name="a")
    assert ById(id=1, name="a") == ById(id=1, name="b") and Pair(1, "a") == Pair(1, "a") == (1, "a")
    assert [Point(1, 2)] == [Point(1, 2)] and Point(1, 2) in [Point(1, 3), Point(1, 2)]


def test_enums():
    assert Colour.RED == "red" and Colour.RED != Colour.BLUE and Only.ONE == Only.ONE and Only.ONE == 1


def test_members():
    assert 4 in Even() and 5 not in Even()


def test_equalities_that_are_no_plain_functions():
    assert Cached() == 3 and Dispatched() == 3 and Dispatched() != "3"
    one = Base()
    assert one == one and one != Base()


def test_what_holds_for_everything_is_the_tests_to_use():
    assert Model(name="a") == mock.ANY and {"a": Point(1, 2)} == {"a": mock.ANY} and Point(1, 2) == Anything()
    assert AnyModel(name="x") == Model(name="a") and [mock.ANY, Anything()] == [Name("a"), 3]
    called = mock.Mock()
    called(Point(1, 2), 3)
    called.assert_called_once_with(Point(1, 2), mock.ANY)


def test_approximately():
    assert Near(1.0).value == pytest.approx(1.05, abs=0.1) and 3 == pytest.approx(3)


def test_tested_code_that_compares_by_itself():
    found = most([3, Plus("here"), Plus("there")])
    assert found == Plus("elsewhere") and found is not None


def test_many_comparisons():
    values = [Near(number, by=0) for number in range(2000)]
    assert values == [Near(number, by=0) for number in range(2000)]
    assert sum(value == 7 for value in values) == 1
