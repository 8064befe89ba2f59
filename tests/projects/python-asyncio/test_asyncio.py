import asyncio
import time

import pytest


async def after(seconds, value):
    await asyncio.sleep(seconds)
    return value


def test_gather_keeps_the_order():
    async def main():
        return await asyncio.gather(after(0.03, "slow"), after(0.01, "fast"), after(0.02, "middle"))

    assert asyncio.run(main()) == ["slow", "fast", "middle"]


def test_tasks_finish_by_their_timers():
    finished = []

    async def note(seconds):
        await asyncio.sleep(seconds)
        finished.append(seconds)

    async def main():
        async with asyncio.TaskGroup() as group:
            for seconds in (0.03, 0.01, 0.02):
                group.create_task(note(seconds))

    asyncio.run(main())
    assert finished == [0.01, 0.02, 0.03]


def test_sleep_moves_the_clock():
    started = time.monotonic()
    asyncio.run(after(0.2, None))
    assert 0.2 <= time.monotonic() - started < 5


def test_timeout():
    async def main():
        async with asyncio.timeout(0.01):
            await asyncio.sleep(60)

    with pytest.raises(TimeoutError):
        asyncio.run(main())


def test_cancel():
    async def main():
        task = asyncio.create_task(asyncio.sleep(60))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())


def test_queue_event_lock_and_semaphore():
    async def main():
        queue, event, lock, gate = asyncio.Queue(2), asyncio.Event(), asyncio.Lock(), asyncio.Semaphore(1)
        received = []

        async def produce():
            for number in range(5):
                await queue.put(number)
            event.set()

        async def consume():
            while len(received) < 5:
                async with lock, gate:
                    received.append(await queue.get())

        await asyncio.gather(produce(), consume())
        await event.wait()
        return received

    assert asyncio.run(main()) == [0, 1, 2, 3, 4]


def test_loop_by_hand():
    loop = asyncio.new_event_loop()
    try:
        assert loop.run_until_complete(after(0, 7)) == 7
    finally:
        loop.close()


def test_runner():
    with asyncio.Runner() as runner:
        assert runner.run(after(0.01, 1)) + runner.run(after(0.01, 2)) == 3


def test_async_generator():
    async def numbers():
        for number in range(3):
            await asyncio.sleep(0)
            yield number

    async def main():
        return [number async for number in numbers()]

    assert asyncio.run(main()) == [0, 1, 2]


def test_error_in_a_task():
    async def fail():
        await asyncio.sleep(0.01)
        raise ValueError("from the task")

    asyncio.run(fail())
