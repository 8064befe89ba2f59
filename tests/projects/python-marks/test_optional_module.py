import pytest

yaml = pytest.importorskip("surely_not_installed")


def test_never():
    assert False
