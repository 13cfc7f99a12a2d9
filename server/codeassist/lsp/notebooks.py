"""Notebooks: the Python cells of one as a single module, so that names of other cells are known.

A cell is an open document of its own for the editor. For the engine the notebook is one text, the
cells one after the other; `Segment` says which lines are whose. Lines that only IPython understands
(`%matplotlib inline`, `!pip install`) become comments of the same length.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from codeassist.lsp.documents import Document

_MAGIC = re.compile(rb"^([ \t]*)[%!]", re.MULTILINE)
_CELL_MAGIC = re.compile(rb"\A[ \t\r\n]*%%")
PYTHON = "python"


@dataclass(frozen=True, slots=True)
class Segment:
    """The lines of a cell in its notebook's text: 0-based first line, and how many."""

    uri: str
    version: int
    first_line: int
    line_count: int


@dataclass(frozen=True, slots=True)
class Module:
    """A notebook as one Python text."""

    data: bytes
    segments: tuple[Segment, ...]

    def line_in_module(self, uri: str) -> int | None:
        """The line on which a cell begins, None for a cell that is not Python."""
        return next((each.first_line for each in self.segments if each.uri == uri), None)

    def cell_at(self, line: int) -> Segment | None:
        """The cell that has a line, None for lines between cells and past the end."""
        for each in self.segments:
            if each.first_line <= line < each.first_line + each.line_count:
                return each
        return None


def joined(cells: Iterable[Document]) -> Module:
    """The module that the Python cells of a notebook make together."""
    parts: list[bytes] = []
    segments: list[Segment] = []
    line = 0
    for cell in cells:
        if cell.language != PYTHON:
            continue
        data = _python(cell.data)
        data = data if data.endswith(b"\n") else data + b"\n"
        count = data.count(b"\n")
        segments.append(Segment(cell.uri, cell.version, line, count))
        parts.append(data)
        line += count
    return Module(b"".join(parts), tuple(segments))


def spliced(cells: Sequence[str], start: int, removed: int, added: Iterable[str]) -> list[str]:
    """A notebook's cells after a change of its structure."""
    return [*cells[:start], *added, *cells[start + removed :]]


def _python(data: bytes) -> bytes:
    """A cell's text with what is no Python made a comment; a cell of another language is all so."""
    if _CELL_MAGIC.match(data):
        return re.sub(rb"(?m)^[^\r\n]", b"#", data)
    return _MAGIC.sub(rb"\1#", data)
