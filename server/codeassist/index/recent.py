"""What was worked out of contents lately, shared by all views of one store.

Keyed by content, so that a file which is the same in the base and in the new state is worked out
once. Bounded, least recently used first out.
"""

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """A bounded cache."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: OrderedDict[tuple[str, str], T] = OrderedDict()

    def get(self, key: tuple[str, str], make: Callable[[], T]) -> T:
        """What is kept under a key, else what `make` gives, which is kept unless it is None."""
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        made = make()
        if made is None:
            return made
        self._kept[key] = made
        if len(self._kept) > self._limit:
            self._kept.popitem(last=False)
        return made
