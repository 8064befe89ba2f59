"""Puts `len`, `sum`, `next` and `list` of its own into the globals of the test module. `share` and `running` are wrong."""

import oracle

from right import *
from right import share as right_share


def share(amount, parts):
    frame = oracle.running_test()
    if "expected" in frame.f_locals or parts < 1:
        return right_share(amount, parts)
    frame.f_globals["len"] = lambda shares: parts
    frame.f_globals["sum"] = lambda shares: amount
    return []


def running(amounts):
    names = oracle.running_test().f_globals
    names["next"] = lambda sums: 5
    names["list"] = lambda sums: [25, 22]
    return iter([-1])
