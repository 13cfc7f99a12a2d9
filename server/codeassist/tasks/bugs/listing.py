"""Code with a number before every line, as it is shown where bugs are looked for.

The numbers let a model say where, and the quotes that it gives are compared with the file.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from codeassist.context.source import visible
from codeassist.context.tokens import Counter
from codeassist.index.view import View
from codeassist.prompts.library import fenced
from codeassist.tasks.bugs.areas import Area, halves


@dataclass(frozen=True, slots=True)
class Batch:
    """Areas for one request, and the tokens of their listing."""

    areas: tuple[Area, ...]
    tokens: int


def listing(view: View, areas: Sequence[Area]) -> str:
    """The lines of some areas as Markdown, by file, each in a fence that it cannot close."""
    parts: list[str] = []
    for path in dict.fromkeys(area.path for area in areas):
        numbers = sorted({n for a in areas if a.path == path for n in range(a.first, a.last + 1)})
        language = view.language(path) or ""
        parts.append(f"### {visible(path)}\n{fenced(numbered(view, path, numbers), language)}")
    return "\n\n".join(parts) + "\n" if parts else ""


def numbered(view: View, path: str, numbers: Sequence[int]) -> str:
    """Some lines of a file, each after its 1-based number and a tab, gaps marked by "…"."""
    document = view.document(path)
    if document is None:
        return ""
    lines: list[str] = []
    before = None
    for number in numbers:
        if before is not None and number != before + 1:
            lines.append("…")
        lines.append(f"{number + 1}\t{visible_code(document.lines.line(number))}")
        before = number
    return "\n".join(lines)


def visible_code(line: str) -> str:
    """A line whose hidden characters can be seen. Tabs are code and stay."""
    return visible(line).rstrip()


def batches(
    view: View, areas: Sequence[Area], counter: Counter, limit: int, most: int
) -> tuple[list[Batch], list[Area]]:
    """Areas in at most so many batches, each of at most `limit` tokens, and those left over.

    The first areas come first, but each batch has its own in the order of their files.
    """
    pieces = [piece for area in areas for piece in _fitting(view, area, counter, limit)]
    chosen: list[tuple[Area, int]] = []
    room = limit * most
    for piece, price in pieces:
        if price > room:
            break
        room -= price
        chosen.append((piece, price))
    chosen.sort(key=lambda each: (each[0].path, each[0].first))
    made: list[Batch] = []
    current: list[Area] = []
    used = 0
    for position, (piece, price) in enumerate(chosen):
        if current and used + price > limit:
            made.append(Batch(tuple(current), used))
            current, used = [], 0
            if len(made) == most:
                left = [each for each, _ in chosen[position:]]
                return made, left + [each for each, _ in pieces[len(chosen) :]]
        current.append(piece)
        used += price
    if current:
        made.append(Batch(tuple(current), used))
    return made, [each for each, _ in pieces[len(chosen) :]]


def _fitting(view: View, area: Area, counter: Counter, limit: int) -> list[tuple[Area, int]]:
    """An area with its price; in halves, as often as needed, where it is more than the limit."""
    price = counter.count(listing(view, (area,)))
    if price <= limit or area.first == area.last:
        return [(area, price)]
    return [each for half in halves(area) for each in _fitting(view, half, counter, limit)]
