"""A diff as plain data: files, hunks, lines with their exact old and new numbers.

Line numbers are 1-based, as git prints them.
"""

from dataclasses import dataclass
from enum import Enum


class ChangeKind(Enum):
    """What happened to a file."""

    ADDED = "added"
    DELETED = "deleted"
    MODIFIED = "modified"
    RENAMED = "renamed"
    COPIED = "copied"
    MODE = "mode"
    TYPE = "type"


class LineKind(Enum):
    """The side of a line in a hunk."""

    CONTEXT = " "
    ADDED = "+"
    REMOVED = "-"


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of a hunk. `text` has no sign and no line feed, but keeps a carriage return.

    Bytes that are not UTF-8 are surrogate escapes: `text.encode("utf-8", "surrogateescape")` is
    exact, and anything that prints must replace them.
    `old` and `new` are 1-based line numbers, None on the side where the line does not exist.
    `no_newline` says that the file ends here without a line feed.
    """

    kind: LineKind
    text: str
    old: int | None
    new: int | None
    no_newline: bool = False


@dataclass(frozen=True, slots=True)
class Hunk:
    """A hunk. The counts are those of its header, and equal to those of its lines."""

    old_start: int
    old_count: int
    new_start: int
    new_count: int
    lines: tuple[DiffLine, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class FileChange:
    """The change of one file. A path is None on the side where the file does not exist.

    `hunks` is empty for pure renames, mode changes, binary files, submodules and files that were
    too large to show (`too_large`); `note` says which in words, "" otherwise.
    """

    kind: ChangeKind
    old_path: str | None
    new_path: str | None
    hunks: tuple[Hunk, ...] = ()
    binary: bool = False
    submodule: bool = False
    old_mode: str | None = None
    new_mode: str | None = None
    note: str = ""
    too_large: bool = False

    @property
    def path(self) -> str:
        """The path that people know the file by: the new one, or the old one of a deleted file."""
        path = self.new_path or self.old_path
        assert path is not None, "a change has a path on one side at least"
        return path

    def added_lines(self) -> frozenset[int]:
        """1-based numbers, in the new file, of the lines that the change adds."""
        return frozenset(
            line.new
            for hunk in self.hunks
            for line in hunk.lines
            if line.kind is LineKind.ADDED and line.new is not None
        )

    def removed_lines(self) -> frozenset[int]:
        """1-based numbers, in the old file, of the lines that the change removes."""
        return frozenset(
            line.old
            for hunk in self.hunks
            for line in hunk.lines
            if line.kind is LineKind.REMOVED and line.old is not None
        )


@dataclass(frozen=True, slots=True)
class Diff:
    """A whole diff, its files in the order in which git lists them."""

    files: tuple[FileChange, ...]
