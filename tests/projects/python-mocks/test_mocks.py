"""Each mock has a class of its own. The look at classes that a test lets be made must not make more of them."""

from unittest import mock

import pytest

import shelf
from shelf import Shelf, fill, kind_of_shelf

# They stay to the end, and are among the classes that are looked at after each test below.
KEPT = [mock.MagicMock(name="kept"), mock.create_autospec(Shelf), mock.create_autospec(fill)]


@pytest.mark.parametrize("size", range(24))
def test_classes_beside_mocks(size):
    assert fill(kind_of_shelf()(size), ["A"] * size) == size


def test_a_mock_is_equal_to_itself_only():
    one, other = mock.MagicMock(), mock.MagicMock()
    assert one == one and one != other and KEPT[0] != one


def test_a_mock_that_was_told_how_to_compare():
    told = mock.MagicMock()
    told.__eq__.return_value = True
    assert told == 7
    told.__eq__.assert_called_once_with(7)


def test_autospec_refuses_what_the_function_would():
    with pytest.raises(TypeError):
        KEPT[2](1, 2, 3)
    spec = mock.create_autospec(Shelf(1))
    spec.put.return_value = 5
    assert fill(spec, ["a"]) == 5
    spec.put.assert_called_once_with("a")


def test_patches(monkeypatch):
    with mock.patch.object(shelf, "fill", autospec=True, return_value=9) as fake:
        assert shelf.fill(Shelf(1), []) == 9
    assert fake.call_count == 1 and shelf.fill is fill
