"""Tries again what may work the next time, after the time that the server names.

Only what is likely to pass: too many requests, a server that failed, a connection that broke. Never
a wrong key, an account without money, or a request that is wrong. Other models are the gateway's
matter.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from codeassist.base.model_errors import (
    CertificateError,
    ModelError,
    RateLimitError,
    ServerError,
    UnreachableError,
)

Result = TypeVar("Result")
Sleep = Callable[[float], Awaitable[object]]

RETRIED = (RateLimitError, ServerError, UnreachableError)


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long. All times are in seconds."""

    attempts: int = 5
    # An answer that broke off has been paid for up to there, so it is not begun a third time.
    begun_attempts: int = 2
    first_wait: float = 1.0
    longest_wait: float = 30.0  # without a word of the server
    # OpenAI's windows are a minute long; whoever names more than two speaks of a day's quota.
    longest_retry_after: float = 120.0
    # A time-out of ten minutes is not tried five times.
    give_up_after: float = 300.0


@dataclass(frozen=True)
class Means:
    """The clock and the dice, so that tests take no time and know what comes."""

    sleep: Sleep = asyncio.sleep
    clock: Callable[[], float] = time.monotonic
    dice: Callable[[], float] = random.random


@dataclass
class Trials:
    """What was tried so far: attempts, those of which text had come, and since when."""

    since: float
    attempts: int = 0
    begun: int = 0


def wait_before_next(
    error: ModelError, trials: Trials, patience: Patience, means: Means
) -> float | None:
    """Seconds to wait before the next attempt; None if there is to be none.

    Raises RateLimitError if the server wants more time than anybody would wait.
    """
    if not isinstance(error, RETRIED) or isinstance(error, CertificateError):
        return None
    if trials.attempts >= patience.attempts or trials.begun >= patience.begun_attempts:
        return None
    if isinstance(error, RateLimitError) and error.retry_after is not None:
        if error.retry_after > patience.longest_retry_after:
            raise too_long_a_wait(error.retry_after) from None
        # All that wait for the same server should not come back at the same moment.
        return error.retry_after + means.dice() * patience.first_wait
    if means.clock() - trials.since > patience.give_up_after:
        return None
    most = min(patience.longest_wait, patience.first_wait * 2.0 ** (trials.attempts - 1))
    return means.dice() * most


async def retried(
    attempt: Callable[[], Awaitable[Result]],
    has_begun: Callable[[], bool],
    before_wait: Callable[[float, ModelError], None],
    patience: Patience,
    means: Means,
) -> Result:
    """The result of the first attempt that works.

    `has_begun` tells whether text of the last attempt had come. `before_wait` hears how long is
    waited, and why. Raises the last attempt's error.
    """
    trials = Trials(means.clock())
    while True:
        try:
            return await attempt()
        except ModelError as error:
            trials.attempts += 1
            trials.begun += has_begun()
            seconds = wait_before_next(error, trials, patience, means)
            if seconds is None:
                raise
            before_wait(seconds, error)
        await means.sleep(seconds)


def too_long_a_wait(seconds: float) -> RateLimitError:
    """The error for a server that wants to be left alone for long."""
    return RateLimitError(
        f"the server takes no request for another {duration(seconds)}",
        "try again then, use another model, or ask the provider for higher rates",
        seconds,
    )


def duration(seconds: float) -> str:
    """A time in words: "45 s", "12 min", "3 h"."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    if seconds < 6000:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.0f} h"
