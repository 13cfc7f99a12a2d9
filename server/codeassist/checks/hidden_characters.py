"""Which characters of a line are hidden, by code point and neighbours, and which have a use there.

What is hidden in one script is ordinary in another: joiners shape Arabic and Indic words and emoji,
zero-width spaces part Thai words, isolates belong to translations. Knows lines, no files.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a hidden character does."""

    DIRECTION = "direction"
    TEXT = "text"
    BLANK = "blank"
    CONTROL = "control"


@dataclass(frozen=True, slots=True)
class Hidden:
    """A hidden character: its 0-based column in characters, its kind, and its name."""

    column: int
    kind: Kind
    name: str


# CVE-2021-42574: embeddings, overrides and isolates show a line in another order than it runs.
_EMBEDDINGS = "\u202a\u202b\u202d\u202e"
_ISOLATES = "\u2066\u2067\u2068"
_OVERRIDES = "\u202d\u202e"
_POP, _POP_ISOLATE = "\u202c", "\u2069"
_DIRECTION = frozenset(_EMBEDDINGS + _ISOLATES + _POP + _POP_ISOLATE)
_MARKS = frozenset("\u200e\u200f\u061c")  # of direction, for one character
_JOINERS = frozenset("\u200c\u200d")
# Fillers and operators that are drawn as nothing. The soft hyphen is left out: it is typography.
_BLANKS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060\u2061\u2062\u2063\u2064\u3164\ufeff\uffa0"
    "\ufff9\ufffa\ufffb"
)
# Controls move a terminal's cursor, erase, or show nothing; a carriage return inside of a line
# writes over its beginning. The tab and the form feed belong to texts, as the next line of EBCDIC.
_CONTROLS = frozenset(
    chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\v\f\x85"
)
# A black flag, the tags of a region (ISO 3166-2, six letters and digits at most), and their end.
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f")
_SELECTORS_IN_A_ROW = 2  # one selects a variant of the character before it; more spell bytes
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
# Scripts that part words by zero-width spaces, or shape them by joiners.
_BREAKING = ("THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN", "CJK", "HIRAGANA", "KATAKANA", "HANGUL")
_FIRST_BREAKING = "\u0e01"  # the first letter of the first of them, Thai
_BREAKS = frozenset("\u200b\u2060\u115f\u1160\u3164")  # which those scripts write with
# The bytes of an ASCII file that are controls of a terminal.
_SUSPECT_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]|\r(?!\n|\Z)")


def is_suspect(data: bytes) -> bool:
    """Whether a text of ASCII alone has anything hidden."""
    return _SUSPECT_BYTES.search(data) is not None


def hidden_in(line: str, *, prose: bool) -> list[Hidden]:
    """The hidden characters of a line, without its end; in prose only what has no use in writing.

    `prose` is text for people, in which marks, isolates in pairs and zero-width spaces are usual.
    """
    if line.isascii() and not is_suspect(line.encode()):
        return []
    found = [*_tags(line), *_selectors(line)]
    if prose:
        found += _directions(line, _OVERRIDES) if _is_balanced(line) else _directions(line)
    else:
        found += [*_directions(line), *_marks(line), *_blanks(line), *_controls(line)]
    return sorted(found, key=lambda each: each.column)


def _directions(line: str, wanted: str = "") -> Iterator[Hidden]:
    for column, character in enumerate(line):
        if character in (wanted or _DIRECTION):
            yield _hidden(column, Kind.DIRECTION, character)


def _is_balanced(line: str) -> bool:
    """Whether each embedding and isolate ends on the line, as a translation's do."""
    embeddings = sum(line.count(each) for each in _EMBEDDINGS)
    isolates = sum(line.count(each) for each in _ISOLATES)
    return embeddings == line.count(_POP) and isolates == line.count(_POP_ISOLATE)


def _marks(line: str) -> Iterator[Hidden]:
    """Marks of direction in a line that has nothing written from right to left."""
    letters = (each for each in line if each not in _MARKS)
    if any(unicodedata.bidirectional(each) in _RIGHT_TO_LEFT for each in letters):
        return
    for column, character in enumerate(line):
        if character in _MARKS:
            yield _hidden(column, Kind.BLANK, character)


def _blanks(line: str) -> Iterator[Hidden]:
    letters = (each for each in line if each >= _FIRST_BREAKING and each not in _BLANKS)
    names = (unicodedata.name(each, "") for each in letters)
    breaks = any(name.startswith(_BREAKING) for name in names)
    for column, character in enumerate(line):
        if character in _JOINERS:
            is_used = _joins(line, column)
        else:
            is_used = character not in _BLANKS or (breaks and character in _BREAKS)
        if not is_used:
            yield _hidden(column, Kind.BLANK, character)


def _joins(line: str, column: int) -> bool:
    """Whether a joiner stands beside what is shaped by it: emoji, or letters that are not Latin."""
    around = (line[column - 1 : column] if column else "", line[column + 1 : column + 2])
    return any(_is_shaped(each) for each in around if each)


def _is_shaped(character: str) -> bool:
    """By reasoning: Latin, Greek and Cyrillic letters lie below U+0530; emoji are symbols."""
    category = unicodedata.category(character)
    return category in ("So", "Sk", "Mn", "Mc") or (category[0] == "L" and character > "\u052f")


def _controls(line: str) -> Iterator[Hidden]:
    for column, character in enumerate(line):
        if character in _CONTROLS:
            yield _hidden(column, Kind.CONTROL, character)


def _tags(line: str) -> Iterator[Hidden]:
    """Tags that do not spell the region of a flag: each stands for a letter and shows none."""
    flags = {column for match in _FLAG.finditer(line) for column in range(*match.span())}
    for column, character in enumerate(line):
        if _is_tag(character) and column not in flags:
            yield _hidden(column, Kind.TEXT, character)


def _is_tag(character: str) -> bool:
    return "\U000e0001" <= character <= "\U000e007f"


def _selectors(line: str) -> Iterator[Hidden]:
    """Variation selectors in a row: a way to hide bytes behind one visible character."""
    run: list[int] = []
    for column in range(len(line) + 1):
        if column < len(line) and _is_selector(line[column]):
            run.append(column)
            continue
        if len(run) >= _SELECTORS_IN_A_ROW:
            yield from (_hidden(each, Kind.TEXT, line[each]) for each in run)
        run = []


def _is_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _hidden(column: int, kind: Kind, character: str) -> Hidden:
    name = unicodedata.name(character, "").lower()
    return Hidden(column, kind, f"U+{ord(character):04X} {name}".strip())
