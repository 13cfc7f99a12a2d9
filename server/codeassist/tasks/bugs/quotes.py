"""Finds what a model quotes in the file that it names: exactly, then by words, else not at all.

Never guesses: a quote is at one place, or at several of which the line that was named says which.
Numbers of a listing and code fences that were copied with the code are taken off.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from codeassist.base.files import Document
from codeassist.edits.cleaned import without_fence, without_numbers
from codeassist.index.view import View

MAX_QUOTE = 4_000  # characters; whoever quotes more does not point at anything
MAX_LINES = 40
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Place:
    """Bytes of a file that exist."""

    path: str
    start: int
    end: int


class NotFoundError(Exception):
    """What is quoted is not there, or cannot be told from other places; the message says which."""


def plain_path(view: View, path: str) -> str:
    """A path as the view has it. Raises NotFoundError."""
    text = path.strip().strip("`'\"").replace("\\", "/")
    while text.startswith("./"):
        text = text[2:]
    text = re.sub(r":\d+(?:-\d+)?$", "", text)
    if text not in view:
        raise NotFoundError(f"there is no file {path.strip()[:200] or 'without a name'}")
    return text


def find_quote(view: View, path: str, quote: str, line: int) -> Place:
    """The place of a quote; `line` is 1-based, 0 for none named. Raises NotFoundError."""
    path = plain_path(view, path)
    document = view.document(path)
    if document is None:
        raise NotFoundError(f"{path} cannot be read")
    if len(quote) > MAX_QUOTE or quote.count("\n") > MAX_LINES:
        raise NotFoundError("the quote is too long to point at anything")
    if not _WORD.search(quote):
        raise NotFoundError("the quote has no word in it")
    for reading in _readings(quote):
        for finder in (_exact, _tolerant):
            found = list(dict.fromkeys(finder(document, reading)))
            if found:
                return Place(path, *_one_of(document, found, line))
    raise NotFoundError(f"what is quoted does not stand in {path}")


def _readings(quote: str) -> Iterator[str]:
    """A quote as it is, then without what may have been copied with it."""
    text = quote.replace("\r\n", "\n").strip("\n")
    yield text
    inner = without_fence(text)
    if inner is not None:
        text = inner.strip("\n")
        yield text
    bare = without_numbers(text)
    if bare is not None:
        yield bare.strip("\n")


def _exact(document: Document, quote: str) -> Iterator[tuple[int, int]]:
    """The places of a text that do not divide a word. Line ends may differ."""
    data = document.data
    wanted = quote.strip().encode("utf-8", "replace").replace(b"\n", document.eol.encode())
    if not wanted:
        return
    at = data.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if not _divides(data, at) and not _divides(data, end):
            yield at, end
        at = data.find(wanted, at + 1)


def _divides(data: bytes, at: int) -> bool:
    """Whether an offset is inside of a word."""
    around = data[max(0, at - 1) : at + 1]
    return len(around) == 2 and all(c == 0x5F or chr(c).isalnum() or c >= 0x80 for c in around)


def _tolerant(document: Document, quote: str) -> Iterator[tuple[int, int]]:
    """Runs of whole lines with the same words, whatever the blanks; blank lines do not count."""
    wanted = [words for words in map(_words, quote.split("\n")) if words]
    if not wanted:
        return
    lines = document.lines
    full = [(n, words) for n in range(lines.line_count) if (words := _words(lines.line(n)))]
    for at in range(len(full) - len(wanted) + 1):
        if all(full[at + k][1] == wanted[k] for k in range(len(wanted))):
            first, last = full[at][0], full[at + len(wanted) - 1][0]
            indent = len(lines.line(first)) - len(lines.line(first).lstrip())
            start = lines.line_start(first) + len(lines.line(first)[:indent].encode())
            end = lines.line_start(last) + len(lines.line(last).rstrip().encode())
            yield start, end


def _words(line: str) -> str:
    return " ".join(line.split())


def _one_of(document: Document, found: list[tuple[int, int]], line: int) -> tuple[int, int]:
    """The only place, or the one that a line names. Raises NotFoundError."""
    if len(found) == 1:
        return found[0]
    numbers = [document.lines.line_of(start) + 1 for start, _ in found]
    there = [place for place, number in zip(found, numbers, strict=True) if number == line]
    if there:
        return there[0]
    near = sorted((abs(number - line), place) for number, place in zip(numbers, found, strict=True))
    if 1 <= line <= document.lines.line_count and near[0][0] < near[1][0] and near[0][0] <= NEAR:
        return near[0][1]
    listed = ", ".join(map(str, sorted(set(numbers))[:5]))
    raise NotFoundError(f"what is quoted stands at several lines ({listed}), and none was named")


NEAR = 3  # lines that a model may be off by, where nothing else is as near
