"""What a worker process does: contents in, rows for the store out, with a time limit a file.

Runs in the server's own process too when there is little to do. Knows no paths but those that it is
given for messages.
"""

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass

from codeassist.base.files import decode
from codeassist.index.outline import encode, extract_outline, words
from codeassist.index.signals import end_with_parent
from codeassist.index.store import Row

SECONDS_A_FILE = 5.0  # a file of 1 MiB takes 0.2 s; more is a grammar's bad case
TOO_SLOW = f"took longer than {SECONDS_A_FILE:.0f} s to parse"


@dataclass(frozen=True, slots=True)
class Content:
    """A content to index."""

    path: str
    key: str
    language: str
    raw: bytes


def outline_row(content: Content) -> Row:
    """A content's row for the store; a row with a reason where it cannot be indexed."""
    data = decode(content.path, content.raw).data
    try:
        raw = extract_outline(content.language, data, _until(time.monotonic() + SECONDS_A_FILE))
    except TimeoutError:
        return Row(content.key, content.language, reason=TOO_SLOW)
    return Row(content.key, content.language, encode(raw), words(data), len(raw[1]))


def start_worker() -> None:
    """Prepare a worker process: Ctrl-C is its parent's matter, which ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()


def outline_rows(contents: list[Content]) -> list[Row]:
    """The rows of a batch."""
    return [outline_row(content) for content in contents]


def _until(deadline: float) -> Callable[[], bool]:
    """Asks whether the time is over."""
    return lambda: time.monotonic() > deadline
