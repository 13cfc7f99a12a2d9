"""Waiting for something outside of the editor."""

import time
from collections.abc import Callable

_SECONDS = 120  # against hangs only
_POLL_SECONDS = 0.05


def wait_for(condition: Callable[[], object]) -> None:
    """Wait until something is true."""
    limit = time.monotonic() + _SECONDS
    while not condition():
        assert time.monotonic() < limit, "it never came true"
        time.sleep(_POLL_SECONDS)
