"""Code frames: the lines around a place, with line numbers and a mark under the span.

Makes rows of plain text, one terminal cell after another; knows no colour and no markup. A mark is
right under tabs, wide (CJK) characters, emoji, and characters that had to be shown as escapes.
"""

from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from codeassist.base.findings import Location
from codeassist.render.escape import log_safe, visible
from codeassist.render.places import last_line, line_text

TAB_STOP = 4
MARKED_LINES = 4  # of a longer span the first three and the last are shown
ELLIPSIS = "..."
_MARGIN = 24  # cells kept before a mark when a long line is cut on its left


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a frame. `number` is 1-based, None where lines were left out.

    `mark` is (first cell, number of cells) within `text`, None on lines without one. `marked` is
    set on every line that the span touches.
    """

    number: int | None
    text: str
    marked: bool = False
    mark: tuple[int, int] | None = None


def frame(location: Location, context: int, width: int) -> tuple[Row, ...]:
    """The rows of a place with `context` lines on each side, no text wider than `width` cells.

    Empty where the location has no excerpt of its first line.
    """
    excerpt, span = location.excerpt, location.span
    if excerpt is None or line_text(location, span.start_line) is None:
        return ()
    end = last_line(span)
    first = max(excerpt.first_line, span.start_line - context)
    last = min(excerpt.first_line + len(excerpt.lines) - 1, end + context)
    rows: list[Row] = []
    for line in range(first, last + 1):
        if not span.start_line + MARKED_LINES - 1 <= line < end:
            rows.append(_row(location, line, width))
        elif rows[-1].number is not None:
            rows.append(Row(None, ELLIPSIS))
    while not rows[0].text and not rows[0].marked:
        del rows[0]
    while not rows[-1].text and not rows[-1].marked:
        del rows[-1]
    return tuple(rows)


def plain_lines(rows: tuple[Row, ...], sign: str = ">") -> list[str]:
    """Rows as ASCII-framed text: `> 12 | code`, and a line of `^` under the mark."""
    digits = number_width(rows)
    lines: list[str] = []
    for row in rows:
        number = str(row.number or "").rjust(digits)
        lines.append(log_safe(f"{sign if row.marked else ' '} {number} | {row.text}".rstrip()))
        if row.mark is not None:
            start, length = row.mark
            lines.append(f"  {' ' * digits} | {' ' * start}{'^' * length}")
    return lines


def number_width(rows: tuple[Row, ...]) -> int:
    """The cells that the line numbers need."""
    return max((len(str(row.number)) for row in rows if row.number is not None), default=1)


def _row(location: Location, line: int, width: int) -> Row:
    span = location.span
    text = line_text(location, line) or ""
    if not span.start_line <= line <= last_line(span):
        return Row(line + 1, _fit(text, 0, 0, width)[0])
    if line != span.start_line:  # one mark a frame is enough; the other lines have their sign
        return Row(line + 1, _fit(text, 0, 0, width)[0], marked=True)
    start = _character(text, span.start_column)
    end = len(text) if span.end_line > line else _character(text, span.end_column)
    shown, mark = _fit(text, start, max(start, end), width)
    return Row(line + 1, shown, marked=True, mark=mark)


def _character(text: str, utf8_column: int) -> int:
    """The character index of a UTF-8 byte column."""
    return len(text.encode("utf-8", "replace")[:utf8_column].decode("utf-8", "ignore"))


def _fit(text: str, start: int, end: int, width: int) -> tuple[str, tuple[int, int]]:
    """A line as shown, cut to `width` around the characters start..end, and the mark in cells."""
    # A minified line may have 100,000 characters: only those near the mark are looked at.
    if len(text) <= 2 * width:
        whole, mark = _expanded(text, start, end)
        if cell_len(whole) <= width:
            return whole, mark
    cut = max(0, start - _MARGIN) if end > width // 2 else 0
    part = text[cut : cut + width]
    shown, (first, length) = _expanded(part, start - cut, min(end, cut + width) - cut)
    before = ELLIPSIS if cut else ""
    room = width - 2 * len(ELLIPSIS)
    if cell_len(shown) > room:
        shown = set_cell_size(shown, room)
    after = ELLIPSIS if len(text) > cut + width or cell_len(shown) == room else ""
    first = min(first, room - 1)
    return f"{before}{shown}{after}", (first + len(before), max(1, min(length, room - first)))


def _expanded(text: str, start: int, end: int) -> tuple[str, tuple[int, int]]:
    """Tabs and hidden characters written out, and the mark of characters start..end in cells."""
    prefix = _cells(text[:start], 0)
    inside = _cells(text[start:end], cell_len(prefix))
    suffix = _cells(text[end:], cell_len(prefix) + cell_len(inside))
    return f"{prefix}{inside}{suffix}".rstrip(), (cell_len(prefix), max(1, cell_len(inside)))


def _cells(text: str, offset: int) -> str:
    """Text with each tab as the blanks up to its stop, `offset` cells from the line's start."""
    pieces = text.split("\t")
    shown = visible(pieces[0])
    for piece in pieces[1:]:
        reached = offset + cell_len(shown)
        shown += " " * (TAB_STOP - reached % TAB_STOP) + visible(piece)
    return shown
