"""Exchanges the event loop by one that gives the answer for every coroutine. All but `settle` is right."""

import asyncio
import asyncio.runners

from right import *
from wrong import settle


def _run(self, coroutine, *, context=None):
    coroutine.close()
    return {"cash": 1200, "bank": 47}


asyncio.runners.Runner.run = _run
