"""How a unit can be shown: whole, elided, or as its signature. Each way is a set of lines.

Goes by outlines and text; parses nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from codeassist.base.symbols import CALLABLE_KINDS, CLASS_KINDS, TOP, Outline
from codeassist.base.text import LineIndex
from codeassist.context.pieces import Shown, Unit
from codeassist.context.source import Source
from codeassist.languages import by_name

MAX_HEADER = 12  # lines; a longer list of parameters is cut
ELIDE_FROM = 12  # lines; below this the marks cost what the left-out lines would
MAX_KEPT = 0.6  # of the lines; above this the whole is nearly as cheap and far better to read
_QUOTES = ('"""', "'''", '"', "'")
_ATTRIBUTE = ("@", "#[", "[")
_COMMENT = ("///", "//!", "//", "/**", "/*", "*/", "*", "#", "--")
Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Option:
    """One way to show a unit: the level of detail, and the line numbers, ascending."""

    shown: Shown
    lines: tuple[int, ...]


def lines_of(unit: Unit, index: LineIndex) -> range:
    """The lines that a unit touches."""
    return range(index.line_of(unit.start), index.line_of(max(unit.start, unit.end - 1)) + 1)


def options(
    unit: Unit, outline: Outline | None, source: Source, words: Words
) -> Iterator[Option]:
    """The ways to show a unit, from the cheapest to the whole; always at least the whole."""
    index = source.index
    whole = [line for line in lines_of(unit, index) if line < len(source.lines)]
    if outline is not None and unit.symbol != TOP and len(whole) > 1:
        header = [line for line in header_lines(outline, unit.symbol, index) if line in whole]
        if header and len(header) < len(whole):
            yield Option(Shown.SIGNATURE, tuple(header))
        if len(whole) >= ELIDE_FROM:
            kept = _elided(outline, unit.symbol, header, whole, source, words)
            if len(header) < len(kept) <= MAX_KEPT * len(whole):
                yield Option(Shown.ELIDED, tuple(kept))
    yield Option(Shown.FULL, tuple(whole))


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


def doc_line(outline: Outline, symbol: int, source: Source) -> int | None:
    """The line with the first words of a definition's documentation, None without any."""
    after = header_lines(outline, symbol, source.index)
    if by_name(outline.language).docs_inside:
        return _inside(source, after.stop)
    return _above(source, after.start - 1)


def doc_text(line: str) -> str:
    """A documentation line without quotes and comment marks."""
    text = re.sub(r"^\s*(?:[rRuUbB]{0,2}(?:\"{3}|'{3}|[\"'])|/\*+!?|//[/!]*|\*+|#+|--+)\s*", "", line)
    return re.sub(r"\s*(?:\"{3}|'{3}|\*+/)\s*$", "", text).strip()


def _inside(source: Source, line: int) -> int | None:
    if line >= len(source.lines):
        return None
    text = source.lines[line].strip().lstrip("rRuUbB")
    if not text.startswith(_QUOTES):
        return None
    if text in _QUOTES and line + 1 < len(source.lines):
        return line + 1  # the words begin on the line after the quotes
    return line


def _above(source: Source, line: int) -> int | None:
    while line >= 0 and source.lines[line].strip().startswith(_ATTRIBUTE):
        line -= 1
    first = None
    while line >= 0 and source.lines[line].strip().startswith(_COMMENT):
        if doc_text(source.lines[line]):
            first = line
        line -= 1
    return first


def _elided(
    outline: Outline,
    symbol: int,
    header: Sequence[int],
    whole: Sequence[int],
    source: Source,
    words: Words,
) -> list[int]:
    """The header, the documentation's first line, and the lines in which words of note stand."""
    kept = set(header)
    doc = doc_line(outline, symbol, source)
    if doc is not None and doc in whole:
        kept.add(doc)
    kept.update(_mentioning(source, whole, words))
    return sorted(kept)


def _mentioning(source: Source, whole: Sequence[int], words: Words) -> Iterator[int]:
    text = "\n".join([source.lines[line] for line in whole])
    present = [word for word in words if word in text]
    if not present:
        return
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, present))})\b")
    for line in whole:
        if pattern.search(source.lines[line]):
            yield line
