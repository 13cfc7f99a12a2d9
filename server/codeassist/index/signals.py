"""Holds signals back while a worker process is started, and ends workers whose parent is gone.

A worker that is interrupted before it is ready, or is not told what to do, prints a traceback into
the user's terminal. Changes no handler for longer than its `with` block.
"""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process, resource_tracker
from multiprocessing.connection import wait
from types import FrameType

_ENDING = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def held() -> Iterator[None]:
    """Let SIGINT and SIGTERM wait until the block is done. A process that it starts has no SIGINT.

    Does nothing outside of the main thread, where Python runs no handlers.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []

    def remember(number: int, frame: FrameType | None) -> None:
        came.append(number)

    before = {number: signal.signal(number, remember) for number in _ENDING}
    try:
        with _blocked_for_children():
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        if came:
            signal.raise_signal(came[0])


@contextmanager
def _blocked_for_children() -> Iterator[None]:
    """Block Ctrl-C in this thread: what it starts is born with that, handlers are not inherited."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows, where Ctrl-C is no signal of the system
        yield
        return
    resource_tracker.ensure_running()  # it would unblock the signal when it starts by itself
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end_with_parent() -> None:
    """End this worker when its parent dies without a word, as by `kill -9`.

    Its queue would not tell: the workers themselves hold the other end open.
    """
    parent = parent_process()
    if parent is not None:
        watch = threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True)
        watch.start()


def _watch(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
