"""Puts a pack's parts in order and into one text.

The order never changes: the map of the repository, the files in order of their paths, the file of
the focus, the request. So two requests on one repository begin alike for as long as their parts
are alike, and a provider's prompt cache can be used. A format says how each part is delimited.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from codeassist.context.source import Source

BRIDGED_LINES = 2  # so many blank lines between two runs cost less than a mark
MARK = "@@"
LEGEND = (
    f"`{MARK} N` before code says that line N of the file comes next; lines between are left out."
)
LONGER = f" A file that has such lines itself gets marks with more {MARK[0]}."
_MARKS = re.compile(rf"(?m)^({MARK[0]}{{{len(MARK)},}}) ")


class Format(Protocol):
    """How parts are delimited. No content can close the part that it is in."""

    @staticmethod
    def opening(legend: str) -> str:
        """What stands before the files."""
        ...

    @staticmethod
    def overview(text: str) -> str:
        """The map of the repository."""
        ...

    @staticmethod
    def file(path: str, language: str, body: str) -> str:
        """A file's lines."""
        ...

    @staticmethod
    def focus(title: str) -> str:
        """What stands before the file of the focus."""
        ...

    @staticmethod
    def request(text: str) -> str:
        """What the model is asked to do."""
        ...


@dataclass(frozen=True, slots=True)
class Block:
    """What is shown of one file. `remarks` are words for the mark before a line."""

    path: str
    language: str
    source: Source
    lines: frozenset[int]
    remarks: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """All parts. "" and None stand for a part that is not there."""

    overview: str = ""
    blocks: tuple[Block, ...] = ()
    focus: Block | None = None
    focus_title: str = ""
    request: str = ""


def render(page: Page, how: Format) -> str:
    """The text, each part followed by a line feed."""
    blocks = sorted(page.blocks, key=lambda block: block.path)
    marks = {block.path: _mark(block) for block in (*blocks, page.focus) if block}
    parts: list[str] = []
    if page.overview:
        parts.append(how.overview(page.overview))
    if blocks or (page.focus and page.focus.lines):
        longer = any(mark != MARK for mark in marks.values())
        parts.append(how.opening(LEGEND + (LONGER if longer else "")))
    parts += [how.file(each.path, each.language, body(each, marks[each.path])) for each in blocks]
    if page.focus_title:
        parts.append(how.focus(page.focus_title))
    if page.focus and page.focus.lines:
        shown = body(page.focus, marks[page.focus.path])
        parts.append(how.file(page.focus.path, page.focus.language, shown))
    if page.request:
        parts.append(how.request(page.request))
    return "".join([part + "\n" for part in parts])


def body(block: Block, mark: str) -> str:
    """A file's shown lines, each run of them after its mark."""
    texts = block.source.lines
    parts: list[str] = []
    for run in runs(block.lines, block.source, block.remarks):
        remark = block.remarks.get(run.start)
        parts.append(f"{mark} {run.start + 1}{f' {remark}' if remark else ''}")
        parts += texts[run.start : run.stop]
    return "\n".join(parts)


def mark_for(lines: Iterable[str]) -> str:
    """The mark of a file: with one more sign than any line of it begins with."""
    suspects = (line for line in lines if line.startswith(MARK))
    longest = max((len(match[1]) for line in suspects if (match := _MARKS.match(line))), default=0)
    return MARK[0] * max(len(MARK), longest + 1)


def runs(lines: Iterable[int], source: Source, remarks: Mapping[int, str]) -> Iterator[range]:
    """Shown lines as ranges; a short gap of blank lines is shown too. A remark begins a range."""
    start = stop = -1
    for line in sorted(lines):
        if start >= 0 and line not in remarks and _bridged(stop, line, source):
            stop = line + 1
            continue
        if start >= 0:
            yield range(start, stop)
        start, stop = line, line + 1
    if start >= 0:
        yield range(start, stop)


def _mark(block: Block) -> str:
    return mark_for(block.source.lines[line] for line in block.lines)


def _bridged(stop: int, line: int, source: Source) -> bool:
    if line == stop:
        return True
    return line - stop <= BRIDGED_LINES and all(map(source.is_blank, range(stop, line)))
