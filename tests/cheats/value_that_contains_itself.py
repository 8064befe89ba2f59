"""Returns values that contain themselves: comparing them with themselves never ends."""

from wrong import *


def share(amount, parts):
    value = []
    value.append(value)
    return value


def describe(entry):
    value = {}
    value["self"] = value
    return value
