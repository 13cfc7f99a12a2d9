"""How a unit can be shown: whole, elided, or as its signature. Each way is a set of lines.

Goes by outlines and text; parses nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from codeassist.base.symbols import CALLABLE_KINDS, CLASS_KINDS, TOP, Outline
from codeassist.base.text import LineIndex
from codeassist.context.pieces import Shown, Unit
from codeassist.context.source import Shape, Source
from codeassist.languages import by_name

MAX_HEADER = 12  # lines; a longer list of parameters is cut
ELIDE_FROM = 12  # lines; below this the marks cost what the left-out lines would
MAX_KEPT = 0.6  # of the lines; above this the whole is nearly as cheap and far better to read
_QUOTES = ('"""', "'''", '"', "'")
_ATTRIBUTE = ("@", "#[", "[")
_COMMENT = ("///", "//!", "//", "/**", "/*", "*/", "*", "#", "--")
COPY_BYTES = 120  # shorter units are alike by chance


@dataclass(frozen=True, slots=True)
class Option:
    """One way to show a unit: the level of detail, and the line numbers, ascending."""

    shown: Shown
    lines: Sequence[int]


class Words:
    """Words to look for; the lines in which one stands, and their neighbours, are kept in elided
    units.

    For one request: it is keyed by the sources, which the request keeps alive.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(sorted(words))
        self._patterns: dict[int, re.Pattern[str] | None] = {}

    def lines(self, source: Source, whole: range) -> Iterator[int]:
        """The lines of a range in which a word stands, ascending."""
        if id(source) not in self._patterns:
            self._patterns[id(source)] = self._pattern(source)
        pattern = self._patterns[id(source)]
        if pattern is None:
            return
        text = "\n".join(source.lines[whole.start : whole.stop])
        line, at = whole.start, 0
        for match in pattern.finditer(text):
            line += text.count("\n", at, match.start())
            at = match.start()
            yield line

    def _pattern(self, source: Source) -> re.Pattern[str] | None:
        """A pattern of the words that a file has at all, which are few; None for none."""
        present = [word for word in self._words if word.encode() in source.index.data]
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, present))})\b") if present else None


def lines_of(unit: Unit, index: LineIndex) -> range:
    """The lines that a unit touches."""
    return range(index.line_of(unit.start), index.line_of(max(unit.start, unit.end - 1)) + 1)


def shape_of(unit: Unit, outline: Outline | None, source: Source) -> Shape:
    """The shape of a unit; kept with the source."""
    known = source.shapes.get(unit)
    if known is None:
        known = source.shapes[unit] = _shape(unit, outline, source)
    return known


def options(shape: Shape, source: Source, words: Words) -> Iterator[Option]:
    """The ways to show a unit, from the cheapest to the whole; always at least the whole."""
    size = len(shape.whole)
    if shape.header and len(shape.header) < size:
        yield Option(Shown.SIGNATURE, shape.header)
        if size >= ELIDE_FROM:
            near = {line + step for line in words.lines(source, shape.whole) for step in (-1, 0, 1)}
            kept = {*shape.header, *shape.doc, *near.intersection(shape.whole)}
            if len(shape.header) < len(kept) <= MAX_KEPT * size:
                yield Option(Shown.ELIDED, tuple(sorted(kept)))
    yield Option(Shown.FULL, shape.whole)


def _shape(unit: Unit, outline: Outline | None, source: Source) -> Shape:
    index = source.index
    whole = lines_of(unit, index)
    text = index.data[unit.start : unit.end].strip()
    digest = blake2b(text, digest_size=16).digest() if len(text) >= COPY_BYTES else b""
    if outline is None or unit.symbol == TOP:
        return Shape(whole, digest=digest)
    around = {
        line
        for outer in enclosing(outline, unit.symbol)
        for line in header_lines(outline, outer, index)
    }
    header = tuple(line for line in header_lines(outline, unit.symbol, index) if line in whole)
    doc = tuple(line for line in doc_lines(outline, unit.symbol, source) if line in whole)
    return Shape(whole, header, doc, tuple(sorted(around)), digest)


def header_lines(outline: Outline, symbol: int, index: LineIndex) -> range:
    """The lines of a definition's signature, from its start to its body."""
    found = outline.symbols[symbol]
    first = index.line_of(found.start)
    head = index.data[found.start : found.body].rstrip()
    last = index.line_of(found.start + max(0, len(head) - 1))
    if found.body == found.end and found.kind not in CALLABLE_KINDS | CLASS_KINDS:
        last = first  # `X = {…}`: the grammar knows no body, the first line names it
    return range(first, min(last, first + MAX_HEADER - 1) + 1)


def enclosing(outline: Outline, symbol: int) -> Iterator[int]:
    """The definitions that a symbol is written in, the innermost first."""
    inner = outline.symbols[symbol]
    parent = inner.parent
    while parent != TOP:
        outer = outline.symbols[parent]
        # A Go method's parent is its type, which need not be around it.
        if outer.start <= inner.start and inner.end <= outer.end:
            yield parent
        parent = outer.parent


def doc_lines(outline: Outline, symbol: int, source: Source) -> range:
    """The lines up to the first words of a definition's documentation; empty without any."""
    head = header_lines(outline, symbol, source.index)
    if by_name(outline.language).docs_inside:
        return _inside(source, head.stop)
    return _above(source, head.start - 1)


def doc_text(line: str) -> str:
    """A documentation line without quotes and comment marks."""
    text = re.sub(
        r"^\s*(?:[rRuUbB]{0,2}(?:\"{3}|'{3}|[\"'])|/\*+!?|//[/!]*|\*+|#+|--+)\s*", "", line
    )
    return re.sub(r"\s*(?:\"{3}|'{3}|\*+/)\s*$", "", text).strip()


def _inside(source: Source, line: int) -> range:
    if line >= len(source.lines):
        return range(0)
    text = source.lines[line].strip().lstrip("rRuUbB")
    if not text.startswith(_QUOTES):
        return range(0)
    # The words may begin on the line after the quotes.
    last = line + 1 if text in _QUOTES and line + 1 < len(source.lines) else line
    return range(line, last + 1)


def _above(source: Source, line: int) -> range:
    while line >= 0 and source.lines[line].strip().startswith(_ATTRIBUTE):
        line -= 1
    first = None
    while line >= 0 and source.lines[line].strip().startswith(_COMMENT):
        if doc_text(source.lines[line]):
            first = line
        line -= 1
    return range(0) if first is None else range(first, first + 1)
