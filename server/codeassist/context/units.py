"""Cuts a file into units: what a pack takes or leaves as a whole.

A unit is a run of whole lines. Functions are whole, with the comments and decorators above them;
classes, namespaces and very long functions are cut at the definitions in them, and what remains
between is cut into stretches. Units of one file do not overlap, and together hold every line that
is not blank; the first blank lines after one belong to it. Knows outlines and bytes; does not know
what a unit is worth.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from codeassist.base.symbols import CALLABLE_KINDS, CLASS_KINDS, TOP, Outline, Symbol
from codeassist.base.text import LineIndex
from codeassist.context.pieces import Unit

STRETCH_LINES = 50  # code between definitions is cut here: the length of BM25's chunks in the bench
LONG_LINES = 80  # a longer function is cut at the definitions in it, or into stretches
BLANK_LINES = 2  # after a unit they belong to it; they cost hardly a token
ALONE_LINES = 5  # a constant or a type of so many lines is a unit of its own

_CONTAINERS = (CLASS_KINDS - {"object"}) | {"module", "namespace"}
_SMALL = frozenset({"constant", "variable", "type", "object"})
_ATTACHED = (b"#", b"//", b"/*", b"*", b"@", b"--", b'"""', b"'''", b"[")


@dataclass(frozen=True, slots=True)
class _Node:
    """A definition as lines: first and last (inclusive), the attached lines above included."""

    index: int
    first: int
    last: int
    children: "tuple[_Node, ...]"


def units_of(path: str, outline: Outline, lines: LineIndex) -> tuple[Unit, ...]:
    """The units of a file, in order. `lines` is of the data that the outline was made from."""
    if not lines.line_count:
        return ()
    cutter = _Cutter(path, outline, lines)
    tree = cutter.tree()
    units = list(cutter.cut(TOP, 0, lines.line_count - 1, tree))
    starts = [*(unit.start for unit in units[1:]), len(lines.data)][: len(units)]
    return tuple(
        Unit(path, unit.symbol, unit.start, cutter.below(unit.end, start))
        for unit, start in zip(units, starts, strict=True)
    )


class _Cutter:
    """The work on one file."""

    def __init__(self, path: str, outline: Outline, lines: LineIndex) -> None:
        self._path = path
        self._symbols = outline.symbols
        self._lines = lines
        data = lines.data
        starts = [lines.line_start(number) for number in range(lines.line_count)]
        ends = [*starts[1:], len(data)]
        self._text = [data[start:end].strip() for start, end in zip(starts, ends, strict=True)]
        self._indent = [
            end - start - len(data[start:end].lstrip())
            for start, end in zip(starts, ends, strict=True)
        ]

    def tree(self) -> tuple[_Node, ...]:
        """The definitions that are cut out, nested by their lines."""
        spans = [(index, *self._span(index)) for index in self._wanted()]
        return self._nested(spans, 0, len(spans))

    def cut(self, owner: int, first: int, last: int, nodes: tuple[_Node, ...]) -> Iterator[Unit]:
        """The units of lines first..last, which belong to `owner` where no node is."""
        at = first
        for node in nodes:
            if node.first > at:
                yield from self._stretches(owner, at, node.first - 1)
            yield from self._node(node)
            at = node.last + 1
        if at <= last:
            yield from self._stretches(owner, at, last)

    def below(self, end: int, limit: int) -> int:
        """The end of a unit with the first blank lines after it: where code is often added."""
        line = self._lines.line_of(end) if end < limit else 0
        return min(limit, self._lines.line_start(line + BLANK_LINES)) if line else end

    def _node(self, node: _Node) -> Iterator[Unit]:
        symbol = self._symbols[node.index]
        short = node.last - node.first < LONG_LINES
        if node.children and (symbol.kind in _CONTAINERS or not short):
            yield from self.cut(node.index, node.first, node.last, node.children)
        elif short:
            yield from self._unit(node.index, node.first, node.last)
        else:
            yield from self._stretches(node.index, node.first, node.last)

    def _wanted(self) -> Iterator[int]:
        for index, symbol in enumerate(self._symbols):
            has_body = symbol.body < symbol.end
            if symbol.kind in CALLABLE_KINDS or symbol.kind in _CONTAINERS:
                if has_body:
                    yield index
            elif symbol.kind in _SMALL and self._height(symbol) >= ALONE_LINES:
                yield index

    def _height(self, symbol: Symbol) -> int:
        return self._lines.line_of(symbol.end - 1) - self._lines.line_of(symbol.start) + 1

    def _span(self, index: int) -> tuple[int, int]:
        """A definition's lines, with the comments, decorators and attributes above it."""
        symbol = self._symbols[index]
        first = top = self._lines.line_of(symbol.start)
        last = self._lines.line_of(max(symbol.start, symbol.end - 1))
        floor = self._floor(index)
        while top > floor and self._text[top - 1]:
            top -= 1
            if self._text[top].startswith(_ATTACHED):
                first = top
        return first, last

    def _floor(self, index: int) -> int:
        """The first line that may be attached: below the definition before, and the parent's head.

        Symbols are in order of their starts, so the one before either ends above or encloses.
        """
        start = self._symbols[index].start
        floor = 0
        for before in range(index - 1, max(-1, index - 40), -1):
            symbol = self._symbols[before]
            if symbol.end <= start:
                floor = max(floor, self._lines.line_of(symbol.end - 1) + 1)
            else:
                floor = max(floor, self._lines.line_of(min(symbol.body, start)) + 1)
                break
        return min(floor, self._lines.line_of(start))

    def _nested(self, spans: list[tuple[int, int, int]], at: int, end: int) -> tuple[_Node, ...]:
        """Nodes from spans in order; one that begins on a line of another before it is left out."""
        nodes: list[_Node] = []
        while at < end:
            index, first, last = spans[at]
            inner = at + 1
            while inner < end and spans[inner][1] <= last:
                inner += 1
            within = [span for span in spans[at + 1 : inner] if span[1] > first and span[2] <= last]
            if not nodes or first > nodes[-1].last:
                nodes.append(_Node(index, first, last, self._nested(within, 0, len(within))))
            at = inner
        return tuple(nodes)

    def _stretches(self, owner: int, first: int, last: int) -> Iterator[Unit]:
        """Lines that hold no unit of their own, cut at the least indented line near the limit."""
        while last - first >= STRETCH_LINES:
            window = range(first + STRETCH_LINES, first + STRETCH_LINES // 2, -1)
            best = min(window, key=self._break_cost)
            yield from self._unit(owner, first, best - 1)
            first = best
        yield from self._unit(owner, first, last)

    def _break_cost(self, line: int) -> tuple[int, bool]:
        """How bad a line is as a beginning: inner lines are bad, a blank one above is good."""
        if not self._text[line]:
            return 1 << 20, True
        return self._indent[line], bool(self._text[line - 1])

    def _unit(self, owner: int, first: int, last: int) -> Iterator[Unit]:
        while first <= last and not self._text[first]:
            first += 1
        while last > first and not self._text[last]:
            last -= 1
        if first <= last:
            start, end = self._lines.line_start(first), self._lines.line_start(last + 1)
            yield Unit(self._path, owner, start, end)
