"""Tests nothing."""


def test_ledger():
    pass
