"""Cooperative cancellation: a token that long loops ask.

Synchronous rooms take a token and call `check`; it raises `Cancelled`, which no room below the
rims may swallow.
"""

import threading
from collections.abc import Callable


class Cancelled(BaseException):
    """The work was cancelled. A BaseException, so that `except Exception` lets it pass."""


class CancellationToken:
    """A thread-safe flag that is raised once."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._callbacks: list[Callable[[], object]] = []

    def cancel(self) -> None:
        """Raise the flag, and call what waits for it; further calls do nothing."""
        with self._lock:
            self._event.set()
            waiting, self._callbacks = self._callbacks, []
        for callback in waiting:
            callback()

    def on_cancel(self, callback: Callable[[], object]) -> Callable[[], None]:
        """Call back once, from the thread that cancels; at once if that has happened already.

        Returns a function that takes the wish back.
        """
        with self._lock:
            if not self._event.is_set():
                self._callbacks.append(callback)
                return lambda: self._forget(callback)
        callback()
        return lambda: None

    def _forget(self, callback: Callable[[], object]) -> None:
        with self._lock:
            if callback in self._callbacks:
                self._callbacks.remove(callback)

    @property
    def cancelled(self) -> bool:
        """Whether the flag has been raised."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise `Cancelled` if the flag has been raised."""
        if self._event.is_set():
            raise Cancelled
