"""The changed lines of a file as a model is shown them: with numbers, in their definitions.

A passage is one hunk or several that touch, with some lines around; a short definition is shown
whole. Added and kept lines have the number of the new file, removed ones none, so that a number
always means a line that exists.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from codeassist.base.changes import FileChange, Hunk, LineKind
from codeassist.base.files import Document
from codeassist.base.symbols import TOP
from codeassist.checks.check import Review
from codeassist.context.frames import symbol_at
from codeassist.context.source import visible
from codeassist.index.view import View

# What stands before a change explains it better than what comes after. By reasoning, as peers do.
BEFORE, AFTER = 8, 4
WHOLE = 40  # lines of a definition that is shown from its first to its last
MAX_HEADING = 200  # characters


@dataclass(frozen=True, slots=True)
class Row:
    """A line as it is shown. `number` is 1-based: of the base's file for removed lines."""

    kind: LineKind
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Rows of one file that follow each other. `symbol` is the dotted name of what they are in.

    `heading` is the first line of that definition, where it is not among the rows.
    """

    path: str
    rows: tuple[Row, ...]
    symbol: str = ""
    heading: Row | None = None

    @property
    def lines(self) -> tuple[int, int]:
        """The first and the last line of the new file, 0-based; (0, 0) where none is left."""
        numbers = [row.number - 1 for row in self.rows if row.kind is not LineKind.REMOVED]
        return (numbers[0], numbers[-1]) if numbers else (0, 0)

    @property
    def changed(self) -> int:
        """How many lines are added or removed."""
        return sum(row.kind is not LineKind.CONTEXT for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What is shown around a hunk: 1-based lines of the new file, the end exclusive."""

    first: int
    start: int
    end: int
    last: int
    symbol: str
    header: int


def passages_of(review: Review, change: FileChange) -> list[Passage]:
    """The passages of a change, in order; none for a file without hunks or one that is gone."""
    if change.new_path is None or not change.hunks:
        return []
    document = review.head.document(change.new_path)
    made: list[Passage] = []
    shown = 0  # the last line of the new file that is shown already
    for hunk, following in zip(change.hunks, (*change.hunks[1:], None), strict=True):
        frame = _frame(review.head, change.new_path, document, hunk)
        limit = _start(following) if following is not None else frame.last
        first, last = max(frame.first, shown + 1), min(frame.last, limit)
        rows = [
            *_kept(document, range(first, frame.start)),
            *_rows(hunk),
            *_kept(document, range(frame.end, last)),
        ]
        touches = bool(made) and first == shown + 1
        shown = max(frame.end, last) - 1
        if touches:
            made[-1] = replace(made[-1], rows=(*made[-1].rows, *rows))
        else:
            heading = next(_kept(document, range(frame.header, first)), None)
            made.append(Passage(change.path, tuple(rows), frame.symbol, heading))
    return made


def _start(hunk: Hunk) -> int:
    """The first line of the new file that a hunk has; the one after the gap if it has none."""
    return hunk.new_start + (hunk.new_count == 0)


def _frame(view: View, path: str, document: Document | None, hunk: Hunk) -> _Frame:
    start = _start(hunk)
    end = start + hunk.new_count
    count = document.lines.line_count if document is not None else end - 1
    first, last = max(1, start - BEFORE), min(count + 1, end + AFTER)
    found = _around(view, path, document, hunk)
    if found is None:
        return _Frame(first, start, end, last, "", first)
    name, header, footer = found
    if footer - header < WHOLE:
        return _Frame(min(header, start), start, end, max(end, footer + 1), name, header)
    return _Frame(
        min(start, max(first, header)), start, end, max(end, min(last, footer + 1)), name, header
    )


def _around(
    view: View, path: str, document: Document | None, hunk: Hunk
) -> tuple[str, int, int] | None:
    """The definition around a hunk's first change: its name, its first and last line, 1-based."""
    outline = view.outline(path)
    if outline is None or document is None:
        return None
    changed = _first_change(hunk)
    symbol = symbol_at(outline, document.lines.line_start(changed - 1), document.data)
    if symbol == TOP:
        return None
    found, lines = outline.symbols[symbol], document.lines
    first, last = lines.line_of(found.start), lines.line_of(max(found.start, found.end - 1))
    return outline.qualified(symbol), first + 1, last + 1


def _first_change(hunk: Hunk) -> int:
    """The line of the new file at which a hunk's changes begin."""
    number = _start(hunk)
    for line in hunk.lines:
        if line.kind is not LineKind.CONTEXT:
            return max(1, number)
        number = (line.new or number) + 1
    return max(1, number)


def _rows(hunk: Hunk) -> Iterator[Row]:
    for line in hunk.lines:
        number = line.old if line.kind is LineKind.REMOVED else line.new
        yield Row(line.kind, number or 0, line.text.removesuffix("\r"))


def _kept(document: Document | None, numbers: range) -> Iterator[Row]:
    for number in numbers if document is not None else ():
        assert document is not None
        yield Row(LineKind.CONTEXT, number, document.lines.line(number - 1))


def passages_text(passages: Sequence[Passage]) -> str:
    """Passages of one file as text, a line each: number, tab, sign, tab, what it says.

    Removed lines have no number, and lines that stay no sign.
    """
    lines: list[str] = []
    for passage in passages:
        if passage.symbol or lines:
            lines.append(f"… in {visible(passage.symbol)}" if passage.symbol else "…")
        if passage.heading is not None:
            heading = row_text(passage.heading)
            lines += (heading[:MAX_HEADING], "…")
        lines += map(row_text, passage.rows)
    return "\n".join(lines)


def row_text(row: Row) -> str:
    """One line as it is shown."""
    number = "" if row.kind is LineKind.REMOVED else str(row.number)
    return f"{number}\t{row.kind.value.strip()}\t{visible(row.text)}".rstrip()


def halves(passage: Passage) -> tuple[Passage, Passage]:
    """A passage of two rows or more as two, parted in the middle."""
    middle = len(passage.rows) // 2
    first, second = passage.rows[:middle], passage.rows[middle:]
    return replace(passage, rows=first), replace(passage, rows=second)
