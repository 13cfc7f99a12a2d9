"""Holds requests back: so many at once, and none that the server has said it will refuse.

One `Rates` serves all requests of a process (of one event loop). Knows addresses and numbers.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from codeassist.llm.provider import Remaining
from codeassist.llm.retry import Means, too_long_a_wait

OnWait = Callable[[float, str], None]


class Gate:
    """The way to one model at one address."""

    def __init__(self, concurrent: int, means: Means) -> None:
        self._slots = asyncio.Semaphore(max(1, concurrent))
        self._means = means
        self._requests: int | None = None  # what is left until `_requests_reset`; None: unknown
        self._tokens: int | None = None
        self._requests_reset = 0.0
        self._tokens_reset = 0.0
        self._closed_until = 0.0

    @asynccontextmanager
    async def passage(self, tokens: int, longest: float, on_wait: OnWait) -> AsyncIterator[None]:
        """Come in when there is a place, and the server has room for so many tokens.

        Raises RateLimitError if the server's room would take longer than `longest` seconds.
        """
        async with self._slots:
            while (seconds := self._wait(tokens)) > 0:
                if seconds > longest:
                    raise too_long_a_wait(seconds)
                on_wait(seconds, "the server's rates are used up")
                await self._means.sleep(seconds)
            self._take(tokens)
            yield

    def saw(self, remaining: Remaining) -> None:
        """Take what a server says is left."""
        now = self._means.clock()
        if remaining.requests is not None and remaining.requests_reset is not None:
            self._requests = remaining.requests
            self._requests_reset = now + remaining.requests_reset
        if remaining.tokens is not None and remaining.tokens_reset is not None:
            self._tokens = remaining.tokens
            self._tokens_reset = now + remaining.tokens_reset

    def close_for(self, seconds: float) -> None:
        """Let nobody in for some time: a server has refused one, and would refuse the others."""
        self._closed_until = max(self._closed_until, self._means.clock() + seconds)

    def _wait(self, tokens: int) -> float:
        """Seconds until a request of so many tokens has a chance."""
        now = self._means.clock()
        until = self._closed_until
        if self._requests is not None and self._requests < 1:
            until = max(until, self._requests_reset)
        if self._tokens is not None and self._tokens < tokens:
            # A request that is larger than all that there ever is goes when all is there.
            until = max(until, self._tokens_reset)
        return until - now

    def _take(self, tokens: int) -> None:
        """Count a request, so that others do not take the same room. After a reset all is new."""
        now = self._means.clock()
        if self._requests is not None:
            self._requests = None if now >= self._requests_reset else self._requests - 1
        if self._tokens is not None:
            self._tokens = None if now >= self._tokens_reset else self._tokens - tokens


class Rates:
    """The gates of a process, by address and model."""

    def __init__(self, means: Means | None = None) -> None:
        self._means = means or Means()
        self._gates: dict[tuple[str, str], Gate] = {}

    def gate(self, address: str, model: str, concurrent: int) -> Gate:
        """The gate to a model. `concurrent` counts when it is first asked for."""
        place = (address, model)
        if place not in self._gates:
            self._gates[place] = Gate(concurrent, self._means)
        return self._gates[place]
