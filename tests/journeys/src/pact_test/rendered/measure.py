"""Measures samples."""

import asyncio
from collections.abc import AsyncIterator, Callable
from decimal import Decimal

from measure_events import emits

from <types> import Names, Place, Sample, Span, TooHeavy, Unit

__all__ = ["Gauge", "Names", "Place", "Sample", "Span", "TooHeavy", "Unit", "attach", "wait_for", "watch", "weigh"]


class Gauge:
    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def read(self) -> int:
        return len(self._unit.value)


@emits
def weigh(sample: Sample, times: int = 1) -> Decimal:
    if sample.count * times > 1000:
        raise TooHeavy("more than a thousand")
    return sample.price * times


@emits
async def wait_for(seconds: float) -> int:
    await asyncio.sleep(seconds)
    return round(seconds)


@emits
async def watch() -> AsyncIterator[float]:
    for reading in (1.0, 2.0):
        yield reading


@emits
def attach(gauge: Gauge, told: Callable[[int], None]) -> None:
    told(gauge.read())
