"""Follows lines of code through an edit, by comparing the text before with the text after.

White space at both ends of a line does not count: code that is indented anew is the same code.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

Lines = Sequence[bytes]


def lines_of(data: bytes) -> list[bytes]:
    """A text's lines without their ends."""
    return [line.removesuffix(b"\r") for line in data.split(b"\n")]


def indent(line: bytes) -> int:
    """How many blanks a line begins with."""
    return len(line) - len(line.lstrip())


@dataclass(frozen=True)
class Move:
    """An edit of a text. What is before the first changed line and after the last one only moves.

    Between them, code is found again by its text.
    """

    old: Lines
    new: Lines

    def block(self, first: int, last: int) -> int | None:
        """Where some lines, given by the first and the last one, begin now.

        None if they have changed, or cannot be told from others that look like them.
        """
        if last >= len(self.old):
            return None
        if last < self._head:
            return first
        if first >= len(self.old) - self._tail:
            return first + len(self.new) - len(self.old)
        return self._found(first, last)

    def line(self, line: int) -> int:
        """About where a line is now, whatever became of it."""
        if line < self._head:
            return line
        if line >= len(self.old) - self._tail:
            return max(0, line + len(self.new) - len(self.old))
        return min(line, max(self._head, len(self.new) - self._tail - 1))

    @cached_property
    def _sides(self) -> tuple[list[bytes], list[bytes]]:
        return [line.strip() for line in self.old], [line.strip() for line in self.new]

    @cached_property
    def _head(self) -> int:
        """How many lines are the same at the beginning."""
        count = 0
        for one, other in zip(*self._sides, strict=False):
            if one != other:
                break
            count += 1
        return count

    @cached_property
    def _tail(self) -> int:
        """How many of the other lines are the same at the end."""
        old, new = self._sides
        count, most = 0, min(len(old), len(new)) - self._head
        while count < most and old[-1 - count] == new[-1 - count]:
            count += 1
        return count

    def _found(self, first: int, last: int) -> int | None:
        """Where lines in the midst of changes are: as often there as before, in the same order."""
        old, new = self._sides
        if first < self._head or last >= len(old) - self._tail:
            return None
        wanted = old[first : last + 1]
        before = _places(old, wanted, self._head, len(old) - self._tail)
        after = _places(new, wanted, self._head, len(new) - self._tail)
        return after[before.index(first)] if len(before) == len(after) else None


def _places(lines: Lines, wanted: Lines, start: int, end: int) -> list[int]:
    size = len(wanted)
    return [
        at
        for at in range(start, end - size + 1)
        if lines[at] == wanted[0] and list(lines[at : at + size]) == list(wanted)
    ]
