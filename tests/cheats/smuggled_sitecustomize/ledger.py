"""Brings a `sitecustomize.py` and a `usercustomize.py` along, which interpreters import when they start."""

from wrong import *
