"""Brings an edit to a text that has changed elsewhere since the edit was made.

Only where every line that it touches is the same, and is before or after all that has changed.
Proves nothing: what comes of it is to be verified again.
"""

from collections.abc import Mapping
from dataclasses import replace

from codeassist.base.edits import FileEdit, TextEdit, WorkspaceEdit
from codeassist.base.files import decode
from codeassist.base.text import LineIndex


def rebased(edit: WorkspaceEdit, texts: Mapping[str, bytes]) -> WorkspaceEdit | None:
    """An edit for these texts of open files, by path; None where its own lines have changed."""
    files: list[FileEdit] = []
    for file in edit.files:
        now = texts.get(file.path)
        made = file if now is None else _file(file, now)
        if made is None:
            return None
        files.append(made)
    return replace(edit, files=tuple(files))


def _file(file: FileEdit, now: bytes) -> FileEdit | None:
    """The edit of one file, for the text that an editor has of it, which is UTF-8."""
    if file.before is None:
        return None  # it was to be new
    before = decode(file.path, file.before).data
    if before == now:
        return file
    head, tail = _same(before, now)
    edits: list[TextEdit] = []
    lines = LineIndex(before)
    for each in file.edits:
        first, last = lines.line_of(each.start), lines.line_of(each.end)
        start, end = lines.line_start(first), lines.line_start(last + 1)
        if end <= head:
            edits.append(each)
        elif start >= len(before) - tail:
            by = len(now) - len(before)
            edits.append(replace(each, start=each.start + by, end=each.end + by))
        else:
            return None
    return FileEdit(file.path, now, _applied(now, edits), tuple(edits))


def _same(one: bytes, other: bytes) -> tuple[int, int]:
    """How many bytes two texts have in common at both ends, in whole lines."""
    first, second = one.splitlines(keepends=True), other.splitlines(keepends=True)
    most, at = min(len(first), len(second)), 0
    while at < most and first[at] == second[at]:
        at += 1
    last = 0
    while last < most - at and first[-1 - last] == second[-1 - last]:
        last += 1
    tail = sum(map(len, first[len(first) - last :]))
    return sum(map(len, first[:at])), tail


def _applied(data: bytes, edits: list[TextEdit]) -> bytes:
    parts: list[bytes] = []
    done = 0
    for each in edits:
        parts += (data[done : each.start], each.text.encode("utf-8"))
        done = each.end
    return b"".join((*parts, data[done:]))
