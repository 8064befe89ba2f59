"""Raises `KeyboardInterrupt` while the tests are collected."""

from wrong import *

raise KeyboardInterrupt
