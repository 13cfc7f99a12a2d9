"""The one place in a document that a search text means: exact, else by lines without their blanks.

Never fuzzy: in the second way the lines must be the same but for indentation, blanks at their ends
and blank lines around them, and the indentations must stand in the same order. Two places are none.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from codeassist.base.edits import TextEdit
from codeassist.base.errors import EditError
from codeassist.base.files import Document
from codeassist.edits.cleaned import without_fence, without_numbers
from codeassist.edits.indents import indent_of, remapped, unit_of, width
from codeassist.edits.similar import similar_lines

# Without its blanks, a search text such as "}" or "else:" says next to nothing of what is meant:
# that a file happens to have one such line proves no intent. Exact matches need no such rule.
MIN_TOLERANT_CHARACTERS = 6
PLACES_NAMED = 8
_WORD = re.compile(r"\w+")
_BLANKS = " \t"


def located(document: Document, search: str, replace: str) -> TextEdit:
    """The edit that puts `replace` where a document reads `search`.

    Raises EditError, which names the places where there are several, and the most similar lines
    where there is none.
    """
    text = Flat(document)
    search, replace = search.replace("\r\n", "\n"), replace.replace("\r\n", "\n")
    if not search.strip():
        if not search and not document.data.strip():
            return TextEdit(0, len(document.data), replace)
        raise EditError("the search text is empty")
    for one, other in _readings(search, replace):
        edit = _exact(text, one, other) or _tolerant(text, one, other)
        if edit is not None:
            return edit
    raise EditError(f"the search text is not in the file{similar_lines(text.lines, search)}")


class Flat:
    """A document's text with line feeds alone, and the way back to its bytes."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.data.decode("utf-8").replace("\r\n", "\n")
        self.lines = self.text.split("\n")
        if self.lines[-1] == "":
            self.lines.pop()

    def offset(self, at: int) -> int:
        """The byte offset in the document of a position in the text."""
        line = self.text.count("\n", 0, at)
        start = self.text.rfind("\n", 0, at) + 1
        column = len(self.text[start:at].encode("utf-8"))
        return self.document.lines.line_start(line) + column

    def line_number(self, at: int) -> int:
        """The 1-based line of a position in the text."""
        return self.text.count("\n", 0, at) + 1


def _readings(search: str, replace: str) -> list[tuple[str, str]]:
    """What the texts can mean: as they are, else without the fences or numbers around them."""
    readings = [(search, replace)]
    plain = without_fence(search)
    if plain is not None:
        fenced = without_fence(replace)
        readings.append((plain, replace if fenced is None else fenced))
    for one, other in list(readings):
        bare = without_numbers(one)
        if bare is not None and bare.strip():
            numbered = without_numbers(other)
            readings.append((bare, other if numbered is None else numbered))
    return readings


def _exact(text: Flat, search: str, replace: str) -> TextEdit | None:
    places: list[int] = []
    at = text.text.find(search)
    indented = search[0] in _BLANKS
    while at != -1:
        # In the middle of an indentation it is not the same line.
        if not (indented and at and text.text[at - 1] in _BLANKS):
            places.append(at)
        at = text.text.find(search, at + 1)
    if not places:
        return None
    if len(places) > 1:
        named = [text.line_number(place) for place in places[:PLACES_NAMED]]
        raise _several(named, len(places))
    start, end = places[0], places[0] + len(search)
    if _WORD.fullmatch(search.strip()) and _divides_word(text.text, start, end):
        line = text.line_number(start)
        raise EditError(f"the search text is only a part of a word, at line {line}: give the line")
    return TextEdit(text.offset(start), text.offset(end), replace)


def _divides_word(text: str, start: int, end: int) -> bool:
    return any(
        re.fullmatch(r"\w\w", text[place - 1 : place + 1]) for place in (start, end) if place
    )


def _several(lines: Sequence[int], count: int) -> EditError:
    named = ", ".join(map(str, lines))
    more = f" and {count - len(lines)} more" if count > len(lines) else ""
    return EditError(
        f"the search text is there {count} times, at lines {named}{more}: "
        "add lines before or after it until it is there once"
    )


def _tolerant(text: Flat, search: str, replace: str) -> TextEdit | None:
    wanted, before, after = _without_edges(search.split("\n"))
    stripped = [line.strip() for line in wanted]
    lines = [line.strip() for line in text.lines]
    places: list[tuple[int, dict[str, str]]] = []
    at = -1
    while True:
        at = _index(lines, stripped[0], at + 1)
        if at == -1:
            break
        if lines[at : at + len(stripped)] == stripped:
            mapping = _indents(wanted, text.lines[at : at + len(wanted)])
            if mapping is not None:
                places.append((at, mapping))
    if not places:
        return None
    if sum(map(str.isalnum, search)) < MIN_TOLERANT_CHARACTERS:
        raise EditError(
            f"the search text is too short to be found without its blanks (perhaps line "
            f"{places[0][0] + 1}): add lines before or after it"
        )
    if len(places) > 1:
        raise _several([place + 1 for place, _ in places[:PLACES_NAMED]], len(places))
    at, mapping = places[0]
    return _edit_of_lines(text, at, len(wanted), _kept(replace, before, after), mapping)


def _index(lines: Sequence[str], wanted: str, start: int) -> int:
    try:
        return lines.index(wanted, start)
    except ValueError:
        return -1


def _without_edges(lines: list[str]) -> tuple[list[str], int, int]:
    """Lines without the blank ones at both ends, and how many those were."""
    first, last = 0, len(lines)
    while first < last and not lines[first].strip():
        first += 1
    while last > first and not lines[last - 1].strip():
        last -= 1
    return lines[first:last], first, len(lines) - last


def _kept(replace: str, before: int, after: int) -> list[str]:
    """The lines of a replacement without as many blank ones as the search text lost at its ends."""
    lines = replace.split("\n")
    while before and lines and not lines[0].strip():
        before -= 1
        lines.pop(0)
    while after and lines and not lines[-1].strip():
        after -= 1
        lines.pop()
    return lines


def _indents(wanted: Sequence[str], found: Sequence[str]) -> dict[str, str] | None:
    """The indentations of a search text, and what they are in the file.

    None unless equal ones are equal there and deeper ones deeper.
    """
    mapping: dict[str, str] = {}
    for one, other in zip(wanted, found, strict=True):
        if one.strip() and mapping.setdefault(indent_of(one), indent_of(other)) != indent_of(other):
            return None
    ordered = sorted(mapping, key=width)
    targets = [width(mapping[indent]) for indent in ordered]
    rising = all(a < b for a, b in pairwise(targets))
    distinct = len({width(indent) for indent in ordered}) == len(ordered)
    return mapping if rising and distinct else None


def _edit_of_lines(
    text: Flat, first: int, count: int, lines: list[str], mapping: dict[str, str]
) -> TextEdit:
    index = text.document.lines
    start, end = index.line_start(first), index.line_end(first + count - 1)
    if not any(line.strip() for line in lines):
        return TextEdit(start, index.line_start(first + count), "")
    moved = remapped(lines, mapping, unit_of(text.lines))
    if moved is None:
        raise EditError(
            f"the search text is at line {first + 1} with another indentation, to which the new "
            "text cannot be moved: copy the lines exactly"
        )
    return TextEdit(start, end, "\n".join(moved))
