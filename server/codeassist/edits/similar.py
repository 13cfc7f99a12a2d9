"""The lines of a text that are most like another text: a hint for whoever searched it in vain."""

from collections.abc import Sequence
from difflib import get_close_matches

LINES_SHOWN = 8
MAX_LINES = 5_000  # of different ones; comparing takes about 0.1 ms each
MAX_COLUMNS = 200


def similar_lines(lines: Sequence[str], search: str) -> str:
    """A clause that shows the most similar lines with their numbers; "" where none is similar."""
    wanted = [line.strip() for line in search.split("\n") if line.strip()]
    if not wanted:
        return ""
    key = max(range(len(wanted)), key=lambda at: len(wanted[at]))
    needle = wanted[key][:MAX_COLUMNS]
    places: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        short = line.strip()[:MAX_COLUMNS]
        if len(needle) <= 3 * len(short) and len(short) <= 3 * len(needle):
            places.setdefault(short, []).append(number)
    near = get_close_matches(needle, list(places)[:MAX_LINES], n=1)
    if not near:
        return ""
    around = set(wanted)
    place = max(places[near[0]], key=lambda at: _agreement(lines, at, key, len(wanted), around))
    first = max(0, place - min(key, LINES_SHOWN - 1))
    last = min(len(lines), first + min(len(wanted), LINES_SHOWN))
    shown = "\n".join(lines[first:last])
    if last == first + 1:
        return f"; the most similar line, {first + 1}, is:\n{shown}"
    return f"; the most similar lines, {first + 1} to {last}, are:\n{shown}"


def _agreement(lines: Sequence[str], at: int, key: int, count: int, wanted: set[str]) -> int:
    """How many lines around a place are among those that were searched."""
    return sum(line.strip() in wanted for line in lines[max(0, at - key) : at - key + count])
