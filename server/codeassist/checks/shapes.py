"""Functions in a normal form that depends on their file's content alone.

Local names are replaced by the order in which they appear, because they are the author's choice.
Everything else is kept: member names, called names, operators and literals. Knows no view: what the
names from outside mean is asked elsewhere.
"""

import sys
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from codeassist.base.files import Document
from codeassist.base.symbols import Detail, Outline
from codeassist.languages import by_name
from codeassist.languages.nodes import Node, comment_types, node_text
from codeassist.languages.parse import parse

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Shape:
    """A function's normal form.

    `signature` is what a caller has to fit. `words` are identifiers that a duplicate must contain
    too, `free` the names from outside. `uses_self` tells whether a method's own object matters.
    """

    tokens: tuple[object, ...]
    signature: tuple[object, ...]
    words: frozenset[str]
    free: frozenset[str]
    uses_self: bool


class ShapedFile:
    """A file's syntax, and what stands in it by its place: one file has many functions."""

    def __init__(self, outline: Outline, detail: Detail, document: Document) -> None:
        self.outline, self.detail, self.data = outline, detail, document.data
        self.root = parse(outline.language, document.data).root_node
        self.uses = _Placed(detail.uses, lambda row: row.start)
        self.bindings = _Placed(detail.bindings, lambda row: row.start)
        self.symbols = _Placed(outline.symbols, lambda row: row.start)
        self.named = _Placed(outline.symbols, lambda row: row.name_start)

    def shape(self, index: int) -> Shape:
        """The normal form of a function, by its place among the outline's symbols."""
        return _Maker(self, index).make()


class _Placed(Generic[Row]):
    """Rows by their places."""

    def __init__(self, rows: Iterable[Row], place: Callable[[Row], int]) -> None:
        self._rows = sorted(rows, key=place)
        self._places = [place(row) for row in self._rows]

    def between(self, start: int, end: int) -> list[Row]:
        """Those in a range, ascending."""
        return self._rows[bisect_left(self._places, start) : bisect_left(self._places, end)]


@dataclass(frozen=True)
class _Maker:
    """Makes one function's normal form."""

    file: ShapedFile
    index: int

    def make(self) -> Shape:
        symbol = self.file.outline.symbols[self.index]
        receivers = by_name(self.file.outline.language).receivers
        order: dict[str, int] = {}
        tokens: list[object] = []
        words: set[str] = set()
        uses_self = False
        for leaf in self._leaves(symbol.body, symbol.end):
            text = sys.intern(node_text(leaf, self.file.data))  # the same few words, kept for long
            uses_self = uses_self or text in receivers
            if leaf.start_byte in self._local_places:
                tokens.append(order.setdefault(text, len(order)))
                continue
            tokens.append(text)
            if text.isidentifier() and leaf.is_named:
                words.add(text)
        return Shape(tuple(tokens), self._signature(), frozenset(words), self._free(), uses_self)

    def _leaves(self, start: int, end: int) -> Iterator[Node]:
        """The tokens of a range without comments and documentation; strings are one token."""
        comments = comment_types(self.file.outline.language)
        doc = self.file.detail.docs.get(self.index, (-1, -1))
        stack = [self.file.root.descendant_for_byte_range(start, end) or self.file.root]
        while stack:
            node = stack.pop()
            if node.end_byte <= start or node.start_byte >= end or node.type in comments:
                continue
            if doc[0] <= node.start_byte and node.end_byte <= doc[1]:
                continue
            inside = start <= node.start_byte and node.end_byte <= end
            if inside and (not node.child_count or "string" in node.type):
                if node.end_byte > node.start_byte:
                    yield node
                continue
            stack.extend(reversed(node.children))

    @cached_property
    def _locals(self) -> frozenset[str]:
        """The names that the function binds: parameters, variables, functions inside of it."""
        symbol = self.file.outline.symbols[self.index]
        rows = self.file.bindings.between(symbol.start, symbol.end)
        outer = {row.name for row in rows if row.how == "nonlocal"}
        bound = {row.name for row in rows if row.receiver is None and row.how != "nonlocal"}
        inner = self.file.symbols.between(symbol.body, symbol.end)
        return frozenset((bound | {each.name for each in inner} | {symbol.name}) - outer)

    @cached_property
    def _local_places(self) -> frozenset[int]:
        """Where the function's local names stand; members and argument names are none."""
        symbol = self.file.outline.symbols[self.index]
        uses = self.file.uses.between(symbol.start, symbol.end)
        bound = self.file.bindings.between(symbol.start, symbol.end)
        places = {row.start for row in uses if row.receiver is None and row.name in self._locals}
        places |= {row.start for row in bound if row.receiver is None}
        places |= {row.name_start for row in self.file.named.between(symbol.start, symbol.end)}
        return frozenset(places)

    def _free(self) -> frozenset[str]:
        """The names from outside that the body uses."""
        symbol = self.file.outline.symbols[self.index]
        inside = self.file.uses.between(symbol.body, symbol.end)
        return frozenset(row.name for row in inside if row.receiver is None) - self._locals

    def _signature(self) -> tuple[object, ...]:
        """Parameters by kind and type, and the result's type."""
        parameters = self.file.detail.parameters.get(self.index, ())
        shape = tuple((each.kind, each.type) for each in parameters)
        return shape, self.file.detail.returns.get(self.index)
