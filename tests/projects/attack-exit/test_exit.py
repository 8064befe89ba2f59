"""Ends the process in every way that Python has, always with the code of a success."""

import atexit
import os
import sys

import pytest


def test_before():
    pass


def test_os_exit():
    os._exit(0)


def test_sys_exit():
    sys.exit(0)


def test_pytest_exit_is_not_a_pass():
    raise SystemExit


def test_abort():
    os.abort()


def test_exit_handler_is_harmless():
    atexit.register(os._exit, 0)


def test_expected_exit():
    with pytest.raises(SystemExit):
        sys.exit(0)


def test_after():
    pass
