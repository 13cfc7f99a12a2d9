"""Where quoted code stands: in the diff, else in the file that is named, else nowhere.

A path that does not exist is no end: the one changed file that has the quote is meant. A quote that
leads to no line still has its file, if that is changed. Guesses no place; see `anchors` for what
decides within a diff.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from codeassist.base.changes import FileChange
from codeassist.checks.check import Review
from codeassist.tasks.bugs.claims import Cited
from codeassist.tasks.bugs.quotes import NotFoundError, find_quote
from codeassist.tasks.review.anchors import Anchor, UnplacedError, anchor

_LINE = re.compile(r":\d+(?:-\d+)?$")


@dataclass(frozen=True, slots=True)
class Spot:
    """Bytes of a file that exist, in the base if `old`; `in_diff` if lines of the diff.

    With `whole_file` no bytes are meant, but a changed file: both offsets are 0.
    """

    path: str
    start: int
    end: int
    old: bool = False
    in_diff: bool = False
    whole_file: bool = False


@dataclass(frozen=True)
class Spots:
    """Finds the spots of quotes in one review."""

    review: Review

    def find(self, cited: Cited) -> Spot:
        """The spot of a quote. Raises UnplacedError with the reason."""
        change = self.change(cited.path)
        if change is None and not self._exists(cited.path):
            return self._anywhere(cited)
        reason: UnplacedError | None = None
        if change is not None:
            try:
                return self._of_anchor(change, anchor(change, cited.quote, cited.line))
            except UnplacedError as error:
                reason = error
        try:
            path = change.path if change is not None else self._named(cited.path)
            found = find_quote(self.review.head, path, cited.quote, cited.line)
        except NotFoundError as error:
            raise reason or UnplacedError(str(error)) from None
        return Spot(found.path, found.start, found.end)

    def lines(self, spot: Spot) -> tuple[int, int]:
        """The first and the last line of a spot, 0-based."""
        view = self.review.base if spot.old else self.review.head
        document = view.document(spot.path)
        if document is None:
            return 0, 0
        return document.lines.line_of(spot.start), document.lines.line_of(max(0, spot.end - 1))

    def change(self, path: str) -> FileChange | None:
        """The change of a file that a model names by its new or its old path."""
        return next((self._changes[n] for n in _names(path) if n in self._changes), None)

    def _anywhere(self, cited: Cited) -> Spot:
        """A quote with a path that does not exist, if one changed file alone has it."""
        found: list[Spot] = []
        for change in self.review.diff.files:
            try:
                found.append(self._of_anchor(change, anchor(change, cited.quote, cited.line)))
            except UnplacedError:
                continue
        if len(found) != 1:
            name = cited.path.strip()[:200] or "without a name"
            raise UnplacedError(f"there is no file {name}")
        return found[0]

    def _of_anchor(self, change: FileChange, found: Anchor) -> Spot:
        """An anchor as bytes, without the indentation of its first line."""
        view = self.review.base if found.old else self.review.head
        path = change.old_path if found.old else change.new_path
        document = view.document(path) if path is not None else None
        if path is None or document is None:
            raise UnplacedError(f"{change.path} cannot be read")
        lines = document.lines
        first, last = lines.line_start(found.first - 1), lines.line_end(found.last - 1)
        text = document.data[first:last]
        start = first + len(text) - len(text.lstrip())
        return Spot(path, start, max(start, first + len(text.rstrip())), found.old, True)

    def _exists(self, path: str) -> bool:
        return any(name in self.review.head for name in _names(path))

    def _named(self, path: str) -> str:
        return next(name for name in _names(path) if name in self.review.head)

    @cached_property
    def _changes(self) -> Mapping[str, FileChange]:
        """The changes by old and by new path; the new one of one file may be another's old one."""
        old = {change.old_path: change for change in self.review.diff.files if change.old_path}
        new = {change.new_path: change for change in self.review.diff.files if change.new_path}
        return old | new


def _names(path: str) -> Iterator[str]:
    """A path as a model may have meant it: bare, without a line, without a diff's "a/" or "b/"."""
    text = path.strip().strip("`'\"").replace("\\", "/")
    while text.startswith("./"):
        text = text[2:]
    text = _LINE.sub("", text)
    yield text
    if text.startswith(("a/", "b/")):
        yield text[2:]
