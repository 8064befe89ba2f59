"""Coroutines across the two instances. Each has an event loop of its own; their virtual clocks show the same.

A coroutine of the component is a task of the tested side's loop. The tests' side *steps* it: the loop runs until it has nothing
to do, and says until when. A task of the tests' loop then sleeps until that moment, or until another call may have changed
something, and steps again. The other way round, the tests' side runs a coroutine of its own as a task, and calls back when it has
ended.
"""

import asyncio
import dataclasses
import heapq
import inspect
import math
import sys
import threading
import time

from pact_runner import event_loop
from pact_runner.split import errors

__tracebackhide__ = True

# What goes on with a coroutine of the component's: only these can answer that it waits.
STEPS = ("step", "cancel")

# In seconds: the clock counts nanoseconds in 63 bits.
_LAST_MOMENT = (1 << 63) / 1e9 - 1

# A coroutine that never sleeps gives the tests' side its turn after so many rounds of the loop, so that timeouts there work.
_ROUNDS = 256


@dataclasses.dataclass
class Waits:
    """A coroutine goes on at this moment of the clock, in nanoseconds; none: when something else has happened."""

    until: int | None


class Loop(event_loop.SandboxEventLoop):
    """The tested side's loop. It never sleeps: time passes on the tests' side. It does not read the clock either, which would
    count as something that the component does; each step says what the clock shows."""

    _now_ns = 0
    is_used = False

    def time(self) -> float:
        return self._now_ns / 1e9

    def run_until_idle(self, now_ns: int) -> int | None:
        """Runs what can run. Returns the moment when more can, in nanoseconds."""
        self.is_used = True
        self._now_ns = max(now_ns, self._now_ns)
        hooks = sys.get_asyncgen_hooks()
        self._thread_id = threading.get_ident()
        sys.set_asyncgen_hooks(firstiter=self._asyncgen_firstiter_hook, finalizer=self._asyncgen_finalizer_hook)
        asyncio.events._set_running_loop(self)
        try:
            for _ in range(_ROUNDS):
                if not self._has_work():
                    break
                self._run_once()
            return self._next_moment()
        finally:
            asyncio.events._set_running_loop(None)
            self._thread_id = None
            sys.set_asyncgen_hooks(*hooks)

    def _has_work(self) -> bool:
        while self._scheduled and self._scheduled[0]._cancelled:
            self._timer_cancelled_count -= 1
            heapq.heappop(self._scheduled)._scheduled = False
        return bool(self._ready) or bool(
            self._scheduled and self._scheduled[0]._when <= self.time()
        )

    def _next_moment(self) -> int | None:
        if self._ready:
            return self._now_ns
        moment = self._scheduled[0]._when if self._scheduled else math.inf
        # The clock never shows what its numbers cannot say.
        return math.ceil(moment * 1e9) if moment < _LAST_MOMENT else None

    def discard(self) -> None:
        """Ends the loop with all that it has not finished."""
        for task in asyncio.all_tasks(self):
            task._log_destroy_pending = False
        self._ready.clear()
        self._scheduled.clear()
        self.close()


def step(entry, loop: Loop, now_ns: int):
    """Goes on with a coroutine of this side: returns or raises what it ends with, or says until when it waits."""
    if entry.task is None:
        awaited = entry.object
        entry.task = loop.create_task(awaited if inspect.iscoroutine(awaited) else _await(awaited))
    try:
        until = loop.run_until_idle(now_ns)
    except (KeyboardInterrupt, SystemExit):
        # The loop lets them through; they belong to the task that raised them.
        if not entry.task.done():
            raise
    return entry.task.result() if entry.task.done() else Waits(until)


def cancel(entry, loop: Loop, now_ns: int):
    """Cancels a coroutine of this side, and goes on with it."""
    if entry.task is not None:
        entry.task.cancel()
    return step(entry, loop, now_ns)


async def later(generator, method: str, arguments):
    """Calls a method of an asynchronous generator when the loop runs: it notes the loop that it was first called in."""
    return await getattr(generator, method)(*arguments)


async def _await(awaited):
    return await awaited


class Waiting:
    """The tasks of the tests' side that wait for the component."""

    def __init__(self):
        self._futures: set[asyncio.Future] = set()

    def wake(self) -> None:
        """Lets all of them look again: a call may have changed what they wait for."""
        for future in self._futures:
            if not future.done():
                future.set_result(False)

    async def until(self, moment: int | None) -> bool:
        """Waits. Returns whether the moment has come; otherwise something has happened."""
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        timer = None
        if moment is not None:
            timer = loop.call_at(moment / 1e9, lambda: future.done() or future.set_result(True))
        self._futures.add(future)
        try:
            return await future
        finally:
            self._futures.discard(future)
            if timer is not None:
                timer.cancel()


async def drive(handle, waiting: Waiting):
    """Ends as a coroutine of the component does."""
    method, is_news, is_cancelled = "step", True, False
    while True:
        try:
            result = handle.call(method, (time.monotonic_ns(),))
        except errors.ComponentRaised as error:
            if is_cancelled and errors.is_cancellation(error):
                raise asyncio.CancelledError from None
            raise
        finally:
            # Only what the component did by itself is news to the others: a look that was caused by news is not.
            if is_news:
                waiting.wake()
        if type(result) is not Waits:
            return result
        method = "step"
        try:
            is_news = await waiting.until(result.until)
        except asyncio.CancelledError:
            method, is_news, is_cancelled = "cancel", True, True
        except GeneratorExit:
            # Nobody awaits it any more.
            handle.call("cancel", (time.monotonic_ns(),))
            raise


def start(entry, ended):
    """Runs a coroutine of the tests' side; `ended` of the component is called with how it ended. Where no loop runs it ends
    at once: then the result is returned, in a tuple."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return (asyncio.run(_await(entry.object)),)
    entry.task = asyncio.ensure_future(entry.object, loop=loop)

    def tell(task):
        if task.cancelled():
            ended("cancelled", None)
        elif task.exception() is not None:
            ended("raised", task.exception())
        else:
            try:
                ended("returned", task.result())
            except TypeError as error:  # It cannot cross.
                ended("raised", error)

    entry.task.add_done_callback(tell)
    return None


async def await_other(handle):
    """Ends as a coroutine of the tests' side does."""
    future = asyncio.get_running_loop().create_future()
    is_told = False

    def ended(how: str, what) -> None:
        nonlocal is_told
        is_told = True
        if future.done():
            return
        if how == "cancelled":
            future.cancel()
        elif how == "raised":
            future.set_exception(what)
        else:
            future.set_result(what)

    result = handle.call("start", (ended,))
    if result is not None:
        return result[0]
    try:
        return await future
    except asyncio.CancelledError:
        if not is_told:
            handle.call("cancel")
        raise
