"""The painter for terminals: colours from the user's own palette, wrapping, links (OSC 8).

Only this file and the measuring of cells need rich. Styles are rendered piece by piece, since a
rich Console lays out a long report a hundred times slower.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.style import Style

from codeassist.render.code_frame import Row, number_width
from codeassist.render.escape import log_safe
from codeassist.render.paint import SEVERITY_ROLES, Heading, Line, Piece, Role

_MINIMUM_WIDTH = 40  # narrower than this, wrapping hides more than it shows
_FRAME_INDENT = 2
_HANGING = 2
_GUTTER = 12  # indent, sign, a line number of up to five digits, bar and blanks
_BLANKS = re.compile(r"(\s+)")
# The sixteen colours that every terminal theme defines, so that light and dark both stay readable.
_STYLES = {
    Role.ERROR: "bold red",
    Role.WARNING: "bold yellow",
    Role.INFO: "bold blue",
    Role.GOOD: "bold green",
    Role.PLACE: "bold",
    Role.CODE: "bold",
    Role.NAME: "cyan",
    Role.LABEL: "bold",
    Role.QUIET: "dim",
    Role.BEFORE: "magenta",
}


@dataclass(frozen=True, slots=True)
class TerminalPainter:
    """Writes pieces with styles, wrapped to `width` cells."""

    width: int

    @property
    def frame_width(self) -> int:
        """The cells that a code line may take inside a frame."""
        return max(self.width, _MINIMUM_WIDTH) - _GUTTER

    def heading(self, heading: Heading) -> list[str]:
        """A ruled line with place, severity and rule; the message below it."""
        tone = SEVERITY_ROLES[heading.severity]
        line = [
            Piece(heading.severity.label, tone),
            Piece(" "),
            Piece(heading.code, Role.CODE),
            Piece(f" {heading.name} " if heading.name else " ", Role.QUIET),
        ]
        used = cell_len("".join(piece.text for piece in [*line, heading.place]))
        rule = Piece("─" * max(2, self.width - used - 1), Role.QUIET)
        ruled = [*line, rule, Piece(" "), heading.place]
        return [_painted(ruled), *self.paragraph(heading.message, 0), ""]

    def paragraph(self, line: Line, indent: int) -> list[str]:
        """A line wrapped at blanks; the parts after the first hang under its text."""
        hanging = indent + _HANGING if indent else 0
        room = max(self.width, _MINIMUM_WIDTH) - hanging
        return [
            log_safe(" " * (hanging if index else indent) + _painted(part))
            for index, part in enumerate(_wrapped(line, room))
        ]

    def frame(self, rows: Sequence[Row], tone: Role) -> list[str]:
        """A code frame with a quiet gutter, the span in its tone, and an empty line after it."""
        digits = number_width(tuple(rows))
        sign = Piece("-" if tone is Role.BEFORE else ">", tone)
        indent, blank = Piece(" " * _FRAME_INDENT), Piece(" ")
        lines: list[str] = []
        for row in rows:
            number = Piece(
                f" {str(row.number or '').rjust(digits)} ", tone if row.marked else Role.QUIET
            )
            start = [indent, sign if row.marked else blank, number, Piece("│", Role.QUIET)]
            lines.append(log_safe(_painted([*start, *_code(row, tone)])))
            if row.mark is not None:
                first, length = row.mark
                gap = Piece(" " * (_FRAME_INDENT + digits + 3))
                under = [Piece(" " * (first + 1)), Piece("^" * length, tone)]
                lines.append(_painted([gap, Piece("│", Role.QUIET), *under]))
        return [*lines, ""] if lines else []


def _code(row: Row, tone: Role) -> list[Piece]:
    if not row.text:
        return []
    if row.mark is None:
        return [Piece(f" {row.text}", Role.PLAIN if row.marked else Role.QUIET)]
    first = _index(row.text, row.mark[0])
    last = _index(row.text, sum(row.mark))
    return [
        Piece(" " + row.text[:first]),
        Piece(row.text[first:last], tone),
        Piece(row.text[last:]),
    ]


def _index(text: str, cells: int) -> int:
    """The index of the character that begins at a cell, the text's length for one past it."""
    if text.isascii():
        return min(cells, len(text))
    for index in range(len(text)):
        if cell_len(text[:index]) >= cells:
            return index
    return len(text)


def _wrapped(line: Line, room: int) -> Iterator[list[Piece]]:
    """Parts of a line that fit into `room` cells; a word longer than that overflows."""
    part: list[Piece] = []
    used = 0
    for word in _words(line):
        cells = sum(cell_len(piece.text) for piece in word)
        if part and used + cells + 1 > room:
            yield part
            part, used = [], 0
        if part:
            part.append(replace(word[0], text=" ") if _joins(part[-1], word[0]) else Piece(" "))
            used += 1
        part.extend(word)
        used += cells
    if part:
        yield part


def _joins(left: Piece, right: Piece) -> bool:
    return left.role is right.role and left.link == right.link


def _words(line: Line) -> Iterator[list[Piece]]:
    """Runs of pieces with no blank between them. A name stays whole."""
    word: list[Piece] = []
    for piece in line:
        if piece.role is Role.NAME:
            word.append(piece)
            continue
        for text in _BLANKS.split(piece.text):
            if not text.isspace():
                word.extend([replace(piece, text=text)] if text else [])
            elif word:
                yield word
                word = []
    if word:
        yield word


def _painted(line: Line) -> str:
    merged: list[Piece] = []
    for piece in line:
        if merged and _joins(merged[-1], piece):
            merged[-1] = replace(piece, text=merged[-1].text + piece.text)
        else:
            merged.append(piece)
    return "".join(_paint(piece) for piece in merged).rstrip(" ")


def _paint(piece: Piece) -> str:
    style = _style(piece.role)
    text = piece.text
    if style is not None and text:
        text = style.render(text, color_system=ColorSystem.STANDARD)
    # Written here and not by rich, whose links carry a random id: the same report stays the same.
    return f"\x1b]8;;{piece.link}\x1b\\{text}\x1b]8;;\x1b\\" if piece.link else text


@cache
def _style(role: Role) -> Style | None:
    name = _STYLES.get(role)
    return Style.parse(name) if name else None
