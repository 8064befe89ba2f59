"""An asyncio event loop that needs nothing but a clock: WASI has no socket pair, and nothing but time can wake a loop."""

import asyncio
import asyncio.events
import asyncio.selector_events
import selectors
import socket
import time


class _Sleeper(selectors._BaseSelectorImpl):
    """A selector without files. The clock of the sandbox is virtual: a sleep moves it and takes no time."""

    def select(self, timeout=None):
        if timeout is None:
            raise RuntimeError(
                "asyncio: the event loop waits for something that cannot happen: no task can go on, no timer is set, and "
                "in the sandbox there are no threads, sockets or signals that could wake it"
            )
        if timeout > 0:
            time.sleep(timeout)
        return []


class SandboxEventLoop(asyncio.selector_events.BaseSelectorEventLoop):
    """The event loop of the sandbox: tasks, timers, futures; no sockets, signals, processes or threads."""

    def __init__(self, selector=None):
        super().__init__(_Sleeper())

    # The self-pipe lets another thread or a signal wake the loop. There is neither.
    def _make_self_pipe(self):
        pass

    def _close_self_pipe(self):
        pass

    def _write_to_self(self):
        pass

    async def getaddrinfo(self, host, port, **options):
        # The inherited one would complain about the thread that it cannot start.
        return socket.getaddrinfo(host, port, **options)


class SandboxEventLoopPolicy(asyncio.events._BaseDefaultEventLoopPolicy):
    """Makes [`SandboxEventLoop`] what `asyncio.run` and `new_event_loop` give."""

    _loop_factory = SandboxEventLoop


def install() -> None:
    """Makes the sandbox's loop the default of asyncio."""
    for module in (asyncio, asyncio.unix_events):
        module.SelectorEventLoop = SandboxEventLoop
        module.EventLoop = SandboxEventLoop
    asyncio.events._event_loop_policy = SandboxEventLoopPolicy()
