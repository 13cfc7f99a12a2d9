"""Lines and indented sections, which Google's and NumPy's styles are made of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_NOTHING = re.compile(r"\s*:?\s*(?:None|nothing)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of documentation: its text, where it starts in characters, and its indentation."""

    text: str
    start: int

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands on it."""
        return not self.text.strip()

    @property
    def indent(self) -> int:
        """The number of leading blanks, a tab counting as eight."""
        expanded = self.text.expandtabs()
        return len(expanded) - len(expanded.lstrip())


def lines_of(text: str) -> list[Line]:
    """The lines of a text."""
    lines: list[Line] = []
    start = 0
    for raw in text.splitlines(keepends=True):
        lines.append(Line(raw.rstrip("\r\n"), start))
        start += len(raw)
    return lines


def entries(lines: list[Line]) -> Iterator[tuple[Line, str]]:
    """Each line with the smallest indentation, with the text up to the next of them."""
    written = [line for line in lines if not line.is_blank]
    if not written:
        return
    indent = written[0].indent
    heads = [number for number, line in enumerate(written) if line.indent <= indent]
    for head, following in pairwise([*heads, len(written)]):
        yield written[head], "\n".join(line.text for line in written[head:following])


def says_something(lines: list[Line]) -> bool:
    """Whether a section about results speaks of one."""
    first = next((line.text for line in lines if not line.is_blank), "")
    return bool(first) and not _NOTHING.match(first)
