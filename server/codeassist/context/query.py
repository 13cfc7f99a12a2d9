"""What a focus asks for: its words at four distances, its names, and the units that are its own.

Without a file (an issue, a task) the text alone is asked for.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from posixpath import basename, splitext

from codeassist.base.symbols import TOP, Outline
from codeassist.context.lexicon import Lexicon
from codeassist.context.pieces import Focus
from codeassist.context.sheet import Sheet
from codeassist.context.terms import terms_of, words_in
from codeassist.index.view import View

NEAR_LINES = 4  # lines above and below the focus that are looked at with it
TELLING_SHARE = 0.3  # a word in more files than this share tells nothing
TELLING_WORDS = 2  # a focus line with fewer telling words ("else:") is widened …
WIDEST = 6  # … by up to so many lines on both sides
QUERY_TERMS = 64  # the best terms by weight and rarity; more cost time and change nothing


@dataclass(frozen=True, slots=True)
class Query:
    """A focus as words. `own` are positions of units in the focus's sheet."""

    path: str | None
    line: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    name: str = ""
    stem: str = ""
    own: tuple[int, ...] = ()
    defined: tuple[str, ...] = field(default=())


def query_of(view: View, focus: Focus, sheet: Sheet | None, lexicon: Lexicon) -> Query:
    """The query of a focus. `sheet` is its file's, None where it has none."""
    text = tuple(words_in(focus.text))
    document = view.document(focus.path) if focus.path is not None else None
    if document is None or focus.path is None:
        return Query(None, text=text)
    rows = document.data.decode("utf-8", "replace").split("\n")

    def within(first: int, last: int) -> tuple[str, ...]:
        return tuple(word for row in rows[max(0, first) : last + 1] for word in words_in(row))

    first, last = focus.start_line, focus.end_line
    line = within(first, last)
    for more in range(1, WIDEST + 1):
        if len(_telling(line, lexicon)) >= TELLING_WORDS:
            break
        line = within(first - more, last + more)
    near = within(first - NEAR_LINES, last + NEAR_LINES)
    stem = splitext(basename(focus.path))[0]
    outline = view.outline(focus.path)
    if sheet is None or outline is None or not sheet.units:
        return Query(focus.path, line, near, near, text, stem=stem)
    begin, end = document.lines.line_start(first), document.lines.line_start(last + 1)
    own = _own(sheet, begin, max(begin + 1, end))
    body = tuple(
        word
        for at in own
        for word in words_in(
            document.data[sheet.units[at].start : sheet.units[at].end].decode("utf-8", "replace")
        )
    )
    defined = tuple(name for name, units in sheet.defines.items() if set(units) & set(own))
    name = _name(focus, outline, sheet, own)
    return Query(focus.path, line, near, body, text, name, stem, own, defined)


def weighted(
    words: Iterable[str], rarity: Callable[[str], float], most: int, power: float = 0.5
) -> Mapping[str, float]:
    """The terms of some words with their weights: rarity times the (damped, bounded) count."""
    counts = Counter(term for word in words for term in terms_of(word))
    weights = {term: rarity(term) * min(times, most) ** power for term, times in counts.items()}
    best = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:QUERY_TERMS]
    return dict(best)


def _telling(words: Iterable[str], lexicon: Lexicon) -> set[str]:
    limit = max(1.0, TELLING_SHARE * lexicon.count)
    return {word for word in words if len(lexicon.files(word)) <= limit}


def _own(sheet: Sheet, start: int, end: int) -> tuple[int, ...]:
    """The units that a range of bytes touches; the one before it where it touches none."""
    touched = tuple(
        at for at, unit in enumerate(sheet.units) if unit.start < end and start < unit.end
    )
    if touched:
        return touched
    before = [at for at, unit in enumerate(sheet.units) if unit.start <= start]
    return (before[-1] if before else 0,)


def _name(focus: Focus, outline: Outline, sheet: Sheet, own: tuple[int, ...]) -> str:
    """The name of the definition that the focus is or is in; "" for a whole file or none."""
    if focus.symbol != TOP:
        return outline.symbols[focus.symbol].name
    return sheet.names[own[0]] if len(own) <= 3 else ""
