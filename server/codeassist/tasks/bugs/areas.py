"""Which code is looked at: functions and stretches of files, cut to the subject, best first.

For a file or a part of one that is all of it. In a folder the functions are ranked, since not all
can be looked at: by their branches, and more so where no test mentions them. Where a bug was told
of, the places that its stack traces and its words lead to come instead. Past changes do not count:
a task knows no history.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from codeassist.base.symbols import CALLABLE_KINDS, TOP
from codeassist.checks.paths import is_test
from codeassist.context.frames import Resolved
from codeassist.context.locate import locate_text
from codeassist.context.units import units_of
from codeassist.index.view import View
from codeassist.tasks.task import Reach, Scene, Subject
from codeassist.vfs.generated import HEAD_BYTES, is_generated

UNTESTED = 1.5  # by reasoning: nobody has seen such a function fail
LOCATED = 12  # definitions that the words of an issue lead to; bench/issues.py: 80 % are in ten
_BRANCH = re.compile(
    rb"\b(?:if|elif|else|for|while|case|when|catch|except|rescue|match|switch|and|or|try|return"
    rb"|yield|raise|throw|break|continue)\b|&&|\|\||\?"
)


@dataclass(frozen=True, slots=True)
class Area:
    """Lines of a file, 0-based and inclusive. `name` is the definition's dotted name or ""."""

    path: str
    first: int
    last: int
    symbol: int = TOP
    name: str = ""

    @property
    def label(self) -> str:
        """The place for people, its lines 1-based."""
        place = f"{self.path}:{self.first + 1}-{self.last + 1}"
        return f"`{self.name}` in {place}" if self.name else place

    def holds(self, path: str, first: int, last: int) -> bool:
        """Whether it has any of some lines of a file."""
        return path == self.path and first <= self.last and self.first <= last


def is_single(subject: Subject) -> bool:
    """Whether a subject is one file or a part of one."""
    return subject.reach not in (Reach.FOLDER, Reach.REPOSITORY) and bool(subject.paths)


def areas_of(
    scene: Scene, subject: Subject, text: str, frames: Iterable[Resolved] = ()
) -> tuple[Area, ...]:
    """The areas of a subject, those that matter most first. `text` is what is told of a bug."""
    if is_single(subject):
        return tuple(_of_file(scene.view, subject))
    if text:
        wanted = set(subject.paths)
        return tuple(each for each in _told(scene.view, text, frames) if each.path in wanted)
    return tuple(_ranked(scene, subject.paths))


def _of_file(view: View, subject: Subject) -> Iterator[Area]:
    """The units of the one file that the subject touches, in order."""
    path = subject.paths[0]
    outline, document = view.outline(path), view.document(path)
    if document is None or not document.data.strip():
        return
    start, end = subject.start, max(subject.start + 1, subject.end)
    if subject.reach is Reach.FILE:
        start, end = 0, len(document.data)
    lines = document.lines
    if outline is None:
        yield Area(path, lines.line_of(start), lines.line_of(end - 1))
        return
    symbol = subject.focus.symbol
    if symbol != TOP and symbol < len(outline.symbols):
        start, end = (
            min(start, outline.symbols[symbol].start),
            max(end, outline.symbols[symbol].end),
        )
    for unit in units_of(path, outline, lines):
        if unit.start < end and start < unit.end:
            yield _area(view, path, unit.symbol, unit.start, unit.end)


def _area(view: View, path: str, symbol: int, start: int, end: int) -> Area:
    """The lines between two offsets, without blank ones at the end."""
    document, outline = view.document(path), view.outline(path)
    assert document is not None
    assert outline is not None
    end = start + len(document.data[start:end].rstrip())
    first, last = document.lines.line_of(start), document.lines.line_of(max(start, end - 1))
    return Area(path, first, last, symbol, outline.qualified(symbol))


def _told(view: View, text: str, frames: Iterable[Resolved]) -> Iterator[Area]:
    """The definitions of frames, then those that the words lead to, each once."""
    places = [(each.path, each.symbol) for each in frames]
    places += [(path, symbol) for path, symbol, _, _ in locate_text(view, text)[1][:LOCATED]]
    for path, symbol in dict.fromkeys(places):
        outline, document = view.outline(path), view.document(path)
        if outline is None or document is None or symbol == TOP:
            continue
        found = outline.symbols[symbol]
        if found.kind in CALLABLE_KINDS:
            yield _area(view, path, symbol, found.start, found.end)


def _ranked(scene: Scene, paths: Iterable[str]) -> list[Area]:
    """The functions of files that people write and that are no tests, the riskiest first."""
    view = scene.view

    @cache
    def is_tested(name: str) -> bool:
        return any(is_test(path) for path in view.with_word(name))

    scored: list[tuple[float, Area]] = []
    for path in paths:
        scene.token.check()
        document = None if is_test(path) else view.document(path)
        outline = view.outline(path) if document is not None else None
        if outline is None or document is None:
            continue
        if is_generated(path, document.data[:HEAD_BYTES]):
            continue
        for unit in units_of(path, outline, document.lines):
            if unit.symbol == TOP or outline.symbols[unit.symbol].kind not in CALLABLE_KINDS:
                continue
            branches = len(_BRANCH.findall(document.data, unit.start, unit.end))
            tested = is_tested(outline.symbols[unit.symbol].name)
            area = _area(view, path, unit.symbol, unit.start, unit.end)
            scored.append((branches * (1.0 if tested else UNTESTED), area))
    scored.sort(key=lambda each: (-each[0], each[1].path, each[1].first))
    return [area for _, area in scored]


def halves(area: Area) -> tuple[Area, Area]:
    """An area of several lines as two."""
    middle = (area.first + area.last) // 2
    return replace(area, last=middle), replace(area, first=middle + 1)
