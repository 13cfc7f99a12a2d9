"""Finds the line on which a key of a TOML text stands, for messages.

tomllib gives no positions. This reads headers and `key =` lines only; inside inline tables it finds
the line of the table. It is a guide for a reader and decides nothing.
"""

import re
from collections.abc import Iterator, Sequence

_HEADER = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*[A-Za-z0-9_"'-]+)*)\s*=""")
_QUOTES = ('"""', "'''")


def line_of(text: str, path: Sequence[str]) -> int | None:
    """The 1-based line of the longest beginning of a key's path, None if none is found."""
    wanted = tuple(path)
    best: tuple[int, int] | None = None
    for number, found in _keys(text):
        if wanted[: len(found)] == found and (best is None or len(found) > best[0]):
            best = len(found), number
    return best[1] if best else None


def _keys(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """(1-based line, full path) of each header and key."""
    table: tuple[str, ...] = ()
    closing = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if closing:
            closing = "" if closing in line else closing
            continue
        if header := _HEADER.match(line):
            table = _parts(header.group(1))
            yield number, table
        elif key := _KEY.match(line):
            yield number, table + _parts(key.group(1))
        closing = next((quote for quote in _QUOTES if line.count(quote) == 1), "")


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))
