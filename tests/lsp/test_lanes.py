"""Lanes: one thread with one thing, jobs in turn, cancellation, and an end."""

import asyncio
import threading
from collections.abc import AsyncIterator

import pytest

from codeassist.base.cancellation import CancellationToken
from codeassist.lsp.lanes import Lane, WasCancelled


class Thing:
    """What a lane works with; it says in which threads it was made, used and ended."""

    def __init__(self) -> None:
        self.made_in = threading.get_ident()
        self.ended_in: int | None = None

    def end(self) -> None:
        self.ended_in = threading.get_ident()


@pytest.fixture
async def lane() -> AsyncIterator[Lane[Thing]]:
    lane = Lane("test", Thing)
    yield lane
    lane.close(Thing.end)


def itself(thing: Thing, token: CancellationToken) -> tuple[Thing, int]:
    return thing, threading.get_ident()


async def test_all_jobs_have_one_thread_and_one_thing(lane: Lane[Thing]) -> None:
    found = await asyncio.gather(*(lane.run(itself) for _ in range(5)))
    assert len(set(found)) == 1
    thing, thread = found[0]
    assert thread == thing.made_in != threading.get_ident()


async def test_a_lane_is_idle_before_and_after(lane: Lane[Thing]) -> None:
    assert lane.is_idle
    task = asyncio.ensure_future(lane.run(itself))
    await asyncio.sleep(0)
    assert not lane.is_idle
    await task
    await asyncio.sleep(0)
    assert lane.is_idle


async def test_what_rests_is_known(lane: Lane[Thing]) -> None:
    before = asyncio.get_running_loop().time()
    release = threading.Event()
    task = asyncio.ensure_future(lane.run(lambda thing, token: release.wait(60)))
    await asyncio.sleep(0)
    assert not lane.rests_since(before)
    release.set()
    await task
    await asyncio.sleep(0)
    assert not lane.rests_since(before)
    assert lane.rests_since(asyncio.get_running_loop().time() + 1)


async def test_errors_come_out_and_the_next_job_works(lane: Lane[Thing]) -> None:
    def broken(thing: Thing, token: CancellationToken) -> None:
        raise KeyError("x")

    with pytest.raises(KeyError):
        await lane.run(broken)
    assert await lane.run(itself)


async def test_making_may_fail_and_is_tried_again() -> None:
    tried: list[int] = []

    def make() -> Thing:
        tried.append(1)
        if len(tried) == 1:
            raise FileNotFoundError
        return Thing()

    lane = Lane("test", make)
    with pytest.raises(FileNotFoundError):
        await lane.run(itself)
    assert await lane.run(itself)
    lane.close(Thing.end)


async def test_cancelling_raises_the_token_and_does_not_wait(lane: Lane[Thing]) -> None:
    begun, noticed, seen, release = (threading.Event() for _ in range(4))

    def slow(thing: Thing, token: CancellationToken) -> None:
        begun.set()
        token.on_cancel(noticed.set)
        noticed.wait(60)
        seen.set()
        release.wait(60)
        token.check()

    task = asyncio.ensure_future(lane.run(slow))
    await asyncio.to_thread(begun.wait, 60)
    waiting = asyncio.ensure_future(lane.run(itself))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await asyncio.to_thread(seen.wait, 60), "the job saw it while it was still at work"
    assert not waiting.done()
    release.set()
    assert await waiting


async def test_what_is_cancelled_before_it_begins_never_does(lane: Lane[Thing]) -> None:
    release, ran = threading.Event(), threading.Event()
    first = asyncio.ensure_future(lane.run(lambda thing, token: release.wait(60)))
    second = asyncio.ensure_future(lane.run(lambda thing, token: ran.set()))
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.sleep(0)
    release.set()
    await first
    await lane.run(itself)
    assert not ran.is_set()


async def test_a_token_that_is_raised_elsewhere_is_an_ordinary_error(lane: Lane[Thing]) -> None:
    def cancels_itself(thing: Thing, token: CancellationToken) -> None:
        token.cancel()
        token.check()

    with pytest.raises(WasCancelled):
        await lane.run(cancels_itself)


async def test_closing_lets_what_waits_finish_and_ends_the_thing_in_its_thread() -> None:
    lane = Lane("test", Thing)
    release = threading.Event()
    first = asyncio.ensure_future(lane.run(lambda thing, token: release.wait(60)))
    second = asyncio.ensure_future(lane.run(itself))
    await asyncio.sleep(0)
    ended = threading.Event()
    lane.close(lambda thing: (thing.end(), ended.set()))
    lane.close(Thing.end)  # twice is once
    with pytest.raises(WasCancelled):
        await lane.run(itself)
    release.set()
    await first
    thing, thread = await second
    await asyncio.to_thread(ended.wait, 60)
    assert thing.ended_in == thread
