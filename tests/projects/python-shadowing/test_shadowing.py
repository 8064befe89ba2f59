import calendar
import queue
import secrets
import sys

import app
import pytest
import session
import wsgiref


def test_own_calendar():
    assert calendar.is_open("monday") and not hasattr(calendar, "monthrange")


def test_own_queue():
    assert queue.waiting() == ["ada"]


def test_own_secrets():
    assert secrets.SECRET == "ours"


def test_own_package():
    assert wsgiref.OURS
    with pytest.raises(ModuleNotFoundError):
        __import__("wsgiref.util")


def test_names_of_the_runner_are_free():
    assert app.name() == "the suite's own app" and session.OURS
    assert "pact_runner" not in sys.modules
    for name in ("wit_world", "sut", "test_warm", "conftest"):
        with pytest.raises(ModuleNotFoundError):
            __import__(name)


def test_a_plain_folder_hides_nothing():
    import statistics

    assert statistics.mean([1, 3]) == 2


def test_what_pytest_has_loaded_stays():
    import types

    assert types.SimpleNamespace(a=1).a == 1


def test_the_rest_is_still_there():
    import csv
    import fractions
    import heapq

    assert heapq.nsmallest(1, [3, 1]) == [1] and fractions.Fraction("1/2") and csv.QUOTE_ALL
