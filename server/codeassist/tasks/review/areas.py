"""What a change touches: the definitions that its lines are in, and the code that uses those."""

from collections.abc import Iterator, Sequence

from codeassist.base.symbols import CALLABLE_KINDS, CLASS_KINDS, TOP
from codeassist.checks.check import Review
from codeassist.context.frames import symbol_at
from codeassist.index.view import View
from codeassist.tasks.bugs.areas import Area
from codeassist.tasks.review.passages import Passage

MOST_USERS = 12  # places elsewhere that are shown before all other context
COMMON = 60  # files; a name that so many have says nothing of who uses this definition


def areas_of(review: Review, passages: Sequence[Passage]) -> list[Area]:
    """The passages as areas of the new state, one for each definition that they change."""
    found: list[Area] = []
    for passage in passages:
        first, last = passage.lines
        added = review.added.get(passage.path, frozenset())
        lines = [number for number in range(first, last + 1) if number in added] or [first]
        symbols = dict.fromkeys(_symbol(review.head, passage.path, number) for number in lines)
        outline = review.head.outline(passage.path)
        for symbol in symbols:
            name = outline.qualified(symbol) if outline is not None and symbol != TOP else ""
            found.append(Area(passage.path, first, last, symbol, name))
    return found


def _symbol(view: View, path: str, line: int) -> int:
    outline, document = view.outline(path), view.document(path)
    if outline is None or document is None:
        return TOP
    return symbol_at(outline, document.lines.line_start(line), document.data)


def touched(view: View, areas: Sequence[Area]) -> Iterator[str]:
    """Targets "path:line-line" of code outside of the areas that uses what they define.

    By name, callers before other mentions; a name that is everywhere is passed over.
    """
    seen: set[tuple[str, int]] = set()
    inside = {area.path for area in areas}
    for name in dict.fromkeys(_names(view, areas)):
        paths = view.with_word(name)
        if len(paths) > COMMON:
            continue
        for path in (path for path in paths if path not in inside):
            for first, last in _users(view, path, name):
                if (path, first) in seen:
                    continue
                seen.add((path, first))
                yield f"{path}:{first + 1}-{last + 1}"
                if len(seen) == MOST_USERS:
                    return


def _names(view: View, areas: Sequence[Area]) -> Iterator[str]:
    for area in areas:
        outline = view.outline(area.path)
        if outline is None or area.symbol == TOP:
            continue
        found = outline.symbols[area.symbol]
        if found.kind in CALLABLE_KINDS | CLASS_KINDS:
            yield found.name


def _users(view: View, path: str, name: str) -> Iterator[tuple[int, int]]:
    """The lines of the definitions of a file that call a name, 0-based and inclusive."""
    outline, document = view.outline(path), view.document(path)
    if outline is None or document is None:
        return
    lines = document.lines
    for call in outline.calls:
        if call.name != name:
            continue
        line = lines.line_of(call.start)
        symbol = symbol_at(outline, lines.line_start(line), document.data)
        if symbol == TOP:
            yield line, line
            continue
        found = outline.symbols[symbol]
        yield lines.line_of(found.start), lines.line_of(max(found.start, found.end - 1))
