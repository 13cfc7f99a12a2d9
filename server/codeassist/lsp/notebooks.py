"""Notebooks: the Python cells of one as a single module, so that names of other cells are known.

A cell is an open document of its own for the editor. For the engine the notebook is one text, the
cells one after the other; `Segment` says which lines are whose. Lines that only IPython understands
(`%matplotlib inline`, `!pip install`, `x?`) become comments with as many bytes, so that positions
stay right.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from codeassist.lsp.documents import Document

PYTHON = "python"
# A magic has a name right behind its sign: "% b" and "!= c" go on with the line before.
_MAGIC = re.compile(rb"^([ \t]*)(?:%(?=[A-Za-z_])|!(?!=)|\?(?=[A-Za-z_?]))", re.MULTILINE)
_HELP = re.compile(rb"^([ \t]*)[%A-Za-z_]([%\w.]*\?\??[ \t]*\r?)$", re.MULTILINE)
_ASSIGNED = re.compile(rb"^([ \t]*[\w.,\[\] \t]+=[ \t]*)[!%][A-Za-z_]", re.MULTILINE)
_CELL_MAGIC = re.compile(rb"[ \t\r\n]*(%)%([A-Za-z_]+)")
# What follows these in a cell is Python that runs among the rest.
_PYTHON_CELLS = frozenset({b"capture", b"debug", b"memit", b"prun", b"time", b"timeit"})
_FIRST = re.compile(rb"^(?:[^\x80-\xff\r\n]|[\xc0-\xff][\x80-\xbf]*)", re.MULTILINE)


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
    magic = _CELL_MAGIC.match(data)
    if magic and magic[2] not in _PYTHON_CELLS:
        return _FIRST.sub(lambda first: b"#".ljust(len(first[0])), data)
    if magic:
        data = data[: magic.start(1)] + b"#" + data[magic.end(1) :]
    return _ASSIGNED.sub(rb"\1_#", _HELP.sub(rb"\1#\2", _MAGIC.sub(rb"\1#", data)))
