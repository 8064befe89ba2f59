"""Every test fails; what counts is what pytest says about it."""

from dataclasses import dataclass


@dataclass
class Point:
    x: int
    y: int


def area(width, height):
    return width * height


def test_comparison():
    assert area(2, 3) == 7


def test_lists():
    assert [1, 2, 3] == [1, 5, 3]


def test_dictionaries():
    assert {"a": 1, "b": 2} == {"a": 1, "b": 3}


def test_sets():
    assert {1, 2} == {2, 3}


def test_long_text():
    assert "first\nsecond\nthird" == "first\n2nd\nthird"


def test_dataclasses():
    assert Point(1, 2) == Point(1, 3)


def test_membership():
    assert "x" in ["a", "b"]


def test_message():
    assert area(0, 1), "the area of {} is nothing".format("a line")


def test_error_below_the_test():
    area("a", "b")
