"""What a check is, and what it is given: the review's two views, and a maker of findings."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from codeassist.base.cancellation import CancellationToken
from codeassist.base.changes import Diff, FileChange
from codeassist.base.files import Document, Skipped
from codeassist.base.findings import Evidence, Excerpt, Finding, Location, Severity
from codeassist.base.symbols import TOP
from codeassist.checks.reach import Reach
from codeassist.index.names import Names
from codeassist.index.values import Values
from codeassist.index.view import View

CONTEXT_LINES = 2  # lines shown around a place
MAX_EXCERPT_LINES = 12  # of a place that spans more, the beginning is shown
MAX_PLACES = 30  # of one finding in one file; formats show fewer, and more help nobody
MAX_LINE_CHARACTERS = 300  # a longer line is cut in an excerpt


@dataclass(frozen=True)
class Review:
    """What is under review: the diff, the base's view, the new state's view.

    `lost` collects what could not be looked at, with the reason; it ends up in the coverage.
    """

    diff: Diff
    base: View
    head: View
    token: CancellationToken = field(default_factory=CancellationToken)
    docstring_style: str = "auto"
    lost: list[Skipped] = field(default_factory=list)

    @cached_property
    def base_values(self) -> Values:
        """Resolution of names and expressions in the base."""
        return Values(Names(self.base))

    @cached_property
    def head_values(self) -> Values:
        """Resolution of names and expressions in the new state."""
        return Values(Names(self.head))

    @cached_property
    def _imported(self) -> dict[tuple[str, str], set[str]]:
        return {}

    @cached_property
    def base_reach(self) -> Reach:
        """Which files of the base reach which."""
        return Reach(self.base_values.names, self._imported)

    @cached_property
    def head_reach(self) -> Reach:
        """Which files of the new state reach which."""
        same_paths = self.base.file_set.paths == self.head.file_set.paths
        return Reach(self.head_values.names, self._imported if same_paths else {})

    @cached_property
    def changes(self) -> Mapping[str, FileChange]:
        """The changes of text files that exist in the new state, by new path."""
        return {c.new_path: c for c in self.diff.files if c.new_path and not c.submodule}

    @cached_property
    def old_path(self) -> Mapping[str, str]:
        """The base's path of each changed path that existed there."""
        pairs = ((c.new_path, c.old_path) for c in self.diff.files)
        return {new: old for new, old in pairs if new and old}

    @cached_property
    def added(self) -> Mapping[str, frozenset[int]]:
        """0-based numbers of the lines that the diff adds, by new path."""
        return {
            path: frozenset(number - 1 for number in change.added_lines())
            for path, change in self.changes.items()
        }

    def is_added(self, path: str, start: int) -> bool:
        """Whether the byte offset `start` of the new state's file stands on an added line."""
        lines = self.added.get(path)
        document = self.head.document(path) if lines else None
        if not lines or document is None:
            return False
        return document.lines.line_of(start) in lines


@dataclass(frozen=True, slots=True)
class Check:
    """A check. `run` yields findings made by `found`; `languages` is empty for all.

    `whole` does so for files as they are today, which the review presents as added; None where
    only a diff can tell, or where it was measured to be noise.
    """

    code: str
    name: str
    title: str
    severity: Severity
    run: Callable[[Review], Iterator[Finding]]
    languages: tuple[str, ...] = ()
    whole: Callable[[Review], Iterator[Finding]] | None = None


def place(view: View, path: str, start: int, end: int, *, old: bool = False) -> Location:
    """A location with its excerpt, from byte offsets into a file of a view."""
    document = view.document(path) or Document(path, b"")
    span = document.lines.span(start, end)
    first = max(0, span.start_line - CONTEXT_LINES)
    last = min(span.end_line + CONTEXT_LINES, document.lines.line_count - 1)
    last = min(last, first + MAX_EXCERPT_LINES - 1)
    lines = (document.lines.line(number) for number in range(first, last + 1))
    excerpt = Excerpt(first, tuple(line[:MAX_LINE_CHARACTERS] for line in lines))
    return Location(path, span, old, excerpt)


def header_range(view: View, path: str, symbol: int) -> tuple[int, int]:
    """The byte range of a definition's header, without the white space before its body."""
    outline, document = view.outline(path), view.document(path)
    if outline is None or document is None:
        return 0, 0
    start, body = outline.symbols[symbol].start, outline.symbols[symbol].body
    return start, start + len(document.data[start:body].rstrip(b" \t\r\n{"))


def header(view: View, path: str, symbol: int, *, old: bool = False) -> Location:
    """The place of a definition's header."""
    return place(view, path, *header_range(view, path, symbol), old=old)


def found(
    check: Check,
    review: Review,
    path: str,
    start: int,
    end: int,
    message: str,
    *,
    subject: str,
    evidence: Iterable[Evidence] = (),
    remedy: str = "",
    severity: Severity | None = None,
) -> Finding:
    """A finding at a range of the new state's file, with its excerpt and enclosing symbol."""
    return Finding(
        code=check.code,
        name=check.name,
        severity=severity or check.severity,
        message=message,
        location=place(review.head, path, start, end),
        evidence=tuple(evidence),
        remedy=remedy,
        symbol=enclosing(review.head, path, start),
        subject=subject,
    )


def enclosing(view: View, path: str, offset: int) -> str:
    """The dotted name of the innermost definition around an offset, "" at the top."""
    outline = view.outline(path)
    if outline is None:
        return ""
    best = TOP
    for index, symbol in enumerate(outline.symbols):
        if symbol.start > offset:
            break
        if offset < symbol.end:
            best = index
    return outline.qualified(best)
