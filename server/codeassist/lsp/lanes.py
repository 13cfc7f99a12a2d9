"""Lanes: threads that each own an engine, so that the event loop never works and never waits.

An engine's cache belongs to the thread that opened it. A lane opens its engine when it is first
used, does one thing at a time, and gives every job a token of its own, which is raised when the
awaiting task is cancelled.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Concatenate, Generic, ParamSpec, TypeVar

from codeassist.base.cancellation import CancellationToken, Cancelled

Place = TypeVar("Place")
Result = TypeVar("Result")
Arguments = ParamSpec("Arguments")
Job = Callable[Concatenate[Place, CancellationToken, Arguments], Result]


class Lane(Generic[Place]):
    """One thread with one thing that it opens, works on and closes."""

    def __init__(self, name: str, make: Callable[[], Place]) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._make = make
        self._place: Place | None = None
        self._waiting = 0
        self._used = 0.0

    @property
    def is_idle(self) -> bool:
        """Whether a job would begin at once."""
        return self._waiting == 0

    def rests_since(self, moment: float) -> bool:
        """Whether nothing was done since a moment of the loop's time."""
        return self._waiting == 0 and self._used < moment

    async def run(
        self,
        job: "Job[Place, Arguments, Result]",
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """Do a job with the lane's thing. Cancelling the caller raises the job's token at once.

        The caller does not wait for the thread then: it is free as soon as the job has noticed.
        Raises WasCancelled where the lane is closed.
        """
        token = CancellationToken()

        def work() -> Result:
            token.check()
            if self._place is None:
                self._place = self._make()
            return job(self._place, token, *arguments, **named)

        try:
            future = asyncio.get_running_loop().run_in_executor(self._pool, _carried(work))
        except RuntimeError:  # closed: its folder is gone, or has other settings now
            raise WasCancelled from None
        self._waiting += 1
        future.add_done_callback(self._done)
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            token.cancel()
            future.add_done_callback(_forget)
            raise

    def close(self, end: Callable[[Place], None]) -> None:
        """End the lane's thing in its own thread, after what is under way; returns at once."""

        def finish() -> None:
            if self._place is not None:
                with suppress(Exception):
                    end(self._place)
                self._place = None

        with suppress(RuntimeError):  # closed already
            self._pool.submit(finish)
            self._pool.shutdown(wait=False)

    def _done(self, future: "asyncio.Future[Result]") -> None:
        self._waiting -= 1
        self._used = asyncio.get_running_loop().time()


class WasCancelled(Exception):
    """A job that noticed its token. (`Cancelled` itself would end the thread's pool.)"""


def _carried(work: Callable[[], Result]) -> Callable[[], Result]:
    """The same work with a cancellation as an ordinary exception, which a future can carry."""

    def carried() -> Result:
        try:
            return work()
        except Cancelled:
            raise WasCancelled from None

    return carried


def _forget(future: "asyncio.Future[Result]") -> None:
    """Look at a result that nobody waits for, so that it is not reported as unseen."""
    if not future.cancelled():
        future.exception()
