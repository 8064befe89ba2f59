import sys

import pytest

pytestmark = pytest.mark.filterwarnings("error::UserWarning")


@pytest.mark.skip(reason="not today")
def test_skip():
    assert False


@pytest.mark.skipif(sys.version_info >= (3, 0), reason="old Python only")
def test_skip_by_condition():
    assert False


@pytest.mark.skipif("sys.version_info < (3, 0)", reason="never true")
def test_condition_is_false():
    pass


@pytest.mark.xfail(reason="known bug")
def test_expected_failure():
    assert 1 == 2


@pytest.mark.xfail
def test_unexpected_pass():
    pass


@pytest.mark.xfail(strict=True, reason="must stay broken")
def test_strict_unexpected_pass():
    pass


@pytest.mark.xfail(raises=KeyError)
def test_fails_for_another_reason():
    raise ValueError("not a KeyError")


@pytest.mark.xfail(run=False, reason="would hang")
def test_not_run():
    while True:
        pass


def test_skip_inside():
    pytest.skip("found out late")


def test_xfail_inside():
    pytest.xfail("found out late")


def test_skip_in_a_helper():
    import helper

    helper.needs_a_printer()


@pytest.mark.parametrize("number", [1, pytest.param(2, marks=pytest.mark.skip(reason="even")), 3])
def test_marked_parameter(number):
    assert number % 2


@pytest.mark.usefixtures("tmp_path")
def test_usefixtures():
    pass


def test_explicit_failure():
    pytest.fail("said so")
