"""From what a user names to the subject of a task: a place, a selection, a file, a folder, a name.

Goes by the finder of focuses, and adds what only tasks have: folders, the whole repository, and
exact selections by line and column.
"""

import os
import re
from dataclasses import dataclass

from codeassist.base.errors import UsageError
from codeassist.base.files import Document
from codeassist.base.symbols import TOP
from codeassist.base.text import ColumnUnit
from codeassist.context.pieces import Focus
from codeassist.engine.focus import Finder
from codeassist.engine.requests import Spot
from codeassist.index.view import View
from codeassist.tasks.task import Reach, Subject

# Columns are where a caret stands, counted from 1 in characters, as editors show them.
_SELECTION = re.compile(
    r"^(?P<name>.+?):(?P<line>\d+):(?P<column>\d+)"
    r"(?:-(?P<last>\d+):(?P<end>\d+))?$"
)


@dataclass(frozen=True, slots=True)
class FoundSubject:
    """A subject, and what the user must know of how it was found."""

    subject: Subject
    notes: tuple[str, ...] = ()


def find_subject(view: View, root: str, folder: str, target: str) -> FoundSubject:
    """The subject that a target names; "" is the whole repository.

    "FILE", "FILE:LINE", "FILE:LINE-LINE" (inclusive), "FILE:LINE:COLUMN-LINE:COLUMN" (two places of
    a caret), a folder, or the name of a definition. Raises UsageError for a target that is none.
    """
    if not target:
        return FoundSubject(_many(view, "", Reach.REPOSITORY, ""))
    inside = _folder(root, folder, target)
    if inside is not None:
        reach = Reach.FOLDER if inside else Reach.REPOSITORY
        return FoundSubject(_many(view, target, reach, inside))
    finder = Finder(view, root, folder)
    match = _SELECTION.match(target)
    if match is None:
        found = finder.find(target)
        return FoundSubject(_one(view, target, found.focus), found.notes)
    last = match["last"] or match["line"]
    found = finder.find(f"{match['name']}:{match['line']}-{last}")
    return FoundSubject(_selected(view, target, found.focus, match), found.notes)


def spot_subject(view: View, root: str, spot: Spot) -> FoundSubject:
    """The subject of a place that an editor names. Raises UsageError for one that is none."""
    found = Finder(view, root, "").spot(spot)
    path, document = _document(view, found.focus)
    if spot.span is None:
        subject = Subject(path, Reach.FILE, found.focus, (path,), 0, len(document.data))
        return FoundSubject(subject, found.notes)
    span, lines = spot.span, document.lines
    start = lines.offset(span.start_line, span.start_column)
    end = lines.offset(span.end_line, span.end_column)
    name = f"{path}:{span.start_line + 1}"
    return FoundSubject(Subject(name, Reach.PLACE, found.focus, (path,), start, end), found.notes)


def _folder(root: str, folder: str, target: str) -> str | None:
    """The path of a folder from the root, "" for the root itself; None if it is no folder."""
    root = os.path.realpath(root)
    for start in (folder or root, root):
        full = os.path.realpath(os.path.join(start, target))
        if not os.path.isdir(full):
            continue
        if full != root and not full.startswith(os.path.join(root, "")):
            raise UsageError(f"{target} is outside of {root}", "name its repository with --repo")
        path = os.path.relpath(full, root).replace(os.sep, "/")
        return "" if path == "." else path
    return None


def _many(view: View, name: str, reach: Reach, folder: str) -> Subject:
    prefix = f"{folder}/" if folder else ""
    paths = tuple(sorted(path for path in view.paths if path.startswith(prefix)))
    if not paths:
        raise UsageError(
            f"there is no code that is understood in {name or 'this repository'}",
            "see `codeassist doctor` for the languages, and `codeassist index` for what is skipped",
        )
    return Subject(name or ".", reach, Focus(), paths)


def _one(view: View, name: str, focus: Focus) -> Subject:
    path, document = _document(view, focus)
    lines = document.lines
    start, end = lines.line_start(focus.start_line), lines.line_start(focus.end_line + 1)
    whole = focus.start_line == 0 and focus.end_line >= lines.line_count - 1
    reach = Reach.PLACE
    outline = view.outline(path)
    if focus.symbol != TOP and outline is not None:
        symbol = outline.symbols[focus.symbol]
        if lines.line_of(symbol.start) == focus.start_line and symbol.end <= end:
            reach, start, end = Reach.SYMBOL, symbol.start, symbol.end
    elif whole and ":" not in name:
        reach = Reach.FILE
    return Subject(name, reach, focus, (path,), start, end)


def _selected(view: View, name: str, focus: Focus, match: re.Match[str]) -> Subject:
    path, document = _document(view, focus)
    first = (int(match["line"]), int(match["column"]))
    last = (int(match["last"]), int(match["end"])) if match["last"] else first
    if last < first:
        raise UsageError(f"the selection of {name} ends before it begins", "swap its two places")
    start, end = (_offset(document, *place) for place in (first, last))
    return Subject(name, Reach.PLACE, focus, (path,), start, end)


def _offset(document: Document, line: int, column: int) -> int:
    if column < 1:
        raise UsageError("columns are counted from 1", f"ask for {document.path}:{line}:1")
    lines = document.lines
    length = len(lines.line(line - 1))
    if column > length + 1:
        raise UsageError(
            f"line {line} of {document.path} has {length} characters, so no column {column}",
            f"the last place of a caret is {line}:{length + 1}",
        )
    utf8 = lines.utf8_column(line - 1, column - 1, ColumnUnit.CODE_POINT)
    return lines.offset(line - 1, utf8)


def _document(view: View, focus: Focus) -> tuple[str, Document]:
    document = view.document(focus.path) if focus.path is not None else None
    if focus.path is None or document is None:
        raise UsageError("the target has no file", "name a file or a definition")
    return focus.path, document
