import pytest


def test_every_test_has_the_fixture(engine):
    assert engine == "plain"


def test_asks_for_it_through_another(doubled):
    assert doubled == 2


@pytest.mark.xfail(reason="a mark of its own")
def test_is_marked_itself(count):
    assert count == 3


def test_the_mark_is_on_another_case(count):
    assert count == 2


class TestClass:
    @pytest.fixture(params=[pytest.param(1, marks=[pytest.mark.skip(reason="never")]), 2])
    def number(self, request):
        return request.param

    def test_in_a_class(self, number):
        assert number == 2


@pytest.mark.parametrize("count", [5, pytest.param(6, marks=pytest.mark.skip)], indirect=True)
def test_gives_the_cases_itself(count):
    assert count == 5
