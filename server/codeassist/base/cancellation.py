"""Cooperative cancellation: a token that long loops ask.

Synchronous rooms take a token and call `check`; it raises `Cancelled`, which no room below the
rims may swallow.
"""

import threading


class Cancelled(BaseException):
    """The work was cancelled. A BaseException, so that `except Exception` lets it pass."""


class CancellationToken:
    """A thread-safe flag that is raised once."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Raise the flag; further calls do nothing."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether the flag has been raised."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise `Cancelled` if the flag has been raised."""
        if self._event.is_set():
            raise Cancelled
