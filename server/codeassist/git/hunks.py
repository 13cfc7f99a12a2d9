"""Reads one hunk of a unified diff by the counts in its header.

A content line may look like anything ("--- a/x" is the removed line "-- a/x"), so the counts
alone say where a hunk ends, and `\\ No newline at end of file` counts for nothing.
"""

import re
from dataclasses import dataclass

from codeassist.base.changes import DiffLine, Hunk, LineKind
from codeassist.base.errors import DiffError

HEADER = re.compile(rb"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)", re.DOTALL)
_REMEDY = "the patch was cut or edited by hand: make it anew with `git diff` or `diff -u`"


class Cursor:
    """A patch's lines and the next one to read. Lines end at line feeds and nowhere else."""

    def __init__(self, raw: bytes) -> None:
        self.lines = raw.split(b"\n")
        if self.lines[-1] == b"":
            self.lines.pop()
        self.index = 0

    @property
    def number(self) -> int:
        """The 1-based number of the next line."""
        return self.index + 1

    def peek(self, ahead: int = 0) -> bytes:
        """A line that was not read yet; empty past the end."""
        at = self.index + ahead
        return self.lines[at] if at < len(self.lines) else b""

    @property
    def ended(self) -> bool:
        """Whether all lines were read."""
        return self.index >= len(self.lines)


@dataclass(frozen=True, slots=True)
class RawHunk:
    """A hunk whose counts hold: its header's numbers and its lines, signs included."""

    old_start: int
    old_count: int
    new_start: int
    new_count: int
    heading: bytes
    lines: list[bytes]

    @property
    def size(self) -> int:
        """Bytes of its lines, line feeds included."""
        return sum(map(len, self.lines)) + len(self.lines)

    def parsed(self) -> Hunk:
        """The hunk with its lines numbered. Bytes outside UTF-8 become surrogate escapes."""
        lines: list[DiffLine] = []
        old, new = self.old_start, self.new_start
        for index, raw in enumerate(self.lines):
            sign, following = raw[:1], self.lines[index + 1 : index + 2]
            if sign == b"\\":
                continue
            bare = bool(following) and following[0].startswith(b"\\")
            text = raw[1:].decode("utf-8", "surrogateescape")
            if sign == b"+":
                lines.append(DiffLine(LineKind.ADDED, text, None, new, bare))
                new += 1
            elif sign == b"-":
                lines.append(DiffLine(LineKind.REMOVED, text, old, None, bare))
                old += 1
            else:
                lines.append(DiffLine(LineKind.CONTEXT, text, old, new, bare))
                old, new = old + 1, new + 1
        # Git cuts a heading at 80 bytes, in the middle of a character if need be.
        heading = self.heading.decode("utf-8", "replace").rstrip("\r")
        counts = (self.old_start, self.old_count, self.new_start, self.new_count)
        return Hunk(*counts, tuple(lines), heading)


def read_hunk(cursor: Cursor) -> RawHunk:
    """Read the hunk at the cursor. Raises DiffError if its lines and its counts disagree."""
    start = cursor.number
    match = HEADER.match(cursor.peek())
    if match is None:
        raise DiffError(f"line {start} of the patch is not a valid hunk header", _REMEDY)
    old_start, old_count, new_start, new_count = (
        int(group) if group is not None else 1 for group in match.groups()[:4]
    )
    cursor.index += 1
    lines = _content(cursor, old_count, new_count, start)
    _refuse_surplus(cursor, start)
    return RawHunk(old_start, old_count, new_start, new_count, match.group(5), lines)


def _content(cursor: Cursor, old: int, new: int, start: int) -> list[bytes]:
    first = cursor.index
    lines = cursor.lines
    index = first
    while old > 0 or new > 0:
        if index >= len(lines):
            raise _mismatch(index + 1, start, f"ends, but {max(old, new)} more lines were to come")
        sign = lines[index][:1]
        if sign == b"+":
            new -= 1
        elif sign == b"-":
            old -= 1
        elif sign in (b" ", b"", b"\r"):
            old, new = old - 1, new - 1
        elif sign != b"\\":
            raise _mismatch(index + 1, start, "holds something that is no diff line")
        if old < 0 or new < 0:
            raise _mismatch(index + 1, start, "has more lines than its header says")
        index += 1
    if index < len(lines) and lines[index].startswith(b"\\"):
        index += 1
    cursor.index = index
    # Some tools and mailers strip the space of an empty context line; it is put back here.
    return [b" " + line if line[:1] in (b"", b"\r") else line for line in lines[first:index]]


def _refuse_surplus(cursor: Cursor, start: int) -> None:
    """Refuse a sign right after the last line, which a wrong count would otherwise lose."""
    line = cursor.peek()
    is_signature = line.rstrip() == b"--"
    is_header = line.startswith(b"--- ") and cursor.peek(1).startswith(b"+++ ")
    if line.startswith((b"+", b"-", b" ")) and not is_signature and not is_header:
        raise _mismatch(cursor.number, start, "has more lines than its header says")


def _mismatch(number: int, start: int, what: str) -> DiffError:
    return DiffError(f"line {number} of the patch: the hunk of line {start} {what}", _REMEDY)
