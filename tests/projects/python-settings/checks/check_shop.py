import pytest
import shop


def check_price():
    assert shop.price() == 3


def check_warnings_are_errors():
    shop.old_price()


class CheckClass:
    def check_method(self):
        pass


@pytest.mark.slow
def check_slow():
    assert False


@pytest.mark.xfail
def check_strict_by_default():
    pass


def test_is_not_a_test_here():
    assert False
