"""Brings the metadata of an installed package along, whose entry point pytest takes for a plugin."""

from wrong import *
