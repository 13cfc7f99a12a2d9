"""The lines of a focus: what is shown first, and the best part of it where the budget is small."""

from dataclasses import dataclass

from codeassist.base.symbols import TOP, Outline
from codeassist.context.detail import enclosing, header_lines, lines_of
from codeassist.context.pieces import Focus, Unit
from codeassist.context.source import Source, Sources
from codeassist.context.units import units_of
from codeassist.index.view import View


@dataclass(frozen=True, slots=True)
class Target:
    """A focus with its file. `lines` are all lines of it, `headers` those of what is around it."""

    path: str
    name: str
    source: Source
    outline: Outline | None
    lines: range
    headers: tuple[int, ...]
    centre: range

    def part(self, size: int) -> set[int]:
        """The `size` lines nearest to the place that was asked for, and as many headers at most."""
        if size >= len(self.lines):
            return {*self.lines, *self.headers}
        middle = self.centre.start + min(len(self.centre), size) // 2
        first = min(max(middle - size // 2, self.lines.start), self.lines.stop - size)
        return {*range(first, first + size), *self.headers[:size]}


def target_of(view: View, sources: Sources, focus: Focus) -> Target | None:
    """The target of a focus; None for one without a file, or whose file cannot be read."""
    source = sources.get(view, focus.path) if focus.path is not None else None
    if source is None or focus.path is None:
        return None
    outline = view.outline(focus.path)
    last = len(source.lines) - 1
    asked = range(max(0, min(focus.start_line, last)), min(focus.end_line, last) + 1)
    lines, name = asked, ""
    headers: list[int] = []
    if outline is not None:
        lines = _whole(focus, outline, source, asked)
        if focus.symbol != TOP:
            name = outline.qualified(focus.symbol)
            for outer in enclosing(outline, focus.symbol):
                headers += header_lines(outline, outer, source.index)
            # The window must not lose the head of the function that it is in.
            headers += header_lines(outline, focus.symbol, source.index)
    return Target(focus.path, name, source, outline, lines, tuple(sorted(set(headers))), asked)


def symbol_focus(view: View, path: str, symbol: int) -> Focus:
    """A focus on a definition of a file of the index."""
    outline, document = view.outline(path), view.document(path)
    if outline is None or document is None:
        return Focus()
    found = outline.symbols[symbol]
    first = document.lines.line_of(found.start)
    return Focus(path, first, document.lines.line_of(max(found.start, found.end - 1)), symbol)


def units_at(view: View, focus: Focus) -> tuple[Unit, ...]:
    """The units that a focus touches; none for one without a file of the index."""
    outline = view.outline(focus.path) if focus.path is not None else None
    document = view.document(focus.path) if focus.path is not None else None
    if outline is None or document is None or focus.path is None:
        return ()
    start = document.lines.line_start(focus.start_line)
    end = document.lines.line_start(focus.end_line + 1)
    every = units_of(focus.path, outline, document.lines)
    return tuple(unit for unit in every if unit.start < end and start < unit.end)


def _whole(focus: Focus, outline: Outline, source: Source, asked: range) -> range:
    """The lines of the symbol, its comments and decorators included; else of the units touched."""
    first, last = asked.start, asked.stop - 1
    wanted = asked
    if focus.symbol != TOP:
        symbol = outline.symbols[focus.symbol]
        top, end = source.index.line_of(symbol.start), source.index.line_of(symbol.end - 1)
        first, last = min(first, top), max(last, end)
        wanted = range(top, top + 1)
    for unit in units_of(focus.path or "", outline, source.index):
        inside = lines_of(unit, source.index)
        touched = inside.start < wanted.stop and wanted.start < inside.stop
        if touched and focus.symbol in (TOP, unit.symbol):
            first = min(first, inside.start)
            last = max(last, inside.stop - 1) if focus.symbol == TOP else last
    return range(first, last + 1)
