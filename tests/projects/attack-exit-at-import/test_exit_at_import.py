"""Ends the process with a success while it is imported, before any test was collected."""

import os

os._exit(0)


def test_never():
    assert False
