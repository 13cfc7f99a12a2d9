"""The definitions of one text as an editor offers things for them, and what is under its cursor.

Goes by the outline and the syntax tree of that text alone.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from codeassist.base.symbols import CALLABLE_KINDS, TOP, Detail, Symbol
from codeassist.base.text import Span
from codeassist.index.docs import doc_ranges
from codeassist.index.view import View
from codeassist.languages import by_name
from codeassist.tasks.docs.choose import KINDS
from codeassist.tasks.docs.existing import existing
from codeassist.tasks.docs.syntax import Source
from codeassist.tasks.docs.visibility import is_public

BLANKS_MOST = 200  # bytes around a definition that still are its own
_WORD = re.compile(rb"[\w$\x80-\xff]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_DUNDER = re.compile(r"^__\w+__$")
_BASES = re.compile(r"\(\s*[^)\s]")


@dataclass(frozen=True, slots=True)
class Defined:
    """A definition. `name` is dotted, `name_span` the place of its last part.

    `is_public` goes by names and modifiers: lists of exports are not looked at.
    """

    name: str
    kind: str
    span: Span
    name_span: Span
    is_documented: bool
    is_public: bool


class Definitions:
    """The definitions of a file of a view. `start` and `end` are byte offsets of a selection."""

    def __init__(self, view: View, path: str) -> None:
        self._view = view
        self._path = path

    @cached_property
    def _source(self) -> Source | None:
        """The file's syntax, with no more of its detail than where the documentation stands."""
        outline, document = self._view.outline(self._path), self._view.document(self._path)
        if outline is None or document is None:
            return None
        detail = Detail()
        source = Source(self._path, document, outline, detail)
        detail.docs.update(doc_ranges(by_name(outline.language), outline, source.root))
        return source

    def around(self, start: int, end: int) -> Defined | None:
        """The innermost definition that holds a selection; blanks around it do not count."""
        source = self._source
        symbols = source.outline.symbols if source is not None else ()
        found = TOP
        for index, each in enumerate(symbols):
            if each.kind in KINDS and source is not None and _holds(source.data, each, start, end):
                found = index
        return _defined(source, found) if source is not None and found != TOP else None

    def every(self) -> tuple[Defined, ...]:
        """All definitions, in the order of the text."""
        source = self._source
        symbols = source.outline.symbols if source is not None else ()
        return tuple(
            _defined(source, index)
            for index, each in enumerate(symbols)
            if source is not None and each.kind in KINDS
        )

    def selected(self, start: int, end: int) -> tuple[str, ...]:
        """The names of the definitions whose names are in a selection."""
        source = self._source
        outline = source.outline if source is not None else None
        return tuple(
            outline.qualified(index)
            for index, each in enumerate(outline.symbols if outline else ())
            if outline is not None and each.kind in KINDS and start <= each.name_start < end
        )

    def word(self, start: int, end: int) -> str:
        """The identifier that a caret touches, or that is selected; "" for anything else."""
        return self._word(start, end)[0]

    def proper_name(self, start: int, end: int) -> str:
        """What the definition whose name is there is called by its language's conventions.

        "" where it is called so, where the language has none that all follow, and for methods
        that may have their name from a base class.
        """
        source = self._source
        word, at = self._word(start, end)
        if source is None or not word or source.language.name != "python":
            return ""
        for index, each in enumerate(source.outline.symbols):
            if each.name_start == at and each.name == word:
                return _python_name(source, index, each)
        return ""

    def _word(self, start: int, end: int) -> tuple[str, int]:
        """The identifier, and where it begins."""
        document = self._view.document(self._path)
        if document is None:
            return "", start
        lines = document.lines
        line = lines.line_of(start)
        for match in _WORD.finditer(document.data, lines.line_start(line), lines.line_end(line)):
            touches = match.start() <= start <= end <= match.end()
            if touches and (start == end or match.span() == (start, end)):
                name = match.group().decode("utf-8", "replace")
                return (name if not name[0].isdecimal() else ""), match.start()
        return "", start


def _holds(data: bytes, symbol: Symbol, start: int, end: int) -> bool:
    """Whether a definition holds a place, but for blanks; a caret's are those of its line."""
    if start < symbol.start - BLANKS_MOST or end > symbol.end + BLANKS_MOST:
        return False
    blanks = b" \t" if start == end else b" \t\r\n"
    outside = data[start : max(start, symbol.start)] + data[min(end, symbol.end) : end]
    return not outside.strip(blanks)


def _defined(source: Source, index: int) -> Defined:
    symbol, lines = source.symbol(index), source.document.lines
    end = symbol.name_start + len(symbol.name.encode())
    return Defined(
        source.outline.qualified(index),
        symbol.kind,
        lines.span(symbol.start, symbol.end),
        lines.span(symbol.name_start, end),
        existing(source, index).is_doc,
        is_public(source, index),
    )


def _python_name(source: Source, index: int, symbol: Symbol) -> str:
    """A name as PEP 8 has it, "" if it is so already or must stay as it is."""
    bare = symbol.name.lstrip("_")
    before = symbol.name[: len(symbol.name) - len(bare)]
    if _DUNDER.match(symbol.name) or not bare.isascii():
        return ""
    if symbol.kind == "class":
        proper = "".join(part[:1].upper() + part[1:] for part in bare.split("_"))
    elif symbol.kind in CALLABLE_KINDS and not _may_override(source, symbol):
        proper = _HUMP.sub("_", bare).lower()
    else:
        return ""
    return before + proper if proper and before + proper != symbol.name else ""


def _may_override(source: Source, symbol: Symbol) -> bool:
    """Whether a method's class has bases, whose names it may have to take."""
    if symbol.parent == TOP:
        return False
    parent = source.symbol(symbol.parent)
    return bool(_BASES.search(source.text(parent.name_start, parent.body)))
