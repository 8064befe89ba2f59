"""Brings a `pyproject.toml` along that loads a plugin from beside the implementation."""

from wrong import *
