"""Finds the lines of a diff that a model quotes: exactly, then by words, then inside of lines.

A quote is worth more than a number: models count wrong, also from the wrong side of a diff. Where a
quote stands at several places, added lines go before kept ones and kept before removed ones, and
the number decides among equals. What stays open is no place: a finding is never put on a line that
its quote does not stand on.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from codeassist.base.changes import DiffLine, FileChange, Hunk, LineKind
from codeassist.edits.cleaned import without_fence, without_numbers

MAX_QUOTE = 4_000  # characters; whoever quotes more does not point at anything
MAX_LINES = 40
NEAR = 3  # lines that a number may be off by, where nothing else is as near
_WORD = re.compile(r"\w")
_COLUMNS = re.compile(r"(?:\d+(?:\t[ +-]?)?|\t?[+-])(?:\t|$)")  # as `passages` writes them
_SIGNED = re.compile(r"[+-]")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Lines of a change: 1-based and inclusive, of the base's file if `old`. `adds`: any is new."""

    first: int
    last: int
    old: bool = False
    adds: bool = False


class UnplacedError(Exception):
    """A quote that leads to no place in a diff; the message says why."""


class AmbiguousError(UnplacedError):
    """A quote that leads to several places, none of which can be told from the others."""


Rows = Sequence[DiffLine]
Finder = Callable[[Rows, str], Iterator[tuple[int, int]]]


def anchor(change: FileChange, quote: str, number: int) -> Anchor:
    """The lines of a change that a quote stands on. `number` is 1-based, 0 for none named.

    Raises UnplacedError; AmbiguousError where several places are as good as each other.
    """
    if len(quote) > MAX_QUOTE or quote.count("\n") >= MAX_LINES:
        raise UnplacedError("the quote is too long to point at anything")
    if not _WORD.search(quote):
        raise UnplacedError("the quote has no word in it")
    for reading in readings(quote):
        for finder in (_whole, _worded, _inside):
            found = list(dict.fromkeys(_places(change, reading, finder)))
            if found:
                return _one_of(found, number)
    raise UnplacedError(f"what is quoted does not stand in the diff of {change.path}")


def readings(quote: str) -> Iterator[str]:
    """A quote as it is, then without what may have been copied with it: fence, numbers, signs."""
    seen: set[str] = set()
    text = quote.replace("\r\n", "\n").strip("\n")
    for strip in (_same, without_fence, _without_columns, without_numbers, _without_signs):
        text = (strip(text) or text).strip("\n")
        if text not in seen:
            seen.add(text)
            yield text


def _same(text: str) -> str:
    return text


def _without_columns(text: str) -> str | None:
    """A quote without the number and the sign before each line, None if a line has none."""
    lines = text.split("\n")
    if not all(_COLUMNS.match(line) for line in lines):
        return None
    return "\n".join(_COLUMNS.sub("", line, count=1) for line in lines)


def _without_signs(text: str) -> str | None:
    """A quote without the sign of a diff before each line; a blank stands for one among others."""
    lines = text.split("\n")
    signed = [bool(_SIGNED.match(line)) for line in lines]
    if not any(signed) or not all(
        has_sign or line.startswith(" ") or not line
        for has_sign, line in zip(signed, lines, strict=True)
    ):
        return None
    return "\n".join(line[1:] for line in lines)


def _places(change: FileChange, quote: str, finder: Finder) -> Iterator[Anchor]:
    """Where a quote stands in the hunks: on the new side, and on removed lines."""
    for hunk in change.hunks:
        for rows, old in _sides(hunk):
            for first, last in finder(rows, quote):
                yield from _anchor(rows, first, last, old)


def _sides(hunk: Hunk) -> Iterator[tuple[list[DiffLine], bool]]:
    """A hunk's lines as the new file has them, and as the base's had them."""
    yield [line for line in hunk.lines if line.kind is not LineKind.REMOVED], False
    yield [line for line in hunk.lines if line.kind is not LineKind.ADDED], True


def _anchor(rows: Rows, first: int, last: int, old: bool) -> Iterator[Anchor]:
    kinds = {row.kind for row in rows[first : last + 1]}
    if old and LineKind.REMOVED not in kinds:
        return  # the new side has it too
    numbers = [row.old if old else row.new for row in (rows[first], rows[last])]
    if numbers[0] is not None and numbers[1] is not None:
        yield Anchor(numbers[0], numbers[1], old, LineKind.ADDED in kinds)


def _whole(rows: Rows, quote: str) -> Iterator[tuple[int, int]]:
    """Runs of whole lines that are equal but for blanks at their ends."""
    wanted = [line.rstrip() for line in quote.split("\n")]
    texts = [row.text.rstrip() for row in rows]
    for at in range(len(texts) - len(wanted) + 1):
        if texts[at : at + len(wanted)] == wanted:
            yield at, at + len(wanted) - 1


def _worded(rows: Rows, quote: str) -> Iterator[tuple[int, int]]:
    """Runs of whole lines with the same words, whatever the blanks; blank lines do not count."""
    wanted = [words for words in map(_words, quote.split("\n")) if words]
    full = [(at, words) for at, row in enumerate(rows) if (words := _words(row.text))]
    for at in range(len(full) - len(wanted) + 1 if wanted else 0):
        if [words for _, words in full[at : at + len(wanted)]] == wanted:
            yield full[at][0], full[at + len(wanted) - 1][0]


def _inside(rows: Rows, quote: str) -> Iterator[tuple[int, int]]:
    """The places of a text that begins and ends inside of lines, but not inside of words."""
    wanted = quote.strip()
    text = "\n".join(row.text.rstrip() for row in rows)
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        if not _divides(text, at) and not _divides(text, end):
            yield text.count("\n", 0, at), text.count("\n", 0, end)
        at = text.find(wanted, at + 1)


def _words(line: str) -> str:
    return " ".join(line.split())


def _divides(text: str, at: int) -> bool:
    """Whether an offset is inside of a word."""
    around = text[max(0, at - 1) : at + 1]
    return len(around) == 2 and all(each.isalnum() or each == "_" for each in around)


def _one_of(found: Sequence[Anchor], number: int) -> Anchor:
    """The only place, or the one that a number names, or the only added one, or the nearest."""
    if len(found) == 1:
        return found[0]
    named = _best([each for each in found if each.first <= number <= each.last])
    if len(named) == 1:
        return named[0]
    best = _best(found)
    if len(best) == 1:
        return best[0]
    near = sorted(best, key=lambda each: abs(each.first - number))
    distances = [abs(each.first - number) for each in near]
    if number > 0 and distances[0] < distances[1] and distances[0] <= NEAR:
        return near[0]
    listed = ", ".join(str(each.first) for each in sorted(found, key=lambda each: each.first)[:5])
    raise AmbiguousError(f"what is quoted stands at several lines of the diff ({listed})")


def _best(found: Sequence[Anchor]) -> list[Anchor]:
    """Those with added lines; without any, those of the new file; without any, all."""
    for group in (
        [each for each in found if each.adds],
        [each for each in found if not each.old],
    ):
        if group:
            return group
    return list(found)
