import asyncio
import time


def test_an_hour_passes_at_once():
    started = time.monotonic()
    time.sleep(3600)
    assert 3600 <= time.monotonic() - started < 3601


def test_sleeping_tasks_share_the_clock():
    async def main():
        await asyncio.gather(asyncio.sleep(3000), asyncio.sleep(1000), asyncio.sleep(2000))

    started = time.time()
    asyncio.run(main())
    assert 3000 <= time.time() - started < 3001


def test_a_loop_that_nothing_can_wake():
    async def main():
        await asyncio.Event().wait()

    asyncio.run(main())
