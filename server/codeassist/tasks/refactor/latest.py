"""The files that were parsed last, each by its path with the content that it was parsed from.

One content a path: while somebody types, each state of a file is asked about and soon forgotten,
and the syntax trees of its older states would only be in the way.
"""

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")

FILES_KEPT = 4  # an editor asks all actions about one file, and people look at a few in turn


class Latest(Generic[T]):
    """A bounded cache, least recently used first out."""

    def __init__(self, limit: int = FILES_KEPT) -> None:
        self._limit = limit
        self._kept: OrderedDict[str, tuple[bytes, T]] = OrderedDict()

    def get(self, path: str, data: bytes, make: Callable[[], T]) -> T:
        """What is kept of a path with this content, else what `make` gives, which is kept."""
        found = self._kept.pop(path, None)
        if found is None or found[0] != data:
            found = data, make()
        self._kept[path] = found
        if len(self._kept) > self._limit:
            self._kept.popitem(last=False)
        return found[1]
